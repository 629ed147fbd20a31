import { useState } from "react";
import { FaultBanner } from "../../frame";
import type { Person, Role } from "../../ipc";
import { Button, Dialog, Field, RadioCards } from "../../kit";
import type { PeopleActions } from "./usePeople";

const roles: { key: Role; title: string; text: string }[] = [
  { key: "user", title: "User", text: "Builds lists, exports within the limits, and sees own runs." },
  { key: "admin", title: "Admin", text: "Also changes settings, mappings, people and the connection." },
];

const isAddress = (text: string) => /^[^\s@]+@[^\s@]+$/.test(text);

/** Adds a person, or changes one. */
export function PersonDialog({
  person,
  people,
  onClose,
}: {
  /** Who is changed; `null` adds somebody. */
  person: Person | null;
  people: PeopleActions;
  onClose: () => void;
}) {
  const [name, setName] = useState(person?.name ?? "");
  const [email, setEmail] = useState(person?.email ?? "");
  const [role, setRole] = useState<Role>(person?.role ?? "user");
  const [tried, setTried] = useState(false);
  const { fault } = people;
  const at = (field: string) => (fault?.field === field ? fault.sentence : null);
  const known = fault?.field === "name" || fault?.field === "email";
  const nameError = name.trim() === "" ? "Enter the full name." : null;
  const emailError =
    email.trim() === ""
      ? person?.email == null && person !== null
        ? null
        : "Enter the e-mail address: the Salesforce user is found by it."
      : isAddress(email.trim())
        ? null
        : "This is no e-mail address. Enter one such as dana@example.com.";
  const close = () => {
    people.forget();
    onClose();
  };
  const save = async () => {
    setTried(true);
    if (nameError || emailError) return;
    const done = person
      ? await people.change({
          person: person.person,
          name: name.trim(),
          email: email.trim() === "" ? null : email.trim(),
          role,
        })
      : await people.add({ name: name.trim(), email: email.trim(), role });
    if (done) onClose();
  };
  return (
    <Dialog
      title={person ? `Change ${person.name}` : "Add a person"}
      onClose={close}
      buttons={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button look="primary" busy={people.doing === "save" && "Saving…"} onClick={() => void save()}>
            {person ? "Save person" : "Add person"}
          </Button>
        </>
      }
    >
      {fault && !known && <FaultBanner fault={fault} />}
      <Field
        label="Full name"
        required
        autoFocus
        value={name}
        error={(tried ? nameError : null) ?? at("name")}
        onChange={(next) => {
          setName(next);
          people.forget();
        }}
        onKeyDown={(event) => event.key === "Enter" && void save()}
      />
      <Field
        label="E-mail address"
        required={person?.email != null || person === null}
        value={email}
        error={(tried ? emailError : null) ?? at("email")}
        onChange={(next) => {
          setEmail(next);
          people.forget();
        }}
        onKeyDown={(event) => event.key === "Enter" && void save()}
      />
      <RadioCards<Role> label="Role" value={role} choices={roles} onChange={setRole} />
    </Dialog>
  );
}
