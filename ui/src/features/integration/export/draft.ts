import { count, readWhole } from "../../../format";
import type {
  AssignmentRule,
  DuplicateAction,
  DuplicateSettings,
  ExportRules,
  ExportSettings,
  ObjectSettings,
  Target,
} from "../../../ipc";
import { duplicate_actions, target_words } from "../../words";

/** Settings of one object as they are being edited: the limit as it is typed. */
export interface ObjectDraft {
  object: Target;
  allowed: boolean;
  limit: string;
  duplicates: DuplicateSettings;
}

/** What holds for all objects, as it is being edited: the budget as it is typed. */
export interface RulesDraft {
  no_account: ExportRules["no_account"];
  one_account: ExportRules["one_account"];
  several_accounts: ExportRules["several_accounts"];
  budget: string;
  bulk_assignment_rule: AssignmentRule | null;
}

export interface Draft {
  objects: ObjectDraft[];
  rules: RulesDraft;
}

/** A part of the tab that can be wrong. */
export type Place = `${Target}.limit` | `${Target}.offered` | "budget";

export const draftOf = (settings: ExportSettings): Draft => ({
  objects: settings.objects.map(({ limit_records, ...object }) => ({
    ...object,
    limit: count(limit_records),
  })),
  rules: {
    no_account: settings.rules.no_account,
    one_account: settings.rules.one_account,
    several_accounts: settings.rules.several_accounts,
    budget: settings.rules.daily_budget_calls === null ? "" : count(settings.rules.daily_budget_calls),
    bulk_assignment_rule: settings.rules.bulk_assignment_rule,
  },
});

export const offers = (duplicates: DuplicateSettings, action: DuplicateAction): boolean =>
  duplicates[`offers_${action}`];

/** Offers an action or not. A default that is not offered any more gives way to the first that is. */
export function withOffer(
  duplicates: DuplicateSettings,
  action: DuplicateAction,
  offered: boolean,
): DuplicateSettings {
  const next = { ...duplicates, [`offers_${action}`]: offered };
  const first = duplicate_actions.find((one) => offers(next, one));
  return offers(next, next.default_action) || first === undefined ? next : { ...next, default_action: first };
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

const sameLimit = (a: ObjectDraft, b: ObjectDraft) => readWhole(a.limit) === readWhole(b.limit);

const budgetOf = (text: string): number | null => (text.trim() === "" ? null : readWhole(text));

/** What of an object differs from what is saved. */
export const changedParts = (draft: ObjectDraft, saved: ObjectDraft | undefined) => ({
  allowed: draft.allowed !== saved?.allowed,
  limit: saved === undefined || !sameLimit(draft, saved),
  duplicates: !same(draft.duplicates, saved?.duplicates),
});

/** What differs from what is saved, in a few words each. */
export function changesOf(draft: Draft, saved: Draft): string[] {
  const objects = draft.objects.flatMap((one) => {
    const { many } = target_words[one.object];
    const changed = changedParts(
      one,
      saved.objects.find(({ object }) => object === one.object),
    );
    return [
      ...(changed.allowed ? [`${many} ${one.allowed ? "on" : "off"}`] : []),
      ...(changed.limit ? [`limit of ${many}`] : []),
      ...(changed.duplicates ? [`duplicates of ${many}`] : []),
    ];
  });
  const { rules } = draft;
  const accounts = ["no_account", "one_account", "several_accounts"] as const;
  return [
    ...objects,
    ...(accounts.some((key) => rules[key] !== saved.rules[key]) ? ["accounts of contacts"] : []),
    ...(same(rules.bulk_assignment_rule, saved.rules.bulk_assignment_rule) ? [] : ["assignment rule"]),
    ...(budgetOf(rules.budget) === budgetOf(saved.rules.budget) &&
    (rules.budget.trim() === "") === (saved.rules.budget.trim() === "")
      ? []
      : ["API budget"]),
  ];
}

/** Everything that keeps the tab from being saved, by its place. */
export function errorsOf({ objects, rules }: Draft): Partial<Record<Place, string>> {
  const errors: Partial<Record<Place, string>> = {};
  for (const one of objects) {
    const limit = readWhole(one.limit);
    if (limit === null || limit < 1 || limit > 100_000)
      errors[`${one.object}.limit`] = `Enter 1 to ${count(100_000)}.`;
    if (!duplicate_actions.some((action) => offers(one.duplicates, action)))
      errors[`${one.object}.offered`] = "Offer at least one action, or no duplicate can be decided.";
  }
  const budget = budgetOf(rules.budget);
  if (rules.budget.trim() !== "" && (budget === null || budget < 1))
    errors.budget = "Enter a whole number from 1, or leave it blank for no budget.";
  return errors;
}

/** The draft as the engine takes it; it has no error. */
export const settingsOf = ({ objects, rules }: Draft): { objects: ObjectSettings[]; rules: ExportRules } => ({
  objects: objects.map(({ limit, ...object }) => ({ ...object, limit_records: readWhole(limit) ?? 0 })),
  rules: {
    no_account: rules.no_account,
    one_account: rules.one_account,
    several_accounts: rules.several_accounts,
    daily_budget_calls: budgetOf(rules.budget),
    bulk_assignment_rule: rules.bulk_assignment_rule,
  },
});
