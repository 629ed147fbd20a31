import type { TargetField } from "../../../../ipc";
import type { ComboboxGroup } from "../../../../kit";

/** What a source value can be mapped to: `leave`, `value:` with an org value, or `typed` where other text is taken. */
export const orgGroups = (target: TargetField | undefined): ComboboxGroup[] => {
  const entries = (target?.picklist ?? []).filter((entry) => entry.active);
  return [
    {
      label: "Without a mapping",
      options: [
        {
          key: "leave",
          label: "Leave as it is",
          note: target?.restricted
            ? "Left out where the org has no such value"
            : "Written as the source has it",
          always: true,
        },
      ],
    },
    ...(entries.length > 0
      ? [
          {
            label: `Values of ${target?.label ?? ""}`,
            options: entries.map((entry) => ({
              key: `value:${entry.value}`,
              label: entry.label,
              ...(entry.value === entry.label ? {} : { code: entry.value }),
            })),
          },
        ]
      : []),
    ...(target?.restricted
      ? []
      : [
          {
            label: "Another value",
            options: [
              { key: "typed", label: "Write what is typed", note: "Not among the org's values", always: true },
            ],
          },
        ]),
  ];
};
