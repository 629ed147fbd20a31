import type { DuplicateAction, ExportOptions } from "../../../ipc";
import { Card, Pill, RadioCards } from "../../../kit";
import { duplicate_words } from "../../words";
import styles from "./Choose.module.css";

type Key = DuplicateAction | "default";

/** What happens to profiles that the org has already: as the admin set it, or one action for all alike. */
export function DuplicateChoice({
  options,
  value,
  onChange,
}: {
  options: ExportOptions;
  value: DuplicateAction | null;
  onChange: (action: DuplicateAction | null) => void;
}) {
  const standard = duplicate_words[options.default_action];
  const choices = [
    {
      key: "default" as Key,
      title: `As the admin set it: ${standard.title.toLowerCase()}`,
      text: options.unsure_follow_default
        ? "Exact, likely and possible matches alike."
        : "Exact matches; likely and possible ones are asked.",
    },
    ...options.offered.map((action) => ({ key: action as Key, ...forAll(action, options) })),
  ];
  return (
    <Card
      title="Duplicates"
      beside={
        <Pill tone="neutral">
          {options.checking === "standard" ? "Standard checking" : "The org’s duplicate rules"}
        </Pill>
      }
    >
      <RadioCards<Key>
        label="When the org has the record already"
        value={value ?? "default"}
        onChange={(key) => onChange(key === "default" ? null : key)}
        choices={choices}
      />
      {options.offered.length < 3 && (
        <p className={styles.soft}>The admin decides in the Export tab which actions are offered.</p>
      )}
    </Card>
  );
}

const forAll = (action: DuplicateAction, { unsure_follow_default }: ExportOptions) => ({
  title: duplicate_words[action].title,
  text:
    action === "update" && !unsure_follow_default
      ? "Exact matches are updated; likely and possible ones are asked."
      : `All alike, without a question. ${duplicate_words[action].text}`,
});
