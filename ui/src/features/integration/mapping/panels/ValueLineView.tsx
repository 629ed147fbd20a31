import { CircleCheck, Equal, TriangleAlert, X } from "lucide-react";
import { memo } from "react";
import type { TargetField } from "../../../../ipc";
import { count } from "../../../../format";
import { Combobox, IconButton, Pill, TwoLines, type ComboboxGroup } from "../../../../kit";
import { entriesOf, isCut, type OrgValues, type ValueLine, type ValueState } from "./valueMap";
import styles from "./ValueMap.module.css";

const icon = { size: 12, strokeWidth: 1.75, "aria-hidden": true } as const;

const states = {
  mapped: { tone: "success", text: "Mapped", icon: <CircleCheck {...icon} /> },
  same: { tone: "neutral", text: "As it is", icon: <Equal {...icon} /> },
  unmapped: { tone: "warning", text: "Unmapped", icon: <TriangleAlert {...icon} /> },
  missing: { tone: "warning", text: "Not in the org", icon: <TriangleAlert {...icon} /> },
} as const;

/** One source value with the org value that is written for it. */
export const ValueLineView = memo(function ValueLineView({
  line,
  to,
  state,
  target,
  org,
  groups,
  read_only,
  onChoose,
  onRemove,
}: {
  line: ValueLine;
  /** What it is mapped to. */
  to: string | undefined;
  state: ValueState;
  target: TargetField | undefined;
  org: OrgValues;
  groups: () => ComboboxGroup[];
  read_only: boolean;
  onChoose: (line: ValueLine, option: string, typed: string) => void;
  onRemove: (line: ValueLine) => void;
}) {
  const entries = to === undefined ? [] : entriesOf(to, target, org);
  const own = entries.map((entry) => entry.label).join(", ") || to || "";
  const code = entries.some((entry) => entry.label !== entry.value);
  const by_name = state === "same" ? org.get(line.key) : undefined;
  const words =
    to !== undefined ? (
      <TwoLines
        first={<span title={own}>{own}</span>}
        second={code ? <code>{entries.map((entry) => entry.value).join(";")}</code> : ""}
      />
    ) : state === "same" ? (
      <TwoLines
        first={<span title={by_name?.label ?? line.value}>{by_name?.label ?? line.value}</span>}
        second={
          by_name && by_name.value !== by_name.label ? (
            <>
              <code>{by_name.value}</code> · by its name
            </>
          ) : (
            "as it is"
          )
        }
      />
    ) : undefined;
  const { tone, text, icon: mark } = states[state];
  return (
    <tr data-line={line.key}>
      <th scope="row" title={line.value}>
        {line.value}
      </th>
      <td className={styles.number}>
        {line.profiles === null ? <span title="In no list that was looked at">—</span> : count(line.profiles)}
      </td>
      <td>
        {read_only ? (
          (words ?? <span className={styles.quiet}>No org value</span>)
        ) : (
          <Combobox
            label={`Org value of “${line.value}”: ${to === undefined ? text.toLowerCase() : own}`}
            groups={groups}
            value={to === undefined ? "leave" : entries.length === 1 ? `value:${entries[0]?.value}` : null}
            noun="values"
            placeholder="Choose an org value"
            off={isCut(line) ? "Only its beginning is known. Type the whole value below." : undefined}
            onChoose={(option, typed) => onChoose(line, option, typed)}
          >
            {words}
          </Combobox>
        )}
      </td>
      <td>
        <Pill tone={tone} icon={mark}>
          {text}
        </Pill>
      </td>
      {!read_only && (
        <td>
          {(to !== undefined || line.profiles === null) && (
            <IconButton
              small
              label={
                to === undefined ? `Remove “${line.value}”` : `Remove the mapping of “${line.value}”`
              }
              icon={<X size={14} strokeWidth={1.75} />}
              onClick={() => onRemove(line)}
            />
          )}
        </td>
      )}
    </tr>
  );
});
