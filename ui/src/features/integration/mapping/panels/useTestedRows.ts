import { useMemo } from "react";
import type { TestedField } from "../../../../ipc";
import type { MappingDraft } from "../useMappingDraft";
import { toldAtRows } from "./testWords";
import { useMappingTest } from "./useMappingTest";

/** What the newest test of this window tells at rows that are still as they were tested, by the rows' keys. */
export function useTestedRows(draft: MappingDraft): Map<number, TestedField> {
  const { test, mine, sent } = useMappingTest(draft);
  const { rows } = draft;
  return useMemo(
    () => (test && mine ? toldAtRows(rows, sent, test.fields) : new Map<number, TestedField>()),
    [rows, test, mine, sent],
  );
}
