import type {
  Drift,
  Finding,
  ListCheck,
  MappingFields,
  MappingPreview,
  MappingProblem,
  MappingRow,
  MappingRowView,
  RowCheck,
  SourceField,
  TargetField,
  TestedField,
  UnmappedField,
  Verdict,
} from "../../../../ipc";
import type { DraftRow } from "../draft";

/** One editable row with everything that is known about it. */
export interface RowLine {
  kind: "row";
  key: number;
  /** Place in the mapping, from 1. */
  number: number;
  row: MappingRow;
  view: MappingRowView | undefined;
  problems: MappingProblem[];
  check: RowCheck | undefined;
  /** What changed in the org since the row was saved. */
  drift: Drift[];
  /** What the org refused or changed when the row was tested as it stands. */
  tested: TestedField | undefined;
  changed: boolean;
  /** Place among the rows of its target, and how many they are. */
  position: number;
  of: number;
  /** Row number of the first of its hierarchy. */
  first: number;
  /** Whether it updates as the first of its hierarchy does. */
  as_first: boolean;
}

/** A row that the app sets, or a required field that nobody maps. */
export type OtherLine =
  | { kind: "locked"; view: MappingRowView }
  | { kind: "unmapped"; field: UnmappedField };

export type Line = RowLine | OtherLine;

/** The fields by their names, made once for each answer of the engine. */
export interface Names {
  sources: Map<string, SourceField>;
  targets: Map<string, TargetField>;
}

export const namesOf = (fields: MappingFields | undefined): Names => ({
  sources: new Map(fields?.groups.flatMap((group) => group.fields.map((field) => [field.id, field] as const))),
  targets: new Map(fields?.targets.map((field) => [field.name, field])),
});

/** A source in words: what it is called, and its kind. */
export function sourceWords(
  row: MappingRow,
  names: Names,
  view: MappingRowView | undefined,
): { first: string; second: string } {
  const { source } = row;
  switch (source.kind) {
    case "field": {
      const field = names.sources.get(source.field);
      return { first: field?.label ?? (source.field && (view?.source || source.field)), second: field?.kind_label ?? view?.source_kind ?? "" };
    }
    case "extra":
      return { first: source.column, second: "Extra column" };
    case "fixed":
      return { first: source.value && `“${source.value}”`, second: "Fixed value" };
    case "template":
      return { first: source.text, second: "Template" };
  }
}

/** A row by name, for undo, toasts and announcements. */
export const rowName = (row: MappingRow, names: Names): string =>
  sourceWords(row, names, undefined).first || names.targets.get(row.target)?.label || row.target || "empty row";

export const targetName = (row: MappingRow, names: Names): string =>
  names.targets.get(row.target)?.label ?? row.target;

/** The problem that shows at a control. An empty row shows it at its source, where it is begun. */
export const problemAt = (line: RowLine, part: "source" | "target"): MappingProblem | undefined =>
  line.problems.find((one) => one.part === part) ??
  (part === "source" ? line.problems.find((one) => one.code === "row_blank") : undefined);

/** What is known of rows from elsewhere than their preview, by the rows' keys. */
export interface Marks {
  drift: Map<number, Drift[]>;
  tested: Map<number, TestedField>;
}

const left_out = (finding: Finding) => finding.left_out;

/** The verdict that shows: problems, drift, the last test and what is left out for a list count, not only the sample. */
export function verdictOf(line: Line): Verdict {
  if (line.kind === "locked") return "locked";
  if (line.kind === "unmapped") return "error";
  if (line.problems.length > 0 || line.view?.verdict === "error") return "error";
  if (line.tested?.verdict === "refused") return "error";
  const given = line.view?.verdict ?? "unknown";
  const to_check = line.drift.length > 0 || line.tested || line.check?.findings.some(left_out);
  return given === "ready" && to_check ? "warning" : given;
}

export function linesOf(
  rows: DraftRow[],
  preview: MappingPreview | undefined,
  problems: MappingProblem[],
  listCheck: ListCheck | undefined,
  marks: Marks,
): Line[] {
  const by_row = new Map<number, MappingProblem[]>();
  for (const problem of problems) {
    if (problem.row !== null) by_row.set(problem.row, [...(by_row.get(problem.row) ?? []), problem]);
  }
  const checks = new Map(listCheck?.rows.map((check) => [check.row, check]));
  const changed = new Set(preview?.changed_rows);
  const lines: Line[] = [];
  for (let start = 0; start < rows.length; ) {
    const target = rows[start]?.row.target ?? "";
    let end = start + 1;
    while (target !== "" && rows[end]?.row.target === target) end += 1;
    for (const [offset, one] of rows.slice(start, end).entries()) {
      const number = start + offset + 1;
      lines.push({
        kind: "row",
        key: one.key,
        number,
        row: one.row,
        view: preview?.rows[number - 1],
        problems: by_row.get(number) ?? [],
        check: checks.get(number),
        drift: marks.drift.get(one.key) ?? [],
        tested: marks.tested.get(one.key),
        changed: changed.has(number),
        position: offset + 1,
        of: end - start,
        first: start + 1,
        as_first: offset > 0 && one.row.on_update === rows[start]?.row.on_update,
      });
    }
    start = end;
  }
  return [
    ...lines,
    ...(preview?.unmapped_required ?? []).map((field) => ({ kind: "unmapped" as const, field })),
    ...(preview?.locked_rows ?? []).map((view) => ({ kind: "locked" as const, view })),
  ];
}

export const lineKey = (line: Line): string =>
  line.kind === "row"
    ? String(line.key)
    : line.kind === "locked"
      ? `locked-${line.view.target_name}`
      : `unmapped-${line.field.target}`;
