import { readWhole } from "../../../format";

/** What was typed as "at most": nothing is no limit. */
export function readLimit(text: string): { records: number | null; error: string | null } {
  if (text.trim() === "") return { records: null, error: null };
  const records = readWhole(text);
  return records !== null && records >= 1
    ? { records, error: null }
    : { records: null, error: "Enter a whole number from 1, or leave it blank for all." };
}
