import { Plus, Trash2, Upload, Users } from "lucide-react";
import { useMemo, useState, type KeyboardEvent } from "react";
import { counted } from "../../format";
import { FaultBanner, FaultState, Refusals, useAppState } from "../../frame";
import type { Person } from "../../ipc";
import {
  Button,
  Card,
  NoMatch,
  Page,
  PageHeader,
  SearchField,
  Skeleton,
  useDelayed,
  useFindKey,
  useRowPicking,
  VirtualTable,
} from "../../kit";
import { ImportPeopleDialog } from "./ImportPeopleDialog";
import styles from "./People.module.css";
import { peopleColumns } from "./peopleColumns";
import { PersonDialog } from "./PersonDialog";
import { usePeople } from "./usePeople";

const keyOf = (person: Person) => person.person;
const nameOf = (person: Person) => person.name;

/** Everybody with a ZoomInfo account in the organisation: who may do what in this workspace. */
export function PeoplePage() {
  const people = usePeople();
  const { data, right } = people;
  const own_users = useAppState().data?.accounts === "user";
  const [search, setSearch] = useState("");
  const [edited, setEdited] = useState<Person | "new" | null>(null);
  const field = useFindKey();
  const words = useDelayed(search.trim());
  const rows = useMemo(() => {
    const all = words.toLowerCase().split(/\s+/).filter(Boolean);
    return (data?.people ?? []).filter((one) => {
      const text = `${one.name} ${one.email ?? ""}`.toLowerCase();
      return all.every((word) => text.includes(word));
    });
  }, [data, words]);
  const picking = useRowPicking({
    keyOf,
    nameOf,
    rowAt: (index) => rows[index],
    rowsBetween: (from, to) => Promise.resolve(rows.slice(from, to + 1)),
    matching: rows.length,
  });
  const picked = [...picking.picked.values()];
  const remove = (chosen: Person[]) => {
    void people.remove(chosen);
    picking.clear();
  };
  const columns = peopleColumns({
    own_users,
    offReason: right.refusal,
    onChange: setEdited,
    onRemove: (person) => remove([person]),
  });
  const onRowKey = (event: KeyboardEvent, person: Person): boolean => {
    if (right.refusal !== undefined || event.ctrlKey || event.metaKey || event.altKey) return false;
    if (event.key === "F2") setEdited(person);
    else if (event.key === "Delete") remove(picked.length > 0 ? picked : [person]);
    else return false;
    return true;
  };
  const total = data?.people.length ?? 0;
  const admins = data?.people.filter((one) => one.role === "admin").length ?? 0;
  return (
    <Page
      fixed
      header={
        <PageHeader
          icon={Users}
          title="People"
          facts={data ? [{ value: counted(total, "person", "people") }, { value: counted(admins, "admin", "admins") }] : []}
          actions={
            <>
              <Button
                icon={<Upload size={16} strokeWidth={1.75} aria-hidden />}
                busy={people.doing === "choose" && "Reading the file…"}
                offReason={right.refusal}
                reasonPlace="elsewhere"
                onClick={() => void people.chooseFile()}
              >
                Import a CSV file
              </Button>
              <Button
                look="primary"
                icon={<Plus size={16} strokeWidth={1.75} aria-hidden />}
                offReason={right.refusal}
                reasonPlace="elsewhere"
                onClick={() => setEdited("new")}
                data-next-step=""
              >
                Add a person
              </Button>
            </>
          }
        />
      }
    >
      {people.fault && !people.check && <FaultBanner fault={people.fault} />}
      <Refusals of={[right]} />
      {people.error && !data && (
        <Card>
          <FaultState title="The people could not be read" fault={people.error} onRetry={people.retry} />
        </Card>
      )}
      {!data && !people.error && <Skeleton label="Reading the people" lines={6} />}
      {data && (
        <Card
          fill
          bare
          ruled
          title="Everybody here"
          note={data.boundary}
          actions={
            <>
              {picked.length > 0 && (
                <Button
                  size="bar"
                  look="danger"
                  icon={<Trash2 size={14} strokeWidth={1.75} aria-hidden />}
                  busy={people.doing === "remove" && "Removing…"}
                  onClick={() => remove(picked)}
                >
                  Remove {counted(picked.length, "person", "people")}
                </Button>
              )}
              <SearchField ref={field} label="Find a person" value={search} onChange={setSearch} />
            </>
          }
        >
          {rows.length === 0 ? (
            <NoMatch
              title={`Nobody for “${words}”`}
              text={`${counted(total, "person", "people")} in all.`}
              onClear={() => setSearch("")}
            />
          ) : (
            <VirtualTable
              label="People"
              columns={columns}
              rowCount={rows.length}
              rowAt={(index) => rows[index]}
              rowHeight={40}
              onOpen={(person) => right.refusal === undefined && setEdited(person)}
              onRowKey={onRowKey}
              selection={right.refusal === undefined ? picking.port : undefined}
              foot={
                total === 1 ? (
                  <span className={styles.alone}>
                    Only you so far. Add the people of your organisation, or import them from a CSV file with the
                    columns name, email and role.
                  </span>
                ) : (
                  picked.length > 0 && <strong>{counted(picked.length, "person", "people")} selected</strong>
                )
              }
            />
          )}
        </Card>
      )}
      {edited && (
        <PersonDialog person={edited === "new" ? null : edited} people={people} onClose={() => setEdited(null)} />
      )}
      {people.check && <ImportPeopleDialog check={people.check} people={people} />}
    </Page>
  );
}
