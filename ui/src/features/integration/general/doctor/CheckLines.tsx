import { CircleAlert, CircleCheck, CircleHelp, ExternalLink } from "lucide-react";
import type { DoctorCheck } from "../../../../ipc";
import { Button, CopyValue } from "../../../../kit";
import styles from "./Doctor.module.css";

/** A check that failed or could not be made: what, why it matters, and the mend with its way through Setup. */
export function OpenCheck({
  check,
  offReason,
  checking,
  onOpen,
  onCheck,
}: {
  check: DoctorCheck;
  /** Why the operator may not open it or check again. */
  offReason: string | undefined;
  checking: boolean;
  onOpen: () => void;
  onCheck: () => void;
}) {
  const failed = check.state === "failed";
  return (
    <li className={styles.open} data-check={check.name}>
      <span className={failed ? styles.failed : styles.unknown}>
        {failed ? (
          <CircleAlert size={16} strokeWidth={1.75} aria-label="Failed" />
        ) : (
          <CircleHelp size={16} strokeWidth={1.75} aria-label="Unknown" />
        )}
      </span>
      <div className={styles.words}>
        <h4>{check.title}</h4>
        <p className={styles.why}>
          {check.found && <span className={styles.found}>{check.found} </span>}
          {check.why}
        </p>
        {(check.mend || check.setup_path.length > 0) && (
          <p className={styles.fix}>
            <strong>Fix:</strong> {check.mend}
          </p>
        )}
        {check.setup_path.length > 0 && (
          <CopyValue prose value={check.setup_path.join(" › ")} what="the way through Setup" />
        )}
      </div>
      <div className={styles.act}>
        {check.has_setup_page && (
          <Button
            size="bar"
            offReason={offReason}
            reasonPlace="elsewhere"
            aria-label={`Open in Salesforce: ${check.title}`}
            onClick={onOpen}
          >
            Open in Salesforce <ExternalLink size={12} strokeWidth={1.75} aria-hidden />
          </Button>
        )}
        {!failed && (
          <Button
            size="bar"
            offReason={offReason}
            reasonPlace="elsewhere"
            busy={checking && "Checking…"}
            aria-label={`Check again: ${check.title}`}
            onClick={onCheck}
          >
            Check again
          </Button>
        )}
      </div>
    </li>
  );
}

/** The checks that passed, two a line. */
export function PassedChecks({ checks }: { checks: DoctorCheck[] }) {
  return (
    <ul className={styles.passed}>
      {checks.map((check) => (
        <li key={check.name} title={check.why} data-check={check.name}>
          <CircleCheck size={14} strokeWidth={1.75} aria-label="Passed" />
          <span>
            {check.title}
            <span className={styles.second}>{check.found}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
