import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { query, type Fault, type PersonMapping, type SalesforceUser, type SalesforceUsers } from "../../../ipc";
import { Combobox, TwoLines, useDelayed, type ComboboxGroup, type ComboboxOption } from "../../../kit";
import type { Choice } from "./draft";
import styles from "./Users.module.css";

const automatic = "automatic";
const nobody = "nobody";
const most_users = 50;

const option = (user: SalesforceUser): ComboboxOption => ({
  key: user.user_id,
  label: user.name,
  code: user.email && user.email !== user.username ? `${user.username} ${user.email}` : user.username,
});

const unlike = (users: SalesforceUser[], others: SalesforceUser[]) =>
  users.filter((user) => !others.some((other) => other.user_id === user.user_id));

/** Which Salesforce user a person is: found by typing among the org's active standard users. */
export function UserCell({
  person,
  choice,
  refusal,
  onChoose,
}: {
  person: PersonMapping;
  choice: Choice | undefined;
  refusal: string | undefined;
  onChoose: (choice: Choice) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const search = useDelayed(typed ?? "").trim();
  const found = useQuery<SalesforceUsers, Fault>({
    ...query("people.users", { search, limit: most_users }),
    enabled: typed !== null,
    placeholderData: (before) => before,
    staleTime: 60_000,
  });
  const user =
    choice === undefined ? person.salesforce_user : choice.choice === "user" ? choice.user : null;
  const users = found.data?.users ?? [];
  const more = (found.data?.matching_users ?? 0) > users.length;
  const groups = (): ComboboxGroup[] => [
    {
      label: "Instead of a user",
      options: [
        { key: automatic, label: "Find automatically", note: "By e-mail address, then by full name", always: true },
        { key: nobody, label: "Nobody of the org", note: "The connected user owns the records", always: true },
      ],
    },
    ...(person.candidates.length > 0
      ? [{ label: "Who it may be", options: person.candidates.map(option) }]
      : []),
    {
      label: found.isError
        ? found.error.sentence
        : more
          ? `Active users, the first ${most_users}: type to narrow them`
          : "Active users",
      options: unlike(users, person.candidates).map(option),
    },
  ];
  const choose = (key: string) => {
    if (key === automatic || key === nobody) {
      onChoose({ choice: key });
      return;
    }
    const chosen = [...person.candidates, ...users].find((one) => one.user_id === key);
    if (chosen) onChoose({ choice: "user", user: chosen });
  };
  const words = shownWords(person, choice, user);
  return (
    <Combobox
      inTable
      inGrid
      label={`Salesforce user of ${person.name}, ${words.first}`}
      groups={groups}
      value={user?.user_id ?? null}
      noun="users"
      placeholder="Name, login name or e-mail address"
      invalid={refusal !== undefined}
      onOpen={() => setTyped("")}
      onType={setTyped}
      onChoose={choose}
    >
      {user ? (
        <TwoLines first={user.name} second={user.username} />
      ) : (
        <span className={words.urgent ? styles.urgent : styles.quiet}>{words.first}</span>
      )}
    </Combobox>
  );
}

function shownWords(
  person: PersonMapping,
  choice: Choice | undefined,
  user: SalesforceUser | null,
): { first: string; urgent: boolean } {
  if (user) return { first: user.name, urgent: false };
  if (choice?.choice === "automatic") return { first: "Found when saved", urgent: false };
  if (choice?.choice === "nobody" || person.by === "admin") return { first: "Nobody of the org", urgent: false };
  return person.candidates.length > 0
    ? { first: `Choose one of ${person.candidates.length}`, urgent: true }
    : { first: "Nobody found", urgent: true };
}
