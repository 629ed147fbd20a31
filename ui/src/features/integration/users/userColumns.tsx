import { CircleAlert, CircleHelp, TriangleAlert } from "lucide-react";
import type { MappedBy, PersonMapping } from "../../../ipc";
import { Pill, TwoLines, type Column } from "../../../kit";
import { choiceSentence, needOf, type Choice } from "./draft";
import { UserCell } from "./UserCell";
import styles from "./Users.module.css";
import type { UserDraft } from "./useUserDraft";

const by_words: Record<MappedBy, string> = {
  email: "Same e-mail address",
  name: "Same full name",
  admin: "An admin chose",
  none: "Not found",
};

const set_words = (person: PersonMapping, choice: Choice): string => {
  switch (choice.choice) {
    case "user":
      return `${person.name} is ${choice.user.name}`;
    case "nobody":
      return `${person.name} is nobody of the org`;
    case "automatic":
      return `Find ${person.name} automatically`;
  }
};

export const userColumns = (draft: UserDraft): Column<PersonMapping>[] => [
  {
    key: "person",
    header: "Person",
    width: "minmax(12rem, 1.4fr)",
    cell: (person) => (
      <span className={styles.person} data-changed={draft.choices.has(person.person) || undefined}>
        <TwoLines
          first={<strong title={person.name}>{person.name}</strong>}
          second={`${person.email ?? "No e-mail address"} · ${person.role === "admin" ? "Admin" : "User"}`}
        />
      </span>
    ),
  },
  {
    key: "user",
    header: "Salesforce user",
    width: "minmax(13rem, 1.6fr)",
    cell: (person) => (
      <UserCell
        person={person}
        choice={draft.choices.get(person.person)}
        refusal={draft.refused.get(person.person)}
        onChoose={(choice) => draft.set(set_words(person, choice), [person], choice)}
      />
    ),
  },
  {
    key: "by",
    header: "How found",
    width: "9.5rem",
    cell: (person) => {
      if (draft.choices.has(person.person)) return <Pill tone="accent">Not saved</Pill>;
      switch (needOf(person)) {
        case "choose":
          return (
            <Pill tone="warning" icon={<CircleHelp size={12} aria-hidden />}>
              Several fit
            </Pill>
          );
        case "unmapped":
          return (
            <Pill tone="warning" icon={<TriangleAlert size={12} aria-hidden />}>
              Not found
            </Pill>
          );
        default:
          return by_words[person.by];
      }
    },
  },
  {
    key: "note",
    header: "What follows",
    width: "minmax(12rem, 2.2fr)",
    cell: (person) => {
      const refusal = draft.refused.get(person.person);
      if (refusal !== undefined)
        return (
          <span className={styles.refused} title={refusal}>
            <CircleAlert size={14} strokeWidth={1.75} aria-hidden />
            {refusal}
          </span>
        );
      const choice = draft.choices.get(person.person);
      if (!choice && person.warning !== null)
        return (
          <span className={styles.warned} title={person.warning}>
            <TriangleAlert size={14} strokeWidth={1.75} aria-hidden />
            {person.warning}
          </span>
        );
      const words = choice ? choiceSentence(person, choice) : person.sentence;
      return (
        <span className={styles.note} title={words}>
          {words}
        </span>
      );
    },
  },
];
