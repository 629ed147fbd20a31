import { useQuery } from "@tanstack/react-query";
import { Search } from "lucide-react";
import { useDeferredValue, useId, useState, type KeyboardEvent } from "react";
import { Dialog as AriaDialog, Modal, ModalOverlay } from "react-aria-components";
import { counted } from "../format";
import { query, type Fault, type Lists, type RunPage } from "../ipc";
import { classes } from "../kit";
import dialog from "../kit/Dialog.module.css";
import styles from "./Panels.module.css";
import { goTo } from "./guard";
import { operator_pages, pages } from "./pages";

interface Goal {
  key: string;
  kind: string;
  text: string;
  note: string;
  path: string;
}

/** Every place that fits the words: pages, lists, runs. */
function useGoals(words: string): { goals: Goal[]; failed: boolean } {
  const lists = useQuery<Lists, Fault>(query("lists.list", { search: words }));
  const runs = useQuery<RunPage, Fault>(
    query("runs.list", { search: words, kind: null, object: null, state: null, offset: 0, limit: 8 }),
  );
  const fits = (text: string) => text.toLowerCase().includes(words.toLowerCase());
  const goals: Goal[] = [
    ...[...pages, ...operator_pages]
      .filter((page) => fits(page.title))
      .map((page) => ({ key: page.path, kind: "Page", text: page.title, note: "", path: page.path })),
    ...(lists.data?.lists ?? []).slice(0, 8).map((list) => ({
      key: `list${list.list_id}`,
      kind: "List",
      text: list.name,
      note: counted(list.profiles, "profile", "profiles"),
      path: `/lists/${list.list_id}`,
    })),
    ...(runs.data?.runs ?? []).map((run) => ({
      key: `run${run.run}`,
      kind: "Run",
      text: `${run.run}, ${run.list_name}`,
      note: run.state,
      path: `/runs/${run.run}`,
    })),
  ];
  return { goals, failed: lists.isError || runs.isError };
}

/** Ctrl K: type a part of a name, arrows choose, Enter opens. */
export function QuickSwitcher({ onClose }: { onClose: () => void }) {
  const [words, setWords] = useState("");
  const [active, setActive] = useState(0);
  const { goals, failed } = useGoals(useDeferredValue(words.trim()));
  const id = useId();
  const chosen = Math.min(active, goals.length - 1);
  const open = (goal: Goal | undefined) => {
    if (!goal) return;
    onClose();
    goTo(goal.path);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") setActive((chosen + 1) % Math.max(1, goals.length));
    else if (event.key === "ArrowUp") setActive((chosen - 1 + goals.length) % Math.max(1, goals.length));
    else if (event.key === "Enter") open(goals[chosen]);
    else return;
    event.preventDefault();
  };
  return (
    <ModalOverlay
      className={classes(dialog.scrim, styles.switcherScrim)}
      isOpen
      isDismissable
      onOpenChange={onClose}
    >
      <Modal className={classes(dialog.modal, dialog.regular)}>
        <AriaDialog className={dialog.dialog ?? ""} aria-label="Find lists and runs">
          <div className={styles.switcherField}>
            <Search size={16} strokeWidth={1.75} aria-hidden />
            <input
              autoFocus
              role="combobox"
              aria-label="Find lists and runs"
              aria-expanded
              aria-controls={`${id}-list`}
              aria-activedescendant={goals[chosen] ? `${id}-${chosen}` : undefined}
              aria-autocomplete="list"
              placeholder="Find lists and runs"
              spellCheck={false}
              autoComplete="off"
              value={words}
              onChange={(event) => {
                setWords(event.target.value);
                setActive(0);
              }}
              onKeyDown={onKeyDown}
            />
          </div>
          <ul id={`${id}-list`} role="listbox" aria-label="Places" className={styles.switcherList}>
            {goals.map((goal, index) => (
              <li
                key={goal.key}
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === chosen}
                className={styles.switcherItem}
                onMouseMove={() => setActive(index)}
                onClick={() => open(goal)}
              >
                <span className={styles.switcherKind}>{goal.kind}</span>
                <span className={styles.switcherText}>{goal.text}</span>
                <span className={styles.switcherKind}>{goal.note}</span>
              </li>
            ))}
          </ul>
          {goals.length === 0 && (
            <p className={styles.noNotice} role="status">
              {failed
                ? "Lists and runs could not be read."
                : `No page, list or run has “${words.trim()}” in its name.`}
            </p>
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
