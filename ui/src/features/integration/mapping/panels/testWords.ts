import { counted } from "../../../../format";
import type { FieldVerdict, MappingTest, TestedField, TestStep } from "../../../../ipc";
import type { Tone } from "../../../../kit";
import { same, type DraftRow } from "../draft";

export const steps: { step: TestStep; text: string }[] = [
  { step: "create", text: "Create the record" },
  { step: "read_back", text: "Read it back" },
  { step: "delete", text: "Delete it" },
];

export const step_words: Record<TestStep, string> = {
  create: "Creating the record",
  read_back: "Reading it back",
  delete: "Deleting it",
  ended: "Reading the result",
};

export const verdict_words: Record<FieldVerdict, string> = {
  written: "Written",
  changed: "Changed by the org",
  truncated: "Truncated",
  refused: "Refused",
  not_read: "Not read back",
};

export const leftOf = (test: MappingTest) =>
  test.state === "running" ? [] : test.records.filter((record) => !record.deleted);

/** How a test ended, in a word or two. */
export function outcome(test: MappingTest): { tone: Tone; text: string } {
  switch (test.state) {
    case "running":
      return { tone: "accent", text: "Testing…" };
    case "passed":
      return { tone: "success", text: "Passed" };
    case "refused":
      return { tone: "danger", text: "Refused" };
    case "interrupted":
      return { tone: "warning", text: "Interrupted" };
    case "differs": {
      const different = test.fields.filter((field) => field.row !== null && field.verdict !== "written").length;
      return { tone: "warning", text: different > 0 ? counted(different, "difference", "differences") : "Differs" };
    }
  }
}

/** What the rows' fields became: `19 written`, `1 changed by the org`. */
export function tally(test: MappingTest): string[] {
  const of = (verdict: FieldVerdict) =>
    test.fields.filter((field) => field.row !== null && field.verdict === verdict).length;
  return (Object.keys(verdict_words) as FieldVerdict[])
    .map((verdict) => ({ verdict, fields: of(verdict) }))
    .filter(({ verdict, fields }) => fields > 0 || verdict === "written" || verdict === "refused")
    .map(({ verdict, fields }) => `${fields} ${verdict_words[verdict].toLowerCase()}`);
}

/** Where a tested row is now, from 1; `null` when it is gone. A test of other days knows its rows by their targets only. */
export function placeNow(rows: DraftRow[], sent: DraftRow[], row: number, targets: string[]): number | null {
  const tested = sent[row - 1];
  const index = tested
    ? [
        rows.findIndex((one) => one.key === tested.key),
        rows.findIndex((one) => same(one.row, tested.row)),
      ].find((found) => found >= 0)
    : [
        rows.findIndex((one, place) => place === row - 1 && (targets.length === 0 || targets.includes(one.row.target))),
        rows.findIndex((one) => targets.includes(one.row.target)),
      ].find((found) => found >= 0);
  return index === undefined ? null : index + 1;
}

/** What a test found at rows that are still as they were sent, by their keys: what the org refused, changed or cut. */
export function toldAtRows(rows: DraftRow[], sent: DraftRow[], fields: TestedField[]): Map<number, TestedField> {
  const told = new Map<number, TestedField>();
  for (const field of fields) {
    const by_org = field.verdict === "truncated" && field.sent !== field.read_back;
    if (field.row === null || !(by_org || field.verdict === "changed" || field.verdict === "refused")) continue;
    const tested = sent[field.row - 1];
    const now = tested && rows.find((one) => one.key === tested.key);
    if (now && same(now.row, tested.row)) told.set(now.key, field);
  }
  return told;
}
