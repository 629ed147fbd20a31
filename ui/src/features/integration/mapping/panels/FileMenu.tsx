import { ChevronDown, Download, RefreshCw, RotateCcw, Upload, WandSparkles } from "lucide-react";
import { useRef, useState } from "react";
import { counted } from "../../../../format";
import { FaultBanner } from "../../../../frame";
import { call, toFault, type Fault, type MappingProblem } from "../../../../ipc";
import { Button, Dialog, Menu, TextButton, useToast, type MenuEntry } from "../../../../kit";
import button from "../../../../kit/Button.module.css";
import { target_words } from "../../../words";
import { sameRows, together } from "../draft";
import type { MappingDraft } from "../useMappingDraft";
import styles from "./FileMenu.module.css";
import { useRefresh } from "./useRefresh";

interface Refused {
  title: string;
  fault: Fault;
  again: () => void;
}

interface Report {
  origin: string;
  rows: number;
  problems: MappingProblem[];
}

const icon = { size: 14, strokeWidth: 1.75, "aria-hidden": true } as const;

/** What is done with the rows as a whole. Nothing here saves; what replaces rows is one undo step. */
export function FileMenu({
  draft,
  onMatch,
}: {
  draft: MappingDraft;
  /** Opens the proposals by name. */
  onMatch: () => void;
}) {
  const toast = useToast();
  const reading = useRefresh(draft);
  const busy = useRef(false);
  const [refused, setRefused] = useState<Refused | null>(null);
  const [report, setReport] = useState<Report | null>(null);
  const { object, rows } = draft;
  const { one } = target_words[object];
  const may_edit = draft.saved?.may_edit !== false;

  const attempt = async (title: string, work: () => Promise<void>) => {
    if (busy.current) return;
    busy.current = true;
    setRefused(null);
    try {
      await work();
    } catch (reason) {
      const fault = toFault(reason);
      if (fault.code !== "cancelled") setRefused({ title, fault, again: () => void attempt(title, work) });
    }
    busy.current = false;
  };
  const takeBack = (label: string) => ({
    text: "Undo",
    act: () => draft.replace(label, rows.map((row) => row.row)),
  });

  const importRows = () =>
    attempt("The mapping was not imported", async () => {
      const file = await call("mapping.open_file", { object });
      if (!file) return;
      const given = together(file.rows);
      if (sameRows(rows, given)) {
        toast({ text: `${file.origin} has the rows that are here already.` });
        return;
      }
      draft.replace(`Import ${file.origin}`, given);
      toast({
        text: `${counted(given.length, "row", "rows")} of ${file.origin} in the editor, not saved yet.`,
        action: takeBack(`Take back ${file.origin}`),
      });
      const preview = await call("mapping.preview", { object, rows: given, sample: draft.sample, record: null });
      const problems = preview.problems.filter((problem) => problem.code !== "missing_required");
      if (problems.length > 0) setReport({ origin: file.origin, rows: given.length, problems });
    });
  const exportRows = () =>
    attempt("The mapping was not exported", async () => {
      const file = await call("mapping.save_file", { object, rows: rows.map((row) => row.row) });
      if (!file) return;
      const what = draft.changed ? "with the unsaved changes" : `version ${draft.saved?.version ?? 0}`;
      const words = draft.saved?.version || draft.changed ? `, ${what}` : "";
      toast({ text: `${counted(file.rows, "row", "rows")} exported to ${file.file_name}${words}.` });
    });
  const takeDefaults = () =>
    attempt("The defaults could not be read", async () => {
      const given = together((await call("mapping.defaults", { object })).rows);
      if (sameRows(rows, given)) {
        toast({ text: "These are the default rows already." });
        return;
      }
      draft.replace("Back to defaults", given);
      toast({
        text: `The default ${counted(given.length, "row is", "rows are")} in the editor, not saved yet.`,
        action: takeBack("Take back the defaults"),
      });
    });

  const entries: (MenuEntry | false | undefined)[] = [
    may_edit && {
      key: "import",
      text: "Import mapping…",
      icon: <Upload {...icon} />,
      act: () => void importRows(),
    },
    { key: "export", text: "Export mapping…", icon: <Download {...icon} />, act: () => void exportRows() },
    may_edit && {
      key: "defaults",
      text: "Back to defaults",
      icon: <RotateCcw {...icon} />,
      act: () => void takeDefaults(),
    },
    { key: "refresh", text: "Refresh fields", icon: <RefreshCw {...icon} />, act: reading.refresh },
    may_edit && {
      key: "match",
      text: "Match automatically",
      icon: <WandSparkles {...icon} />,
      act: onMatch,
    },
  ];
  const fault = refused ?? (reading.fault && {
    title: "The fields could not be read",
    fault: reading.fault,
    again: reading.refresh,
  });
  return (
    <>
      <Menu
        label={`File of the ${one} mapping`}
        triggerClass={`${button.button} ${button.neutral} ${button.bar}`}
        trigger={
          <>
            <span>{reading.busy ? "Reading…" : "File"}</span>
            <ChevronDown {...icon} />
          </>
        }
        entries={entries.filter((entry): entry is MenuEntry => Boolean(entry))}
      />
      {fault && (
        <Dialog
          title={fault.title}
          width="narrow"
          role="alertdialog"
          onClose={() => {
            setRefused(null);
            reading.forget();
          }}
          buttons={
            <>
              <Button
                onClick={() => {
                  setRefused(null);
                  reading.forget();
                }}
              >
                Close
              </Button>
              <Button look="primary" autoFocus onClick={fault.again}>
                {fault.fault.code === "bad_file" ? "Choose another file" : "Try again"}
              </Button>
            </>
          }
        >
          <FaultBanner fault={fault.fault} />
          <p className={styles.unchanged}>The rows in the editor are as they were.</p>
        </Dialog>
      )}
      {report && <ImportReport draft={draft} report={report} onClose={() => setReport(null)} />}
    </>
  );
}

/** What of a file's rows fits neither this app's fields nor the org's. */
function ImportReport({
  draft,
  report,
  onClose,
}: {
  draft: MappingDraft;
  report: Report;
  onClose: () => void;
}) {
  const at_fault = new Set(report.problems.map((problem) => problem.row)).size;
  return (
    <Dialog
      title={`${report.origin} is in the editor`}
      subtitle={`${counted(report.rows, "row", "rows")}, not saved yet. ${counted(at_fault, "row is", "rows are")} to be mended.`}
      onClose={onClose}
      buttons={
        <>
          <Button
            onClick={() => {
              draft.undo();
              onClose();
            }}
          >
            Take the import back
          </Button>
          <Button look="primary" autoFocus onClick={onClose}>
            Keep the rows
          </Button>
        </>
      }
    >
      <ul className={styles.problems} aria-label="What was not understood">
        {report.problems.map((problem, index) => (
          <li key={index}>
            {problem.row === null ? (
              problem.sentence
            ) : (
              <>
                <TextButton
                  className={styles.row}
                  aria-label={`Show row ${problem.row}`}
                  onClick={() => {
                    onClose();
                    draft.showRow(problem.row ?? 1);
                  }}
                >
                  Row {problem.row}
                </TextButton>{" "}
                {problem.sentence}
              </>
            )}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
