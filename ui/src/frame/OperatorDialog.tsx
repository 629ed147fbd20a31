import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { ListBox, ListBoxItem } from "react-aria-components";
import { call, query, type Fault, type People, type Person } from "../ipc";
import { Dialog, OperatorName, SearchField, Skeleton, useToast } from "../kit";
import { FaultBanner, FaultState } from "./Faults";
import { askBefore } from "./guard";
import styles from "./Panels.module.css";
import { readAllAgain } from "./readAgain";
import { standing_words } from "./standing";
import { useStateChange } from "./useStateChange";

/** More people than these are not drawn: typing narrows them. */
const most_people = 100;

/** Says who uses this window from now on. */
export function OperatorDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const toast = useToast();
  const people = useQuery<People, Fault>(query("people.list", {}));
  const [search, setSearch] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const known = people.data !== undefined;
  useEffect(() => {
    if (known) field.current?.focus();
  }, [known]);
  const { doing, fault, change } = useStateChange<"switch">();
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const fitting = (people.data?.people ?? []).filter((one) => {
    const text = `${one.name} ${one.email ?? ""}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const shown = fitting.slice(0, most_people);
  const choose = (person: Person | undefined) => {
    if (!person || doing) return;
    if (person.is_operator) {
      onClose();
      return;
    }
    askBefore("operator", () => {
      void change("switch", () => call("people.switch_operator", { person: person.person })).then((done) => {
        if (!done) return;
        toast({ text: `${person.name} uses this window now.` });
        onClose();
        void readAllAgain(client);
      });
    });
  };
  return (
    <Dialog
      title="Who uses this window?"
      subtitle={people.data?.boundary}
      width="narrow"
      onClose={onClose}
    >
      {fault && <FaultBanner fault={fault} />}
      {people.isPending && <Skeleton label="Reading the people" />}
      {people.isError && <FaultState fault={people.error} onRetry={() => void people.refetch()} />}
      {people.data && (
        <>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              choose(shown[0]);
            }}
          >
            <SearchField ref={field} label="Find a person" value={search} onChange={setSearch} />
          </form>
          <ListBox
            aria-label="People"
            className={styles.people ?? ""}
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={shown.filter((one) => one.is_operator).map((one) => one.person)}
            onSelectionChange={(keys) => {
              const [key] = keys === "all" ? [] : [...keys];
              choose(shown.find((one) => one.person === key));
            }}
            renderEmptyState={() => <p className={styles.noNotice}>Nobody for “{search.trim()}”.</p>}
          >
            {shown.map((one) => (
              <ListBoxItem
                key={one.person}
                id={one.person}
                textValue={one.name}
                className={styles.onePerson ?? ""}
              >
                <OperatorName
                  name={one.name}
                  note={[standing_words[one.standing], one.email].filter(Boolean).join(" · ")}
                />
                {one.is_operator && <span className={styles.now}>now</span>}
              </ListBoxItem>
            ))}
          </ListBox>
          {fitting.length > most_people && (
            <p className={styles.noNotice}>{fitting.length - most_people} more: type to narrow them.</p>
          )}
        </>
      )}
    </Dialog>
  );
}
