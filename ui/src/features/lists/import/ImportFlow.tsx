import { count, size } from "../../../format";
import { FaultBanner } from "../../../frame";
import { Button, Dialog, Progress } from "../../../kit";
import styles from "../Lists.module.css";
import { CheckedFile } from "./CheckedFile";
import { DropOverlay } from "./DropOverlay";
import type { Importing } from "./useImport";

/** The dialog of an import, and the overlay while a file is held over the window. */
export function ImportFlow({ importing }: { importing: Importing }) {
  const { phase, progress, close, choose } = importing;
  const idle = phase.at === "closed" || phase.at === "failed";
  return (
    <>
      {idle && <DropOverlay onDrop={importing.drop} />}
      {phase.at === "sending" && (
        <Dialog
          title="Import a list"
          subtitle="Step 1 of 2: read the file"
          onClose={close}
          buttons={<Button onClick={close}>Cancel</Button>}
        >
          <Working
            words={`Taking over ${phase.file_name}`}
            done={phase.sent_bytes}
            total={phase.total_bytes}
            note={`${size(phase.sent_bytes)} of ${size(phase.total_bytes)}`}
          />
        </Dialog>
      )}
      {phase.at === "checking" && (
        <Dialog
          title="Import a list"
          subtitle="Step 1 of 2: read the file"
          onClose={close}
          note="Nothing is written yet."
          buttons={<Button onClick={close}>Cancel</Button>}
        >
          <Working
            words={`Reading ${phase.file.file_name}`}
            done={progress?.read_bytes}
            total={progress?.total_bytes}
            note={progress ? `${count(progress.read_rows)} rows read` : `${size(phase.file.size_bytes)}`}
          />
        </Dialog>
      )}
      {(phase.at === "checked" || phase.at === "importing") && (
        <CheckedFile
          key={phase.check.file.file_id}
          check={phase.check}
          fault={phase.at === "checked" ? phase.fault : null}
          running={phase.at === "importing" ? { read_rows: progress?.read_rows ?? 0 } : null}
          onChooseAnother={choose}
          onImport={(name) => importing.importAs(phase.check, name)}
          onClose={close}
        />
      )}
      {phase.at === "failed" && (
        <Dialog
          title={phase.file_name ? `“${phase.file_name}” was not imported` : "Nothing was imported"}
          onClose={close}
          buttons={
            <>
              <Button onClick={close}>Close</Button>
              <Button look="primary" onClick={choose}>
                Choose another file
              </Button>
            </>
          }
        >
          <FaultBanner fault={phase.fault} />
        </Dialog>
      )}
    </>
  );
}

function Working({
  words,
  done,
  total,
  note,
}: {
  words: string;
  done?: number | undefined;
  total?: number | undefined;
  note: string;
}) {
  return (
    <div className={styles.working}>
      <strong>{words}</strong>
      <Progress label={words} {...(done !== undefined && total !== undefined ? { done, total } : {})} />
      <span role="status">{note}</span>
    </div>
  );
}
