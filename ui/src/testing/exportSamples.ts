import type { DuplicateSettings, ExportOptions, ExportSettings, Target } from "../ipc";

export const duplicates = (change: Partial<DuplicateSettings> = {}): DuplicateSettings => ({
  checking: "standard",
  offers_update: true,
  offers_create: true,
  offers_skip: true,
  default_action: "update",
  unsure_follow_default: false,
  ...change,
});

const object = (name: Target, limit_records = 100_000) => ({
  object: name,
  allowed: true,
  limit_records,
  duplicates: duplicates(),
});

/** The Export tab as saved, all made up. */
export const exportSettings = (change: Partial<ExportSettings> = {}): ExportSettings => ({
  objects: [object("account"), object("contact"), object("lead", 2500)],
  rules: {
    no_account: "manual",
    one_account: "manual",
    several_accounts: "manual",
    daily_budget_calls: null,
    bulk_assignment_rule: null,
  },
  used_calls_today: 112,
  warnings: [],
  ...change,
});

export const exportOptions = (change: Partial<ExportOptions> = {}): ExportOptions => ({
  object: "lead",
  checking: "standard",
  offered: ["update", "create", "skip"],
  default_action: "update",
  unsure_follow_default: false,
  campaigns: true,
  owner_sentence: "Priya Nair owns new records: the Salesforce user with your e-mail address.",
  ...change,
});
