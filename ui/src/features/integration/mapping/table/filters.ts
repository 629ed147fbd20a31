import { sourceWords, verdictOf, type Line, type Names } from "./lines";

export type Filter = "all" | "errors" | "warnings" | "required" | "unmapped" | "changed" | "locked" | "mapped";

export const filter_titles: Record<Filter, string> = {
  all: "All",
  errors: "Errors",
  warnings: "Warnings",
  required: "Required",
  unmapped: "Unmapped required",
  changed: "Changed",
  locked: "Locked",
  mapped: "Mapped",
};

export const filters = Object.keys(filter_titles) as Filter[];

const isRow = (line: Line) => line.kind === "row";

const fits: Record<Filter, (line: Line, names: Names) => boolean> = {
  all: () => true,
  errors: (line) => verdictOf(line) === "error",
  warnings: (line) => verdictOf(line) === "warning",
  required: (line, names) =>
    line.kind === "unmapped" ||
    (isRow(line) && (names.targets.get(line.row.target)?.required ?? line.view?.required ?? false)),
  unmapped: (line) => line.kind === "unmapped",
  changed: (line) => isRow(line) && line.changed,
  locked: (line) => line.kind === "locked",
  mapped: (line, names) => isRow(line) && line.row.target !== "" && sourceWords(line.row, names, line.view).first !== "",
};

/** How many lines each filter would leave, over the whole mapping. */
export const countLines = (lines: Line[], names: Names): Record<Filter, number> =>
  Object.fromEntries(
    filters.map((filter) => [filter, lines.filter((line) => fits[filter](line, names)).length]),
  ) as Record<Filter, number>;

const textsOf = (line: Line, names: Names): string[] => {
  if (line.kind === "unmapped") return [line.field.label, line.field.target];
  if (line.kind === "locked") return [line.view.source, line.view.target_label, line.view.target_name];
  const { first, second } = sourceWords(line.row, names, line.view);
  return [
    first,
    second,
    names.targets.get(line.row.target)?.label ?? line.view?.target_label ?? "",
    line.row.target,
    line.view?.sample_value ?? "",
    line.row.block ?? "",
  ];
};

export function filterLines(lines: Line[], filter: Filter, search: string, names: Names): Line[] {
  const words = search.trim().toLowerCase();
  return lines.filter(
    (line) =>
      fits[filter](line, names) &&
      (words === "" || textsOf(line, names).some((text) => text.toLowerCase().includes(words))),
  );
}
