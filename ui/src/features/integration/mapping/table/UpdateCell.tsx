import { ChevronDown } from "lucide-react";
import { Button, ListBox, ListBoxItem, Popover, Select, SelectValue } from "react-aria-components";
import type { OnUpdate } from "../../../../ipc";
import menu from "../../../../kit/Menu.module.css";
import { setOnUpdate } from "../draft";
import type { MappingDraft } from "../useMappingDraft";
import { targetName, type Names, type RowLine } from "./lines";
import styles from "./Table.module.css";

const words: Record<OnUpdate, { text: string; why: string }> = {
  fill_if_blank: { text: "Fill if blank", why: "Only where the record has no value" },
  overwrite: { text: "Overwrite", why: "Always" },
  never: { text: "Never", why: "Only on new records" },
};

const choices = ["fill_if_blank", "overwrite", "never"] as const;

/** What an update does with a value that the record already has. The rows of one target do the same. */
export function UpdateCell({
  line,
  draft,
  names,
  locked,
}: {
  line: RowLine;
  draft: () => MappingDraft;
  names: Names;
  locked: boolean;
}) {
  const { row, key, number } = line;
  if (row.target === "") return null;
  if (line.as_first) return <span className={styles.asFirst}>As row {line.first}</span>;
  if (locked) return <span className={styles.asFirst}>{words[row.on_update].text}</span>;
  return (
    <Select
      className={styles.update ?? ""}
      aria-label={`On update of row ${number}`}
      value={row.on_update}
      onChange={(choice) =>
        draft().edit(`${targetName(row, names) || `Row ${number}`} on update`, (rows) =>
          setOnUpdate(rows, key, choice as OnUpdate),
        )
      }
    >
      <Button className={styles.updateButton ?? ""}>
        <SelectValue>{words[row.on_update].text}</SelectValue>
        <ChevronDown size={14} strokeWidth={1.75} aria-hidden />
      </Button>
      <Popover className={menu.popover ?? ""}>
        <ListBox className={menu.menu ?? ""}>
          {choices.map((choice) => (
            <ListBoxItem key={choice} id={choice} className={menu.item ?? ""} textValue={words[choice].text}>
              <span>
                {words[choice].text}
                <span className={styles.why}>{words[choice].why}</span>
              </span>
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  );
}
