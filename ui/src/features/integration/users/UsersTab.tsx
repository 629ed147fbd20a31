import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { count, counted } from "../../../format";
import { FaultBanner, FaultState, useAppState } from "../../../frame";
import type { PersonMapping } from "../../../ipc";
import {
  Banner,
  Button,
  ButtonLink,
  Card,
  Chip,
  EmptyState,
  NoMatch,
  SearchField,
  Skeleton,
  useDelayed,
  useFindKey,
  useRowPicking,
  VirtualTable,
} from "../../../kit";
import { UndoButtons } from "../UndoButtons";
import { useUndoKeys } from "../useUndoKeys";
import { fits, needOf, type Choice, type Need } from "./draft";
import { userColumns } from "./userColumns";
import styles from "./Users.module.css";
import type { UserDraft } from "./useUserDraft";

type Filter = "all" | Need | "warned" | "changed" | "refused";

const chips: { key: Filter; text: string }[] = [
  { key: "all", text: "All" },
  { key: "choose", text: "Several fit" },
  { key: "unmapped", text: "Not found" },
  { key: "warned", text: "To look at" },
  { key: "mapped", text: "Found" },
  { key: "admin", text: "Chosen" },
  { key: "changed", text: "Not saved" },
  { key: "refused", text: "To fix" },
];

const keyOf = (person: PersonMapping) => person.person;
const nameOf = (person: PersonMapping) => person.name;

/** Which Salesforce user each person is; who then owns what that person exports. */
export function UsersTab({ draft }: { draft: UserDraft }) {
  const { look, mappings, right } = draft;
  useEffect(look, [look]);
  const state = useAppState().data;
  useUndoKeys(draft);
  if (right.refusal !== undefined) {
    return (
      <Card>
        <EmptyState
          title="User Mapping is for admins"
          text={`It says which Salesforce user each person is, and so who owns what that person exports. ${right.refusal}`}
        />
      </Card>
    );
  }
  if (state && !state.org) {
    return (
      <Card>
        <EmptyState
          title="No org is connected"
          text="People are mapped to the users of the connected org. Connect one first."
          actions={
            <ButtonLink look="primary" href="#/integration/general">
              Connect an org
            </ButtonLink>
          }
        />
      </Card>
    );
  }
  if (!mappings.data) {
    return (
      <Card>
        {mappings.isError ? (
          <FaultState
            title="The user mapping could not be read"
            fault={mappings.error}
            onRetry={() => void mappings.refetch()}
          />
        ) : (
          <Skeleton label="Reading people and users" lines={8} />
        )}
      </Card>
    );
  }
  return (
    <div className={styles.tab}>
      {draft.fault && <FaultBanner fault={draft.fault} />}
      {state?.accounts === "user" && (
        <Banner tone="info">
          Everybody connects with a Salesforce user of their own now, and owns what they export. This mapping is
          kept for service-account mode.
        </Banner>
      )}
      {draft.people.length === 0 ? (
        <Card>
          <EmptyState
            title="No people yet"
            text="People of your organisation are added one by one or from a CSV file. Each is then found among the org’s users."
            actions={
              <ButtonLink look="primary" href="#/people">
                Add people
              </ButtonLink>
            }
          />
        </Card>
      ) : (
        <Table draft={draft} activeUsers={mappings.data.active_users} warnings={mappings.data.warnings} />
      )}
    </div>
  );
}

