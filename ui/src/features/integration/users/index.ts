/**
 * The User Mapping tab: which Salesforce user each person is, edited as one draft that is saved, undone and guarded.
 *
 * Who is found by address or name is the core's rule. To add a way to choose: a `Choice` in `draft.ts` and its words.
 */
export { UsersTab } from "./UsersTab";
export { useUserDraft, type UserDraft } from "./useUserDraft";
