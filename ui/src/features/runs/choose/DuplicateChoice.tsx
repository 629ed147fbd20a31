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
  // For all alike it says the same as the default where nothing would be asked, or only exact matches are updated.
  const same_as_default = (action: DuplicateAction) =>
    action === options.default_action && (options.unsure_follow_default || action === "update");
  const choices = [
    {
      key: "default" as Key,
      title: `${standard.title} (the default)`,
      text: options.unsure_follow_default
        ? `Exact, likely and possible matches alike. ${standard.text}`
        : `For exact matches; likely and possible ones are asked. ${standard.text}`,
    },
    ...options.offered
      .filter((action) => !same_as_default(action))
      .map((action) => ({ key: action as Key, ...forAll(action, options) })),
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
        value={value === null || same_as_default(value) ? "default" : value}
        onChange={(key) => onChange(key === "default" ? null : key)}
        choices={choices}
      />
      {options.offered.length < 3 && (
        <p className={styles.soft}>The admin decides in the Export tab which actions are offered.</p>
      )}
    </Card>
  );
}

const forAll = (action: DuplicateAction, options: ExportOptions) => ({
  title:
    action === options.default_action
      ? `${duplicate_words[action].title}, all alike`
      : duplicate_words[action].title,
  text:
    action === "update" && !options.unsure_follow_default
      ? "Exact matches are updated; likely and possible ones are asked."
      : `All alike, without a question. ${duplicate_words[action].text}`,
});
