import type { Difference, DifferenceKind } from "../../../ipc";
import { Pill, TextButton, TwoLines, type Column, type Tone } from "../../../kit";
import styles from "./Plan.module.css";

export const kind_words: Record<DifferenceKind, { text: string; tone: Tone }> = {
  overwrites: { text: "Overwrite", tone: "warning" },
  fills_blank: { text: "Fill if blank", tone: "neutral" },
  clears: { text: "Clear", tone: "danger" },
  no_change: { text: "No change", tone: "neutral" },
};

/** A value; blank is said in words. */
export const valueOf = (value: string | null) =>
  value === null || value === "" ? <span className={styles.blank}>(blank)</span> : value;

/** The value that is replaced: struck through, and said so to whoever only hears it. */
export function OldValue({ difference }: { difference: Difference }) {
  const { before, kind } = difference;
  const replaced = before !== null && (kind === "overwrites" || kind === "clears");
  return (
    <span title={before ?? ""}>{replaced ? <s className={styles.old}>{before}</s> : valueOf(before)}</span>
  );
}

export function NewValue({ difference }: { difference: Difference }) {
  const { after, kind } = difference;
  if (kind === "no_change") return <span title={after ?? ""}>{valueOf(after)}</span>;
  return (
    <strong className={styles.new} title={after ?? ""}>
      {valueOf(after)}
    </strong>
  );
}

/** Record, which opens in Salesforce, field, what is there, what will be. */
export const differenceColumns = (object: string, open: (line: number) => void): Column<Difference>[] => [
  {
    key: "name",
    header: object,
    width: "minmax(9rem, 1.3fr)",
    cell: ({ line, name, company, salesforce_id }) => (
      <TwoLines
        first={
          salesforce_id === null ? (
            name
          ) : (
            <TextButton
              tabIndex={-1}
              aria-label={`Open ${name} in Salesforce, ${salesforce_id}`}
              onClick={() => open(line)}
            >
              {name}
            </TextButton>
          )
        }
        second={company}
      />
    ),
  },
  {
    key: "field",
    header: "Field",
    width: "minmax(7rem, 1fr)",
    cell: (difference) => <TwoLines first={difference.label} second={<code>{difference.target}</code>} />,
  },
  {
    key: "before",
    header: "In Salesforce",
    width: "minmax(8rem, 1.3fr)",
    cell: (difference) => <OldValue difference={difference} />,
  },
  {
    key: "after",
    header: "Will be",
    width: "minmax(9rem, 1.6fr)",
    cell: (difference) => <NewValue difference={difference} />,
  },
  {
    key: "kind",
    header: "On update",
    width: "6.75rem",
    cell: ({ kind }) => <Pill tone={kind_words[kind].tone}>{kind_words[kind].text}</Pill>,
  },
];
