import type { MappingFields, MappingRow, SourceUnit, TargetField } from "../../../../ipc";
import { same, setBlock, setOnUpdate, setRow, type DraftRow } from "../draft";

/** What the dialog sets; source, target and values are chosen elsewhere. */
export type Settings = Pick<
  MappingRow,
  | "on_update"
  | "clear_when_blank"
  | "overflow"
  | "source_unit"
  | "phone_format"
  | "date_order"
  | "time_zone"
  | "lookup"
  | "block"
>;

/** Settings that mean something for this source and target. */
export interface Fitting {
  overflow: boolean;
  units: SourceUnit[];
  phone_format: boolean;
  date_order: boolean;
  time_zone: boolean;
  /** Objects that a lookup can point at. */
  lookup: string[];
}

const text_kinds = ["string", "textarea", "encryptedstring", "combobox"];
const number_kinds = ["int", "long", "double", "currency"];

export const settingsOf = (row: MappingRow): Settings => ({
  on_update: row.on_update,
  clear_when_blank: row.clear_when_blank,
  overflow: row.overflow,
  source_unit: row.source_unit,
  phone_format: row.phone_format,
  date_order: row.date_order,
  time_zone: row.time_zone,
  lookup: row.lookup,
  block: row.block,
});

/** The unit of a source in words; `null` where it is not known whether it has one. */
export function unitOfSource(row: MappingRow, fields: MappingFields | undefined): string | null {
  const { source } = row;
  if (source.kind === "fixed") return "";
  if (source.kind !== "field") return null;
  const all = fields?.groups.flatMap((group) => group.fields);
  return all?.find((field) => field.id === source.field)?.unit ?? null;
}

export function fitting(
  row: MappingRow,
  target: TargetField | undefined,
  unit: string | null,
  source_words: string,
): Fitting {
  const kind = target?.kind ?? "";
  const has_unit = unit !== "" || row.source_unit !== null;
  // A text field takes telephone numbers as they are, unless it is said that they are some.
  const phone_text = kind === "string" && (row.phone_format !== "as_is" || /phone|fax/i.test(source_words));
  return {
    overflow: text_kinds.includes(kind) && !(phone_text && row.phone_format !== "as_is"),
    units:
      kind === "percent"
        ? ["percent", "fraction"]
        : number_kinds.includes(kind) && has_unit
          ? ["thousands_of_usd", "usd"]
          : [],
    phone_format: kind === "phone" || phone_text,
    date_order: kind === "date" || kind === "datetime",
    time_zone: kind === "datetime",
    lookup: kind === "reference" && target?.picklist.length === 0 ? target.refers_to : [],
  };
}

/** Rows after the settings of one were changed from `before` to `after`; what is as it was is left alone. */
export function applySettings(rows: DraftRow[], key: number, before: Settings, after: Settings): DraftRow[] {
  const { on_update, block, ...own } = after;
  let result = setRow(rows, key, own);
  if (on_update !== before.on_update) result = setOnUpdate(result, key, on_update);
  if (block !== before.block) result = setBlock(result, key, block);
  return result;
}

export const sameSettings = (a: Settings, b: Settings): boolean => same(a, b);

export const update_choices = [
  { key: "fill_if_blank", title: "Fill if blank", text: "Only where the record has no value." },
  { key: "overwrite", title: "Overwrite", text: "Always, whatever the record has." },
  { key: "never", title: "Never", text: "On new records only." },
] as const;

export const overflow_choices = [
  { key: "truncate", title: "Truncate", text: "It is cut to the length, with a mark in the ledger." },
  { key: "refuse", title: "Refuse", text: "It is left out, with a fault in the ledger." },
] as const;

export const phone_choices = [
  { key: "as_is", title: "As it is", text: "As the source has it." },
  { key: "international", title: "International", text: "+12196062399" },
  {
    key: "north_american",
    title: "North American",
    text: "(219) 606-2399; numbers of other countries stay international.",
  },
] as const;

export const date_choices = [
  { key: "month_first", title: "Month first", text: "7/4/2024 is the fourth of July." },
  { key: "day_first", title: "Day first", text: "7/4/2024 is the seventh of April." },
] as const;

export const unit_words: Record<SourceUnit, string> = {
  thousands_of_usd: "Thousands of US dollars",
  usd: "US dollars",
  percent: "Percent: 12.5 means 12.5 %",
  fraction: "Parts of one: 0.125 means 12.5 %",
};
