/**
 * The Mapping tab: which value goes to which field, edited as a draft with the result shown for a sample profile.
 *
 * The draft and its undo steps live here; what rows mean, and whether they may be saved, the engine says. To add a
 * member to a row: the contract's `MappingRow`, then its control in `table/` or `panels/`.
 */
export { MappingTab } from "./MappingTab";
export type { MappingDraft } from "./useMappingDraft";
export { useMappingDrafts, type MappingDrafts } from "./useMappingDrafts";
