import { FileText } from "lucide-react";
import { useState } from "react";
import { count, counted, duration } from "../../../format";
import { FaultBanner } from "../../../frame";
import type { Fault, ImportCheck } from "../../../ipc";
import { Button, classes, Dialog, Field, Progress } from "../../../kit";
import { countedProfiles } from "../../words";
import styles from "../Lists.module.css";
import { Refusals } from "./Refusals";

const isAboutName = (fault: Fault) => fault.field === "name" || fault.code === "name_taken";

/** Step 2: what the file would bring, the name of the list, and the one button that imports. */
export function CheckedFile({
  check,
  fault,
  running,
  onChooseAnother,
  onImport,
  onClose,
}: {
  check: ImportCheck;
  fault: Fault | null;
  running: { read_rows: number } | null;
  onChooseAnother: () => void;
  onImport: (name: string) => void;
  onClose: () => void;
}) {
  const [name, setName] = useState(check.suggested_name);
  const [edited, setEdited] = useState(false);
  const blank = name.trim() === "" ? "Enter a name for the list." : null;
  const nameError = blank ?? (fault && isAboutName(fault) && !edited ? fault.sentence : null);
  const none = check.importable_rows === 0;
  const profiles = countedProfiles(check.kind, check.importable_rows);
  const importNow = () => {
    if (blank || none) return;
    setEdited(false);
    onImport(name.trim());
  };
  return (
    <Dialog
      title="Import a list"
      subtitle="Step 2 of 2: check what was read"
      width="wide"
      onClose={onClose}
      note={`Read in ${duration(check.seconds)}. Nothing is sent to Salesforce.`}
      buttons={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            busy={running !== null && `Importing ${profiles}…`}
            offReason={none ? "There is no row that can be imported." : null}
            reasonPlace="elsewhere"
            onClick={importNow}
          >
            Import {profiles}
          </Button>
        </>
      }
    >
      <div className={styles.file}>
        <FileText size={20} strokeWidth={1.5} aria-hidden />
        <div className={styles.fileWords}>
          <strong>{check.file.file_name}</strong>
          <span>
            {check.kind === "contacts" ? "Contacts" : "Companies"}, {check.header} · {check.encoding} ·{" "}
            {check.delimiter} · {counted(check.columns, "column", "columns")}
            {check.extra_columns.length > 0 && (
              <>
                : {count(check.extra_columns.length)} extra, <code>{check.extra_columns.join(", ")}</code>
              </>
            )}
          </span>
        </div>
        <Button size="bar" onClick={onChooseAnother}>
          Choose another
        </Button>
      </div>
      {fault && !isAboutName(fault) && <FaultBanner fault={fault} />}
      <Field
        label="List name"
        required
        autoFocus
        value={name}
        error={nameError}
        onChange={(next) => {
          setName(next);
          setEdited(true);
        }}
        onKeyDown={(event) => event.key === "Enter" && importNow()}
      />
      {running && <Progress label="Importing" done={running.read_rows} total={check.read_rows} />}
      <dl className={styles.figures}>
        <div>
          <dt>rows read</dt>
          <dd>{count(check.read_rows)}</dd>
        </div>
        <div>
          <dt>
            to import{check.without_id_rows > 0 && `, ${count(check.without_id_rows)} without a ZoomInfo id`}
          </dt>
          <dd className={styles.good}>{count(check.importable_rows)}</dd>
        </div>
        <div>
          <dt>
            refused
            {check.repeated_rows > 0 && `, ${count(check.repeated_rows)} of them repeat an earlier profile`}
          </dt>
          <dd className={classes(check.refused_rows > 0 && styles.bad)}>{count(check.refused_rows)}</dd>
        </div>
      </dl>
      {check.refused_rows > 0 && <Refusals check={check} />}
    </Dialog>
  );
}
