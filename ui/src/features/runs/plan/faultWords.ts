import type { Reason } from "../../../ipc";

/** What does not fit a field, by the rule's code. Without the value the record goes, or is refused. */
const faults: Record<string, string> = {
  missing_required: "Salesforce needs a value, and the list has none",
  too_long: "longer than the field",
  not_a_number: "not a number",
  not_whole: "not a whole number",
  too_many_digits: "more digits than the field has",
  not_a_date: "not a date",
  not_a_date_time: "not a date with a time",
  not_a_time: "not a time",
  not_true_or_false: "neither true nor false",
  not_an_email: "not an email address",
  not_a_url: "not a web address",
  not_in_picklist: "not in the picklist",
  not_an_id: "not the id of a record",
  not_in_country: "not a state of the country",
  state_without_country: "a state without a country",
  unknown_record_type: "no record type to choose",
  reserved_text: "a text that Salesforce reads as no value",
  unsupported_type: "a field that cannot be written",
};

/** What was done to a value so that it fits, by the rule's code. */
const changes: Record<string, string> = {
  truncated: "shortened to the length of the field",
  rounded: "rounded to the decimals of the field",
  control_characters_removed: "control characters taken out",
  lines_joined: "lines joined to one",
  day_assumed: "only a month given, its first day is written",
  time_dropped: "only the day is written",
  time_assumed: "no time given, midnight is written",
  zone_assumed: "no zone given, UTC is taken",
  earlier_time_taken: "the hour came twice that day, the earlier one is written",
  phone_kept: "no number that can be formatted, written as it is",
  picklist_value_added: "not in the picklist, written all the same",
  not_for_controlling_value: "not offered for the controlling value, written all the same",
};

/** A fault of the plan in words: the field, what is wrong, and what becomes of the value. */
export function faultWords({ outcome, code, sentence }: Reason): string {
  const [field] = sentence.split(": ");
  const change = changes[code];
  if (change) return `${field}: ${change}.`;
  const fault = faults[code];
  if (!fault) return sentence;
  return outcome === "refused" ? `${field}: ${fault}.` : `${field}: ${fault}, left out.`;
}
