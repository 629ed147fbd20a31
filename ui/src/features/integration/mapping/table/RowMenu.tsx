import { ArrowDown, ArrowRightLeft, ArrowUp, Blocks, Copy, ListOrdered, SlidersHorizontal, Trash2 } from "lucide-react";
import { MenuAt } from "../../../../kit";

export type RowAct =
  | "settings"
  | "values"
  | "up"
  | "down"
  | "position"
  | "block"
  | "block_up"
  | "block_down"
  | "duplicate"
  | "delete";

const icon = { size: 14, strokeWidth: 1.75, "aria-hidden": true } as const;

const entries = [
  { key: "settings", text: "Row settings…", icon: <SlidersHorizontal {...icon} /> },
  { key: "values", text: "Map values…", icon: <ArrowRightLeft {...icon} /> },
  { key: "up", text: "Move up", icon: <ArrowUp {...icon} /> },
  { key: "down", text: "Move down", icon: <ArrowDown {...icon} /> },
  { key: "position", text: "Move to position…", icon: <ListOrdered {...icon} /> },
  { key: "block", text: "Put into block…", icon: <Blocks {...icon} /> },
  { key: "block_up", text: "Move the block up", icon: <ArrowUp {...icon} /> },
  { key: "block_down", text: "Move the block down", icon: <ArrowDown {...icon} /> },
  { key: "duplicate", text: "Duplicate", icon: <Copy {...icon} /> },
  { key: "delete", text: "Delete", icon: <Trash2 {...icon} /> },
] as const;

/** What can be done with one row, opened at its handle. */
export function RowMenu({
  label,
  handle,
  without,
  onAct,
  onClose,
}: {
  label: string;
  handle: HTMLElement;
  /** What this row cannot do. */
  without: RowAct[];
  onAct: (act: RowAct) => void;
  onClose: () => void;
}) {
  return (
    <MenuAt
      label={label}
      anchor={handle}
      onClose={onClose}
      entries={entries
        .filter((entry) => !without.includes(entry.key))
        .map((entry) => ({
          ...entry,
          danger: entry.key === "delete",
          act: () => {
            onClose();
            onAct(entry.key);
          },
        }))}
    />
  );
}
