import { count, counted } from "../../format";
import { FaultBanner } from "../../frame";
import type { AddPerson, PeopleFileCheck, RefusedPerson } from "../../ipc";
import { Button, Dialog, StaticTable, type Column } from "../../kit";
import styles from "./People.module.css";
import type { PeopleActions } from "./usePeople";

const person_columns: Column<AddPerson>[] = [
  { key: "name", header: "Name", width: "auto", cell: (one) => one.name },
  { key: "email", header: "E-mail address", width: "auto", cell: (one) => one.email },
  { key: "role", header: "Role", width: "5rem", cell: (one) => (one.role === "admin" ? "Admin" : "User") },
];

const refusal_columns: Column<RefusedPerson>[] = [
  { key: "line", header: "Line", width: "5rem", align: "end", cell: (one) => count(one.line) },
  { key: "why", header: "Why, and the mend", width: "auto", cell: (one) => one.why },
];

/** What a file of people would bring, before anybody is taken. */
export function ImportPeopleDialog({ check, people }: { check: PeopleFileCheck; people: PeopleActions }) {
  const taken = check.new_people + check.changed_people;
  const facts = [
    { text: "new", value: check.new_people },
    { text: "changed", value: check.changed_people },
    { text: "already so", value: check.unchanged_people },
    { text: "refused", value: check.refused_rows },
  ];
  return (
    <Dialog
      title="Import people"
      subtitle={`${check.file_name}, ${counted(check.read_rows, "row", "rows")}. Nothing is written yet.`}
      width="wide"
      role="alertdialog"
      onClose={people.closeCheck}
      buttons={
        <>
          <Button onClick={people.closeCheck}>Cancel</Button>
          <Button
            look="primary"
            busy={people.doing === "import" && "Importing…"}
            offReason={taken === 0 ? "The file brings nobody new and changes nobody." : null}
            onClick={() => void people.importFile(check)}
          >
            {taken === 0 ? "Import people" : `Import ${counted(taken, "person", "people")}`}
          </Button>
        </>
      }
    >
      {people.fault && <FaultBanner fault={people.fault} />}
      <dl className={styles.counts}>
        {facts.map(({ text, value }) => (
          <div key={text}>
            <dd>{count(value)}</dd>
            <dt>{text}</dt>
          </div>
        ))}
      </dl>
      {check.shown_people.length > 0 && (
        <section>
          <h3>
            {check.shown_people.length < taken
              ? `The first ${count(check.shown_people.length)} of those who are new or change`
              : "Who is new or changes"}
          </h3>
          <StaticTable
            label="People of the file"
            columns={person_columns}
            rows={check.shown_people}
            rowKey={(one) => one.email}
            maxHeight="12rem"
          />
        </section>
      )}
      {check.refusals.length > 0 && (
        <section>
          <h3>
            {check.refusals.length < check.refused_rows
              ? `The first ${count(check.refusals.length)} of ${count(check.refused_rows)} refused rows`
              : "Refused rows"}
          </h3>
          <StaticTable
            label="Refused rows"
            columns={refusal_columns}
            rows={check.refusals}
            rowKey={(one) => one.line}
            maxHeight="12rem"
          />
          <div>
            <Button
              size="bar"
              busy={people.doing === "refusals" && "Saving…"}
              onClick={() => void people.saveRefusals(check)}
            >
              Save refused rows…
            </Button>
          </div>
        </section>
      )}
    </Dialog>
  );
}
