import { Braces, Building2, Columns3, FunctionSquare, Quote, UserRound } from "lucide-react";
import type { MappingFields, MappingSource, TargetField } from "../../../../ipc";
import type { ComboboxGroup, ComboboxOption } from "../../../../kit";
import type { DraftRow } from "../draft";
import { typeIcon } from "./targetTypes";

const icon = { size: 14, strokeWidth: 1.75, "aria-hidden": true } as const;

const kindIcon = (kind_label: string) =>
  kind_label.startsWith("Company") ? <Building2 {...icon} /> : <UserRound {...icon} />;

/** The key of a source among the options; what is typed is never one. */
export function sourceKey(source: MappingSource): string | null {
  switch (source.kind) {
    case "field":
      return source.field ? `field:${source.field}` : null;
    case "extra":
      return `extra:${source.column}`;
    case "fixed":
      return `value:${source.value}`;
    case "template":
      return null;
  }
}

/** The source that an option stands for; `typed` becomes the text of a new fixed value or template. */
export function sourceOf(key: string, typed: string, template: string): MappingSource {
  const rest = key.slice(key.indexOf(":") + 1);
  if (key.startsWith("field:")) return { kind: "field", field: rest };
  if (key.startsWith("extra:")) return { kind: "extra", column: rest };
  if (key.startsWith("value:")) return { kind: "fixed", value: rest };
  if (key === "template") return { kind: "template", text: typed || template };
  return { kind: "fixed", value: typed };
}

const picklistGroup = (target: TargetField | undefined): ComboboxGroup[] =>
  target && target.picklist.length > 0
    ? [
        {
          label: `Fixed value: values of ${target.label}`,
          options: target.picklist.map((entry) => ({
            key: `value:${entry.value}`,
            label: entry.label,
            ...(entry.value === entry.label ? {} : { code: entry.value }),
            icon: <Quote {...icon} />,
            off: entry.active ? null : "no longer active in the org",
          })),
        },
      ]
    : [];

/** Everything that a row's value can come from. */
export function sourceGroups(
  fields: MappingFields | undefined,
  rows: DraftRow[],
  own: number,
  target: TargetField | undefined,
): ComboboxGroup[] {
  const used = new Map<string, number>();
  rows.forEach((one, index) => {
    const key = sourceKey(one.row.source);
    if (key && one.key !== own && !used.has(key)) used.set(key, index + 1);
  });
  const aside = (key: string) => (used.has(key) ? { aside: `used in row ${used.get(key)}` } : {});
  return [
    ...picklistGroup(target),
    ...(fields?.groups ?? []).map((group) => ({
      label: group.label,
      options: group.fields.map((field): ComboboxOption => {
        const key = `field:${field.id}`;
        return {
          key,
          label: field.label,
          note: [field.kind_label, field.unit].filter(Boolean).join(" · "),
          icon: kindIcon(field.kind_label),
          ...aside(key),
        };
      }),
    })),
    ...(fields?.extra_columns.length
      ? [
          {
            label: "Extra columns",
            options: fields.extra_columns.map((column): ComboboxOption => {
              const key = `extra:${column.column}`;
              return {
                key,
                label: column.column,
                note: `In ${column.lists.join(", ")}`,
                icon: <Columns3 {...icon} />,
                ...aside(key),
              };
            }),
          },
        ]
      : []),
    {
      label: "Text",
      options: [
        {
          key: "fixed",
          label: "Fixed value…",
          note: "The same for every profile",
          icon: <Quote {...icon} />,
          always: true,
        },
        {
          key: "template",
          label: "Template…",
          note: "Text with fields and functions in braces",
          icon: <Braces {...icon} />,
          always: true,
        },
      ],
    },
  ];
}

/** The object's fields; required ones first, as they have to be mapped. */
export function targetGroups(
  fields: MappingFields | undefined,
  rows: DraftRow[],
  own: number,
): ComboboxGroup[] {
  const used = new Map<string, number>();
  rows.forEach((one, index) => {
    if (one.row.target && one.key !== own && !used.has(one.row.target)) used.set(one.row.target, index + 1);
  });
  const option = (field: TargetField): ComboboxOption => ({
    key: field.name,
    label: field.label,
    code: field.name,
    note: field.type_label,
    icon: typeIcon(field.kind),
    required: field.required,
    off: field.closed,
    ...(used.has(field.name) ? { aside: `mapped in row ${used.get(field.name)}` } : {}),
  });
  const targets = fields?.targets ?? [];
  const group = (label: string, of: TargetField[]) => (of.length ? [{ label, options: of.map(option) }] : []);
  return [
    ...group(
      "Required",
      targets.filter((field) => field.required && !field.closed),
    ),
    ...group(
      "Fields",
      targets.filter((field) => !field.required && !field.closed),
    ),
    ...group(
      "Not writable",
      targets.filter((field) => field.closed !== null),
    ),
  ];
}

/** A column as a template names it; in quotes where its header has signs that templates give a meaning. */
const columnInTemplate = (column: string) =>
  /^[\p{L}\p{N}](?:[\p{L}\p{N} _-]*[\p{L}\p{N}])?$/u.test(column)
    ? `{column:${column}}`
    : `{column:"${column.replaceAll('"', '""')}"}`;

/** What can be put into a template. The key is the text that is put in. */
export const templateGroups = (fields: MappingFields | undefined): ComboboxGroup[] => [
  {
    label: "Functions",
    options: (fields?.functions ?? []).map((one) => ({
      key: one.example,
      label: one.name,
      code: one.example,
      note: one.purpose,
      icon: <FunctionSquare {...icon} />,
    })),
  },
  ...(fields?.groups ?? []).map((group) => ({
    label: group.label,
    options: group.fields.map((field) => ({
      key: `{${field.label}}`,
      label: field.label,
      icon: kindIcon(field.kind_label),
    })),
  })),
  ...(fields?.extra_columns.length
    ? [
        {
          label: "Extra columns",
          options: fields.extra_columns.map((column) => ({
            key: columnInTemplate(column.column),
            label: column.column,
            note: `In ${column.lists.join(", ")}`,
            icon: <Columns3 {...icon} />,
          })),
        },
      ]
    : []),
];
