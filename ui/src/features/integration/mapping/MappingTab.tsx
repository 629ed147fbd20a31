import { useCallback, useEffect, useState } from "react";
import { FaultState } from "../../../frame";
import type { Target } from "../../../ipc";
import { Banner, Card, SegmentedTabs, Skeleton, TextButton } from "../../../kit";
import { UndoButtons } from "../UndoButtons";
import styles from "./Mapping.module.css";
import { DriftBanner } from "./panels/DriftBanner";
import { FileMenu } from "./panels/FileMenu";
import { HistoryButton } from "./panels/HistoryButton";
import { ProposalsDialog } from "./panels/ProposalsDialog";
import { RowSettingsDialog } from "./panels/RowSettingsDialog";
import { TestButton } from "./panels/TestButton";
import { TestDock } from "./panels/TestDock";
import { useTestedRows } from "./panels/useTestedRows";
import { ValueMapDialog } from "./panels/ValueMapDialog";
import { SamplePager } from "./SamplePager";
import { MappingTable } from "./table";
import { useDraftKeys } from "./useDraftKeys";
import type { MappingDraft } from "./useMappingDraft";
import type { MappingDrafts } from "./useMappingDrafts";
import { useSampleRecord } from "./useSampleRecord";

const objects = [
  { id: "account", title: "Accounts" },
  { id: "contact", title: "Contacts" },
  { id: "lead", title: "Leads" },
] as const;

/** The Mapping tab: one object's rows at a time, with the sample that their results are shown for. */
export function MappingTab({ drafts }: { drafts: MappingDrafts }) {
  const { object, look } = drafts;
  useEffect(look, [look]);
  const draft = drafts.of(object);
  const record = useSampleRecord(draft);
  useDraftKeys(draft);
  return (
    <SegmentedTabs<Target>
      name="mapping"
      label="Objects"
      fill
      tabs={objects.map((one) => ({
        ...one,
        unsaved: drafts.of(one.id).changed,
        toFix: drafts.of(one.id).errors.length,
      }))}
      selected={object}
      onSelect={drafts.setObject}
      beside={
        draft.preview?.sample && (
          <div className={styles.beside}>
            <SampleAs on={record.on} onChange={record.setOn} />
            <SamplePager
              sample={draft.preview.sample}
              lists={draft.fields?.lists ?? []}
              onChoose={draft.setSample}
            />
          </div>
        )
      }
    >
      <div className={styles.mapping}>
        <Editor key={object} draft={draft} />
        {record.on && (
          <p className={styles.recordWords} role="status">
            {record.finding ? "Looking for the record in the org…" : record.words}
          </p>
        )}
      </div>
    </SegmentedTabs>
  );
}

type Open = { what: "values" | "settings"; key: number } | { what: "proposals" };

function Editor({ draft }: { draft: MappingDraft }) {
  const [open, setOpen] = useState<Open | null>(null);
  const onMapValues = useCallback((key: number) => setOpen({ what: "values", key }), []);
  const onSettings = useCallback((key: number) => setOpen({ what: "settings", key }), []);
  const onMatch = useCallback(() => setOpen({ what: "proposals" }), []);
  const onClose = useCallback(() => setOpen(null), []);
  const tested = useTestedRows(draft);
  if (draft.readFault && !draft.saved) {
    return (
      <Card>
        <FaultState title="The mapping could not be read" fault={draft.readFault} onRetry={draft.retry} />
      </Card>
    );
  }
  if (!draft.saved) {
    return (
      <Card>
        <Skeleton label="Reading the mapping" lines={8} />
      </Card>
    );
  }
  const whole = (draft.preview?.problems ?? []).filter(
    (problem) =>
      // These two show in the table: as rows to be added, and as its empty state.
      problem.row === null && problem.code !== "missing_required" && problem.code !== "no_rows",
  );
  const first_error = draft.errors.find((problem) => problem.row !== null)?.row;
  return (
    <>
      {draft.preview && !draft.preview.described && (
        <Banner tone="info" action={<a href="#/integration/general">Connect an org</a>}>
          Types, lengths and picklists are unknown until an org is connected.
        </Banner>
      )}
      {!draft.saved.may_edit && <Banner tone="info">{draft.saved.may_edit_sentence}</Banner>}
      {draft.fault && (
        <Banner
          tone="danger"
          detail={draft.fault.detail}
          action={first_error && <TextButton onClick={() => draft.showRow(first_error)}>Show first</TextButton>}
        >
          {draft.fault.sentence}
        </Banner>
      )}
      {draft.warning && <Banner tone="warning">{draft.warning}</Banner>}
      {whole.map((problem) => (
        <Banner key={problem.sentence} tone="danger">
          {problem.sentence}
        </Banner>
      ))}
      <DriftBanner draft={draft} />
      <MappingTable
        draft={draft}
        tested={tested}
        tools={
          <>
            <UndoButtons draft={draft} />
            <HistoryButton draft={draft} />
            <FileMenu draft={draft} onMatch={onMatch} />
            <TestButton draft={draft} />
          </>
        }
        onMatch={onMatch}
        onSettings={onSettings}
        onMapValues={onMapValues}
      />
      <TestDock draft={draft} />
      {open?.what === "values" && (
        <ValueMapDialog draft={draft} rowKey={open.key} onClose={onClose} />
      )}
      {open?.what === "settings" && (
        <RowSettingsDialog draft={draft} rowKey={open.key} onClose={onClose} />
      )}
      {open?.what === "proposals" && <ProposalsDialog draft={draft} onClose={onClose} />}
    </>
  );
}

/** Whether the sample is a new record or updates the one that the org has. */
function SampleAs({ on, onChange }: { on: boolean; onChange: (update: boolean) => void }) {
  return (
    <div className={styles.as} role="group" aria-label="Show the sample">
      <button type="button" aria-pressed={!on} onClick={() => onChange(false)}>
        As a new record
      </button>
      <button type="button" aria-pressed={on} onClick={() => onChange(true)}>
        As an update
      </button>
    </div>
  );
}
