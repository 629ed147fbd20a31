import { count } from "../../../format";
import type { ListSummary, Selection, Target } from "../../../ipc";
import { Button, Card, Field, RadioCards, Select } from "../../../kit";
import { countedProfiles, target_words, targetsOf } from "../../words";
import styles from "./Choose.module.css";

const target_texts: Record<Target, string> = {
  lead: "New people to be qualified. No account is needed.",
  contact: "People of companies that you know.",
  account: "Companies, with address, industry and size.",
};

/** What the selection holds, in words; the number itself comes from the preflight. */
function selectionWords(selection: Selection, list: ListSummary): string {
  if (selection.kind === "all") return `The whole list, ${countedProfiles(list.kind, list.profiles)}`;
  if (selection.kind === "picked")
    return `${countedProfiles(list.kind, selection.profile_ids.length)} picked by hand`;
  const but = selection.except_profile_ids.length;
  const what = selection.search ? `Everything with “${selection.search}”` : "The whole list";
  return but > 0 ? `${what}, but for ${count(but)}` : what;
}

/** Which list, how much of it, and as which object. */
export function ChoiceForm({
  lists,
  list,
  onList,
  target,
  onTarget,
  selection,
  onWholeList,
  limit,
  onLimit,
  limitError,
}: {
  lists: ListSummary[];
  list: ListSummary;
  onList: (id: number) => void;
  target: Target;
  onTarget: (target: Target) => void;
  selection: Selection;
  onWholeList: () => void;
  limit: string;
  onLimit: (limit: string) => void;
  limitError: string | null;
}) {
  return (
    <Card title="Choose">
      <div className={styles.choice}>
        <Select
          label="List"
          value={String(list.list_id)}
          options={lists.map((one) => ({ key: String(one.list_id), text: one.name }))}
          onChange={(key) => onList(Number(key))}
        />
        <Field
          label="Records at most"
          kind="number"
          value={limit}
          placeholder="All"
          error={limitError}
          hint="The first ones in the order of the list."
          onChange={onLimit}
        />
      </div>
      <p className={styles.selection}>
        <strong>Profiles</strong> {selectionWords(selection, list)}
        {selection.kind !== "all" && (
          <Button size="small" look="quiet" onClick={onWholeList}>
            Take the whole list
          </Button>
        )}
      </p>
      <RadioCards
        label="Export as"
        value={target}
        onChange={onTarget}
        choices={targetsOf(list.kind).map((one) => ({
          key: one,
          title: target_words[one].many,
          text: target_texts[one],
        }))}
      />
    </Card>
  );
}
