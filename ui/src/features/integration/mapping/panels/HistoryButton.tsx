import { useQuery } from "@tanstack/react-query";
import { History } from "lucide-react";
import { useState } from "react";
import { counted } from "../../../../format";
import { FaultBanner, FaultState } from "../../../../frame";
import { query, toFault, type Fault, type MappingHistory } from "../../../../ipc";
import { Button, Dialog, EmptyState, Skeleton, useToast } from "../../../../kit";
import { target_words } from "../../../words";
import type { MappingDraft } from "../useMappingDraft";
import styles from "./History.module.css";
import { VersionDifference } from "./VersionDifference";
import { sideWords, VersionList } from "./VersionList";

/** The versions of the mapping: to look at, to compare, to go back to. */
export function HistoryButton({ draft }: { draft: MappingDraft }) {
  const toast = useToast();
  const [open, setOpen] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const close = () => {
    setOpen(false);
    setFault(null);
  };

  const takeBack = async (former: number, version: number, rows: MappingDraft["rows"] | null) => {
    try {
      const back = await draft.restore(former);
      if (rows) {
        draft.replace(
          `Undo restoring version ${version}`,
          rows.map((one) => one.row),
        );
      }
      toast({ text: `Version ${former} is back, as version ${back.version}.` });
    } catch (reason) {
      setFault(toFault(reason));
      setOpen(true);
    }
  };
  const restore = async (version: number, former: number) => {
    const unsaved = draft.changed ? draft.rows : null;
    setFault(null);
    try {
      const restored = await draft.restore(version);
      close();
      if (restored.version === former) {
        toast({ text: `Version ${version} has the same rows as version ${former}, which stays.` });
        return;
      }
      toast({
        text: `Restored version ${version} as version ${restored.version}.`,
        action: { text: "Undo", act: () => void takeBack(former, version, unsaved) },
      });
    } catch (reason) {
      setFault(toFault(reason));
    }
  };

  return (
    <>
      <Button
        size="bar"
        icon={<History size={14} strokeWidth={1.75} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        History
      </Button>
      {open && <HistoryDialog draft={draft} fault={fault} onRestore={restore} onClose={close} />}
    </>
  );
}

function HistoryDialog({
  draft,
  fault,
  onRestore,
  onClose,
}: {
  draft: MappingDraft;
  fault: Fault | null;
  onRestore: (version: number, former: number) => Promise<void>;
  onClose: () => void;
}) {
  const { object } = draft;
  const history = useQuery<MappingHistory, Fault>(query("mapping.history", { object }));
  const [chosen, setChosen] = useState<number[]>([]);
  const [comparing, setComparing] = useState<{ from: number; to: number } | null>(null);
  const [restoring, setRestoring] = useState<number | null>(null);
  const versions = history.data?.versions ?? [];
  const newest = versions[0]?.version ?? 0;
  const may_restore = draft.saved?.may_edit === true;

  // Of a third that is chosen and the two before, the one chosen first gives way.
  const choose = (side: number) =>
    setChosen((now) => (now.includes(side) ? now.filter((one) => one !== side) : [...now.slice(-1), side]));
  const sides = chosen.length === 1 && chosen[0] !== newest ? [...chosen, newest] : chosen;
  const from = Math.min(...sides);
  const to = Math.max(...sides);
  const ready = sides.length === 2;
  const restore = async (version: number) => {
    setRestoring(version);
    await onRestore(version, newest);
    setRestoring(null);
  };
  const restorable = comparing && may_restore && comparing.from !== newest ? comparing.from : null;
  return (
    <Dialog
      title={
        comparing
          ? `${sideWords(comparing.from)} and ${sideWords(comparing.to).toLowerCase()}`
          : `History of the ${target_words[object].one} mapping`
      }
      subtitle={
        comparing
          ? `What is different in ${sideWords(comparing.to).toLowerCase()}.`
          : draft.saved?.may_edit === false
            ? draft.saved.may_edit_sentence
            : "Every save is a version. Restoring one saves it again as the newest."
      }
      width="wide"
      note={
        comparing || versions.length === 0
          ? undefined
          : ready
            ? `Chosen: ${sideWords(from).toLowerCase()} and ${sideWords(to).toLowerCase()}`
            : `${counted(versions.length, "version", "versions")}. Choose one or two to compare.`
      }
      buttons={
        comparing ? (
          <>
            <Button autoFocus onClick={() => setComparing(null)}>
              Back to versions
            </Button>
            {restorable !== null && (
              <Button
                look="primary"
                busy={restoring !== null && "Restoring…"}
                onClick={() => void restore(restorable)}
              >
                Restore version {restorable}
              </Button>
            )}
          </>
        ) : (
          <>
            <Button onClick={onClose}>Close</Button>
            <Button
              look="primary"
              offReason={ready ? null : "Choose one version, or two, first."}
              reasonPlace="elsewhere"
              onClick={() => setComparing({ from, to })}
            >
              {chosen.length === 1 && ready ? "Compare with the current one" : "Compare"}
            </Button>
          </>
        )
      }
      onClose={onClose}
    >
      {fault && <FaultBanner fault={fault} />}
      {comparing ? (
        <VersionDifference draft={draft} {...comparing} />
      ) : history.isPending ? (
        <Skeleton label="Reading the versions" lines={6} />
      ) : history.isError ? (
        <FaultState
          title="The versions could not be read"
          fault={history.error}
          onRetry={() => void history.refetch()}
        />
      ) : versions.length === 0 ? (
        <EmptyState
          title="No version yet"
          text="The rows are the defaults. The first save makes version 1, and each later one stays here to go back to."
        />
      ) : (
        <div className={styles.list}>
          <VersionList
            versions={versions}
            unsaved={draft.changed ? draft.changes : null}
            chosen={chosen}
            onChoose={choose}
            restoring={restoring}
            onRestore={may_restore ? (version) => void restore(version) : undefined}
          />
        </div>
      )}
    </Dialog>
  );
}