function Table({
  draft,
  activeUsers,
  warnings,
}: {
  draft: UserDraft;
  activeUsers: number;
  warnings: string[];
}) {
  const { people, choices, refused } = draft;
  const [filter, setFilter] = useState<Filter>("all");
  const [search, setSearch] = useState("");
  const field = useFindKey();
  const table = useRef<HTMLDivElement>(null);
  const words = useDelayed(search.trim().toLowerCase());

  const counts = useMemo(() => {
    const found: Record<Filter, number> = {
      all: people.length,
      choose: 0,
      unmapped: 0,
      warned: 0,
      mapped: 0,
      admin: 0,
      changed: choices.size,
      refused: refused.size,
    };
    for (const person of people) {
      found[needOf(person)] += 1;
      if (person.warning !== null) found.warned += 1;
    }
    return found;
  }, [people, choices, refused]);
  const rows = useMemo(() => {
    const all = words.split(/\s+/).filter(Boolean);
    return people.filter(
      (person) =>
        (filter === "all" ||
          (filter === "warned" && person.warning !== null) ||
          (filter === "changed" && choices.has(person.person)) ||
          (filter === "refused" && refused.has(person.person)) ||
          needOf(person) === filter) &&
        fits(person, choices.get(person.person), all),
    );
  }, [people, choices, refused, filter, words]);
  const picking = useRowPicking({
    keyOf,
    nameOf,
    rowAt: (index) => rows[index],
    rowsBetween: (from, to) => Promise.resolve(rows.slice(from, to + 1)),
    matching: rows.length,
  });
  const picked = [...picking.picked.values()];
  const columns = useMemo(() => userColumns(draft), [draft]);

  const everybody = () => {
    setFilter("all");
    setSearch("");
  };
  const shown = draft.shown;
  useEffect(() => {
    if (!shown) return;
    setFilter("refused");
    setSearch("");
    setTimeout(() => table.current?.querySelector<HTMLElement>("[data-invalid]")?.focus());
  }, [shown]);

  const setPicked = (choice: Choice, what: string) => {
    draft.set(`${what} for ${counted(picked.length, "person", "people")}`, picked, choice);
    picking.clear();
  };
  const onRowKey = (event: KeyboardEvent): boolean => {
    if (event.key !== "F2") return false;
    const row = (event.target as HTMLElement).closest('[role="row"]');
    row?.querySelector<HTMLElement>('button[aria-haspopup="listbox"]')?.click();
    return true;
  };
  return (
    <div ref={table} className={styles.tab}>
      {warnings.length > 0 && filter !== "warned" && (
        <Banner
          tone="warning"
          action={
            <Button size="small" onClick={() => setFilter("warned")}>
              Show {counted(counts.warned, "person", "people")}
            </Button>
          }
        >
          {warnings.length === 1
            ? warnings[0]
            : `${counted(warnings.length, "warning", "warnings")}: users whom several people are mapped to, or who were deactivated.`}
        </Banner>
      )}
      <Card
        fill
        bare
        ruled
        title="People and their Salesforce users"
        note={`${counted(activeUsers, "active standard user", "active standard users")} in the org`}
        actions={
          <>
            <UndoButtons draft={draft} />
            <SearchField
              ref={field}
              className={styles.find}
              label="Find a person or a user"
              value={search}
              onChange={setSearch}
            />
          </>
        }
        below={
          <>
            {chips
              .filter(({ key }) => key === "all" || key === filter || counts[key] > 0)
              .map(({ key, text }) => (
                <Chip
                  key={key}
                  selected={filter === key}
                  count={count(counts[key])}
                  onSelect={() => setFilter(key)}
                >
                  {text}
                </Chip>
              ))}
          </>
        }
      >
        {rows.length === 0 ? (
          <NoMatch
            title={words ? `Nobody for “${words}”` : "Nobody is left with this filter"}
            text={`${counted(people.length, "person", "people")} in all.`}
            onClear={everybody}
          />
        ) : (
          <VirtualTable
            label="People and their Salesforce users"
            columns={columns}
            rowCount={rows.length}
            rowAt={(index) => rows[index]}
            rowHeight={40}
            selection={picking.port}
            onRowKey={onRowKey}
            foot={
              picked.length > 0 && (
                <span className={styles.selected}>
                  <strong>{counted(picked.length, "person", "people")} selected</strong>
                  <Button
                    size="small"
                    onClick={() => setPicked({ choice: "automatic" }, "Map automatically")}
                  >
                    Map automatically
                  </Button>
                  <Button size="small" onClick={() => setPicked({ choice: "nobody" }, "Nobody of the org")}>
                    Nobody of the org
                  </Button>
                </span>
              )
            }
          />
        )}
      </Card>
    </div>
  );
}
