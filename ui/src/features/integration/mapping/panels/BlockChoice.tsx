import { Blocks, CircleSlash, Plus } from "lucide-react";
import { useState } from "react";
import { counted } from "../../../../format";
import { Combobox, Field } from "../../../../kit";
import styles from "./RowSettings.module.css";

const icon = { size: 14, strokeWidth: 1.75, "aria-hidden": true } as const;

/** The block that a row belongs to, among those that there are or a new one. */
export function BlockChoice({
  value,
  blocks,
  moves,
  onChange,
}: {
  value: string | null;
  /** The other rows' blocks, with how many rows they have. */
  blocks: Map<string, number>;
  /** Whether the row goes to another place with this choice. */
  moves: boolean;
  onChange: (block: string | null) => void;
}) {
  const [naming, setNaming] = useState(false);
  const choose = (key: string, typed: string) => {
    setNaming(key === "new" && typed === "");
    if (key === "none") return onChange(null);
    if (key.startsWith("block:")) return onChange(key.slice("block:".length));
    const known = [...blocks.keys()].find((name) => name.toLowerCase() === typed.toLowerCase());
    onChange(known ?? (typed || null));
  };
  return (
    <div className={styles.named}>
      <span className={styles.label} aria-hidden>
        Block
      </span>
      <Combobox
        label={`Block: ${value ?? "none"}`}
        groups={() => [
          {
            label: "Blocks",
            options: [...blocks].map(([name, rows]) => ({
              key: `block:${name}`,
              label: name,
              note: counted(rows, "other row", "other rows"),
              icon: <Blocks {...icon} />,
            })),
          },
          {
            label: "Otherwise",
            options: [
              {
                key: "new",
                label: "New block",
                note: "With the name that is typed",
                icon: <Plus {...icon} />,
                always: true,
              },
              {
                key: "none",
                label: "No block",
                note: "The row is written by itself",
                icon: <CircleSlash {...icon} />,
                always: true,
              },
            ],
          },
        ]}
        value={value === null ? "none" : `block:${value}`}
        noun="blocks"
        placeholder="No block"
        onChoose={choose}
      >
        {value}
      </Combobox>
      {naming && (
        <Field
          label="Name of the new block"
          autoFocus
          value={value ?? ""}
          onChange={(name) => onChange(name || null)}
        />
      )}
      <p className={styles.hint}>
        A block is written whole or not at all: where one of its rows cannot be written, none is. So an address never
        mixes two places.
        {moves && ` This row moves beside the others of “${value}”.`}
      </p>
    </div>
  );
}
