import { Download, History } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import { counted } from "../../format";
import { FaultBanner, FaultState, searchPart, useRight } from "../../frame";
import { call, toFault, type AuditArea, type AuditEntry, type AuditPage as Entries, type Fault } from "../../ipc";
import {
  Button,
  Card,
  EmptyState,
  NoMatch,
  Page,
  PageHeader,
  SearchField,
  Select,
  Skeleton,
  useDelayed,
  useFindKey,
  useRowWindows,
  useToast,
  VirtualTable,
} from "../../kit";
import { audit_columns } from "./auditColumns";
import { EntryDialog } from "./EntryDialog";
import { area_words, sinceOf, span_words, type Span } from "./words";

type Window = Entries & { rows: AuditEntry[]; total: number };

const options = <Key extends string>(words: Record<Key, string>): { key: Key; text: string }[] =>
  (Object.entries(words) as [Key, string][]).map(([key, text]) => ({ key, text }));

const area_options = options<AuditArea | "any">({ any: "Every area", ...area_words });

export function AuditPage() {
  const right = useRight("read_audit");
  if (right.may) return <Log />;
  return (
    <Page header={<PageHeader icon={History} title="Audit log" />}>
      {right.refusal === undefined ? (
        <Skeleton label="Reading the workspace" />
      ) : (
        <Card>
          <EmptyState title="The audit log is for admins" text={right.refusal} />
        </Card>
      )}
    </Page>
  );
}

/** Everything that somebody did, newest first. Nothing in it can be changed. */
function Log() {
  const toast = useToast();
  const [search, setSearch] = useState(() => searchPart().get("search") ?? "");
  const [area, setArea] = useState<AuditArea | "any">("any");
  const [span, setSpan] = useState<Span>("any");
  const [shown, setShown] = useState<AuditEntry | null>(null);
  const [saving, setSaving] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const field = useFindKey();
  const words = useDelayed(search.trim());
  const filter = useMemo(
    () => ({ search: words, area: area === "any" ? null : area, since: sinceOf(span, Date.now()) }),
    [words, area, span],
  );
  const read = useCallback(
    async (offset: number, limit: number): Promise<Window> => {
      const page = await call("audit.list", { ...filter, offset, limit });
      return { ...page, rows: page.entries, total: page.matching_entries };
    },
    [filter],
  );
  const window = useRowWindows<AuditEntry, Window>(
    useMemo(() => ["audit.list", filter], [filter]),
    read,
  );
  const { answer } = window;
  const clear = () => {
    setSearch("");
    setArea("any");
    setSpan("any");
  };
  const save = async () => {
    setSaving(true);
    setFault(null);
    try {
      const saved = await call("audit.save_file", filter);
      if (saved)
        toast({ text: `Saved ${counted(saved.rows, "entry", "entries")} as “${saved.file_name}”.` });
    } catch (reason) {
      setFault(toFault(reason));
    }
    setSaving(false);
  };
  return (
    <Page
      fixed
      header={
        <PageHeader
          icon={History}
          title="Audit log"
          facts={answer ? [{ value: counted(answer.total_entries, "entry", "entries") }] : []}
          actions={
            answer &&
            answer.matching_entries > 0 && (
              <Button
                icon={<Download size={16} strokeWidth={1.75} aria-hidden />}
                busy={saving && "Saving…"}
                onClick={() => void save()}
              >
                Save {counted(answer.matching_entries, "entry", "entries")} as CSV
              </Button>
            )
          }
        />
      }
    >
      {fault && <FaultBanner fault={fault} />}
      {window.error && answer && <FaultBanner fault={toFault(window.error)} />}
      <Card
        fill
        bare
        ruled
        title="Who did what, newest first"
        actions={
          <>
            <Select
              inline
              labelHidden
              label="Area"
              value={area}
              options={area_options}
              onChange={setArea}
            />
            <Select
              inline
              labelHidden
              label="Time"
              value={span}
              options={options(span_words)}
              onChange={setSpan}
            />
            <SearchField ref={field} label="Find in the audit log" value={search} onChange={setSearch} />
          </>
        }
      >
        {!answer && !window.error && <Skeleton label="Reading the audit log" lines={6} />}
        {!answer && window.error && (
          <FaultState
            title="The audit log could not be read"
            fault={toFault(window.error)}
            onRetry={window.retry}
          />
        )}
        {answer?.total_entries === 0 && (
          <EmptyState
            title="Nothing yet"
            text="Every change of a setting, a mapping, a role or the connection, and every run, stands here with who did it."
          />
        )}
        {answer && answer.total_entries > 0 && answer.matching_entries === 0 && (
          <NoMatch
            title={words ? `No entry for “${words}”` : "No entry fits these filters"}
            text={`${counted(answer.total_entries, "entry", "entries")} in all.`}
            onClear={clear}
          />
        )}
        {answer && answer.matching_entries > 0 && (
          <VirtualTable
            label="Audit log"
            columns={audit_columns}
            rowCount={answer.matching_entries}
            rowAt={window.rowAt}
            rowHeight={40}
            onVisible={window.onVisible}
            onOpen={setShown}
          />
        )}
      </Card>
      {shown && <EntryDialog entry={shown} onClose={() => setShown(null)} />}
    </Page>
  );
}
