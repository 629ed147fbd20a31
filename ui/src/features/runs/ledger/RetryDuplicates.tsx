import { useQuery } from "@tanstack/react-query";
import { query, type DuplicateAction, type ExportOptions, type Fault, type RunView } from "../../../ipc";
import { CellSelect } from "../../../kit";
import { duplicate_actions, duplicate_words } from "../../words";
import styles from "./Ledger.module.css";

type Key = DuplicateAction | "as_before";

/** What happens to duplicates among the records that are sent again: as in their run, or one action for all alike. */
export function RetryDuplicates({
  view,
  value,
  onChange,
}: {
  view: RunView;
  value: DuplicateAction | null;
  onChange: (action: DuplicateAction | null) => void;
}) {
  const { object } = view.summary;
  const options = useQuery<ExportOptions, Fault>(query("export.options", { object }));
  const before = view.options.on_duplicate;
  const offered = options.data?.offered ?? [];
  return (
    <span className={styles.duplicates}>
      Duplicates
      <CellSelect<Key>
        label="Duplicates among what is sent again"
        value={value ?? "as_before"}
        onChange={(key) => onChange(key === "as_before" ? null : key)}
        options={[
          {
            key: "as_before",
            text: "As in this run",
            note: before ? duplicate_words[before].title : "As the Export tab says.",
          },
          ...duplicate_actions
            .filter((action) => offered.includes(action) || action === value)
            .map((action) => ({
              key: action,
              text: duplicate_words[action].title,
              note: duplicate_words[action].text,
            })),
        ]}
      />
    </span>
  );
}
