import type { AuditArea } from "../../ipc";

export const area_words: Record<AuditArea, string> = {
  connection: "Connection",
  people: "People",
  settings: "Settings",
  mapping: "Mapping",
  user_mapping: "User Mapping",
  runs: "Runs",
  lists: "Lists",
  stored_data: "Stored data",
};

export type Span = "any" | "day" | "week" | "month" | "year";

export const span_words: Record<Span, string> = {
  any: "Any time",
  day: "Last 24 hours",
  week: "Last 7 days",
  month: "Last 30 days",
  year: "Last 365 days",
};

const days: Record<Exclude<Span, "any">, number> = { day: 1, week: 7, month: 30, year: 365 };

/** The earliest time of a span, as RFC 3339; `null` for any. */
export const sinceOf = (span: Span, now: number): string | null =>
  span === "any" ? null : new Date(now - days[span] * 86_400_000).toISOString();
