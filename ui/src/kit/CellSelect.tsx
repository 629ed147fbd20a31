import { ChevronDown } from "lucide-react";
import { Button, ListBox, ListBoxItem, Popover, Select, SelectValue } from "react-aria-components";
import styles from "./CellSelect.module.css";
import menu from "./Menu.module.css";

/** One of a handful, in a table's cell: no edge until it is pointed at. Each option says what it does. */
export function CellSelect<Key extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: Key;
  options: readonly { key: Key; text: string; note: string }[];
  onChange: (key: Key) => void;
}) {
  return (
    <Select aria-label={label} value={value} onChange={(key) => onChange(key as Key)}>
      <Button className={styles.button ?? ""}>
        <SelectValue>{options.find((option) => option.key === value)?.text}</SelectValue>
        <ChevronDown size={14} strokeWidth={1.75} aria-hidden />
      </Button>
      <Popover className={menu.popover ?? ""}>
        <ListBox className={menu.menu ?? ""}>
          {options.map((option) => (
            <ListBoxItem key={option.key} id={option.key} className={menu.item ?? ""} textValue={option.text}>
              <span>
                {option.text}
                <span className={styles.note}>{option.note}</span>
              </span>
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  );
}
