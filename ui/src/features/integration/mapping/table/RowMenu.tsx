import { ArrowDown, ArrowUp, Blocks, Copy, ListOrdered, SlidersHorizontal, Trash2 } from "lucide-react";
import { Menu, MenuItem, Popover } from "react-aria-components";
import { classes } from "../../../../kit";
import styles from "../../../../kit/Menu.module.css";

export type RowAct =
  | "settings"
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
    <Popover
      className={styles.popover ?? ""}
      triggerRef={{ current: handle }}
      isOpen
      placement="bottom start"
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Menu
        className={styles.menu ?? ""}
        aria-label={label}
        autoFocus="first"
        onAction={(key) => {
          onClose();
          onAct(key as RowAct);
        }}
        onClose={onClose}
      >
        {entries
          .filter((entry) => !without.includes(entry.key))
          .map((entry) => (
            <MenuItem
              key={entry.key}
              id={entry.key}
              className={classes(styles.item, entry.key === "delete" && styles.danger)}
              textValue={entry.text}
            >
              {entry.icon}
              <span className={styles.itemText}>{entry.text}</span>
            </MenuItem>
          ))}
      </Menu>
    </Popover>
  );
}
