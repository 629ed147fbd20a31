import type { Person, Standing } from "../../ipc";
import { OperatorName, Pill, TextButton, type Column, type Tone } from "../../kit";
import styles from "./People.module.css";

const standings: Record<Standing, { text: string; tone: Tone }> = {
  primary_admin: { text: "Primary admin", tone: "accent" },
  secondary_admin: { text: "Admin", tone: "accent" },
  user: { text: "User", tone: "neutral" },
};

const may: Record<Standing, string> = {
  primary_admin: "Everything; alone may disconnect.",
  secondary_admin: "Everything but disconnecting.",
  user: "Builds lists, exports within the limits, and sees own runs.",
};

export function peopleColumns({
  own_users,
  offReason,
  onChange,
  onRemove,
}: {
  /** Whether everybody connects with a Salesforce user of their own. */
  own_users: boolean;
  /** Why the operator may not change people. */
  offReason: string | undefined;
  onChange: (person: Person) => void;
  onRemove: (person: Person) => void;
}): Column<Person>[] {
  const verb = (text: string, name: string, act: () => void, danger = false) => (
    <TextButton
      tabIndex={-1}
      aria-label={`${text} ${name}`}
      aria-disabled={offReason === undefined ? undefined : true}
      title={offReason}
      className={offReason !== undefined ? styles.off : danger ? styles.danger : undefined}
      onClick={(event) => {
        event.stopPropagation();
        if (offReason === undefined) act();
      }}
    >
      {text}
    </TextButton>
  );
  return [
    {
      key: "name",
      header: "Person",
      width: "minmax(14rem, 1.6fr)",
      cell: (person) => (
        <span className={styles.name}>
          <OperatorName name={person.name} note={person.email ?? "No e-mail address yet"} />
          {person.is_operator && <Pill tone="neutral">Uses this window</Pill>}
        </span>
      ),
    },
    {
      key: "standing",
      header: "Standing",
      width: "8rem",
      cell: (person) => (
        <Pill tone={standings[person.standing].tone}>{standings[person.standing].text}</Pill>
      ),
    },
    {
      key: "may",
      header: "May",
      width: "minmax(14rem, 2fr)",
      cell: (person) => (
        <span className={styles.may} title={may[person.standing]}>
          {may[person.standing]}
        </span>
      ),
    },
    ...(own_users
      ? [
          {
            key: "own",
            header: "Own Salesforce user",
            width: "minmax(10rem, 1fr)",
            cell: (person: Person) =>
              person.own_connection ? (
                <span title={person.own_connection.username}>
                  {person.own_connection.username}
                  {person.own_connection.signed_out && " (logged out)"}
                </span>
              ) : (
                <span className={styles.may}>Not connected</span>
              ),
          },
        ]
      : []),
    {
      key: "change",
      header: "Change",
      width: "5rem",
      cell: (person) => verb("Change", person.name, () => onChange(person)),
    },
    {
      key: "remove",
      header: "Remove",
      width: "5.5rem",
      cell: (person) => verb("Remove", person.name, () => onRemove(person), true),
    },
  ];
}
