import type {
  Action,
  DuplicateAction,
  Grade,
  ListKind,
  MemberState,
  MendPage,
  Outcome,
  RunState,
  RunSummary,
  Tally,
  Target,
} from "../ipc";
import type { OutcomePart, Tone } from "../kit";
import { counted } from "../format";

/** The words that several pages use for the contract's closed sets. It is the only place where they are written. */
export const target_words: Record<Target, { one: string; many: string }> = {
  account: { one: "Account", many: "Accounts" },
  contact: { one: "Contact", many: "Contacts" },
  lead: { one: "Lead", many: "Leads" },
};

/** `1 contact`, `300 companies` */
export const countedProfiles = (kind: ListKind, count: number): string =>
  kind === "contacts" ? counted(count, "contact", "contacts") : counted(count, "company", "companies");

/** `1 lead`, `300 accounts`: records of the org. */
export const countedRecords = (object: Target, count: number): string =>
  counted(count, target_words[object].one.toLowerCase(), target_words[object].many.toLowerCase());

/** What the profiles of a list may become. */
export const targetsOf = (kind: ListKind): Target[] =>
  kind === "contacts" ? ["lead", "contact"] : ["account"];

export const outcome_words: Record<Outcome, { text: string; tone: Tone }> = {
  asked: { text: "Asked", tone: "warning" },
  planned: { text: "Planned", tone: "neutral" },
  sent: { text: "Waiting", tone: "neutral" },
  created: { text: "Created", tone: "success" },
  updated: { text: "Updated", tone: "accent" },
  deleted: { text: "Deleted", tone: "success" },
  restored: { text: "Restored", tone: "accent" },
  skipped: { text: "Skipped", tone: "neutral" },
  refused: { text: "Refused", tone: "danger" },
  failed: { text: "Failed", tone: "danger" },
  uncertain: { text: "Uncertain", tone: "warning" },
};

export const action_words: Record<Action, { text: string; tone: Tone }> = {
  create: { text: "Create", tone: "success" },
  update: { text: "Update", tone: "accent" },
  ask: { text: "Ask", tone: "warning" },
  skip: { text: "Skip", tone: "neutral" },
  refuse: { text: "Refuse", tone: "danger" },
  delete: { text: "Delete", tone: "danger" },
  restore: { text: "Restore", tone: "accent" },
};

export const member_words: Record<MemberState, { text: string; tone: Tone }> = {
  waiting: { text: "To be added", tone: "neutral" },
  added: { text: "Added", tone: "success" },
  known: { text: "Member before", tone: "neutral" },
  removed: { text: "Taken away", tone: "neutral" },
  failed: { text: "Not a member", tone: "danger" },
};

export const grade_words: Record<Grade, { text: string; tone: Tone }> = {
  exact: { text: "Exact", tone: "accent" },
  likely: { text: "Likely", tone: "warning" },
  possible: { text: "Possible", tone: "neutral" },
};

export const duplicate_words: Record<DuplicateAction, { title: string; text: string }> = {
  update: { title: "Update existing", text: "The record that is there gets the new values." },
  create: { title: "Create duplicate", text: "A second record is created beside the first." },
  skip: { title: "Do not export", text: "The profile is left out." },
};

/** The actions for duplicates in the one order in which they are offered. */
export const duplicate_actions: readonly DuplicateAction[] = ["update", "create", "skip"];

export const state_words: Record<RunState, { text: string; tone: Tone }> = {
  planning: { text: "Planning", tone: "accent" },
  planned: { text: "Planned", tone: "neutral" },
  sending: { text: "Sending", tone: "accent" },
  waiting: { text: "Waiting", tone: "warning" },
  cancelling: { text: "Cancelling", tone: "warning" },
  done: { text: "Done", tone: "success" },
  cancelled: { text: "Cancelled", tone: "neutral" },
  failed: { text: "Failed", tone: "danger" },
};

export const api_words = { rest: "REST API", bulk: "Bulk API 2.0" } as const;

export const mend_pages: Record<MendPage, { text: string; href: string }> = {
  general: { text: "Open General Settings", href: "#/integration/general" },
  export: { text: "Open Export", href: "#/integration/export" },
  mapping: { text: "Open Mapping", href: "#/integration/mapping" },
  lists: { text: "Open Lists", href: "#/lists" },
};

/** `Export “Q1 targets” as Leads`, `Undo run 12, “Q1 targets”` */
export function runTitle({ kind, source_run, list_name, object }: RunSummary): string {
  return kind === "undo" && source_run !== null
    ? `Undo run ${source_run}, “${list_name}”`
    : `Export “${list_name}” as ${target_words[object].many}`;
}

/** Where a run writes, as its buttons say it. */
export const placeOf = (run: Pick<RunSummary, "org_kind" | "org_name">): string =>
  run.org_kind === "production" ? "Production" : run.org_name;

/** Outcomes of a run in the one order that bars and legends use. */
export const parts_in_order: { part: OutcomePart; text: string; field: keyof Tally }[] = [
  { part: "created", text: "Created", field: "created_records" },
  { part: "updated", text: "Updated", field: "updated_records" },
  { part: "deleted", text: "Deleted", field: "deleted_records" },
  { part: "restored", text: "Restored", field: "restored_records" },
  { part: "skipped", text: "Skipped", field: "skipped_records" },
  { part: "refused", text: "Refused", field: "refused_records" },
  { part: "failed", text: "Failed", field: "failed_records" },
  { part: "uncertain", text: "Uncertain", field: "uncertain_records" },
  { part: "asked", text: "Asked", field: "asked_records" },
  { part: "waiting", text: "Waiting", field: "waiting_records" },
];
