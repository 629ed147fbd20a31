import type { ListKind, Outcome, RunState, Target } from "../ipc";
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

/** What the profiles of a list may become. */
export const targetsOf = (kind: ListKind): Target[] =>
  kind === "contacts" ? ["lead", "contact"] : ["account"];

export const outcome_words: Record<Outcome, { text: string; tone: Tone }> = {
  planned: { text: "Planned", tone: "neutral" },
  sent: { text: "Waiting", tone: "neutral" },
  created: { text: "Created", tone: "success" },
  updated: { text: "Updated", tone: "accent" },
  skipped: { text: "Skipped", tone: "neutral" },
  refused: { text: "Refused", tone: "danger" },
  failed: { text: "Failed", tone: "danger" },
  uncertain: { text: "Uncertain", tone: "warning" },
};

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

/** Outcomes of a run in the one order that bars and legends use. */
export const parts_in_order: { part: OutcomePart; text: string; field: keyof TallyFields }[] = [
  { part: "created", text: "Created", field: "created_records" },
  { part: "updated", text: "Updated", field: "updated_records" },
  { part: "skipped", text: "Skipped", field: "skipped_records" },
  { part: "refused", text: "Refused", field: "refused_records" },
  { part: "failed", text: "Failed", field: "failed_records" },
  { part: "uncertain", text: "Uncertain", field: "uncertain_records" },
  { part: "waiting", text: "Waiting", field: "waiting_records" },
];

interface TallyFields {
  created_records: number;
  updated_records: number;
  skipped_records: number;
  refused_records: number;
  failed_records: number;
  uncertain_records: number;
  waiting_records: number;
}
