import { RefreshCw } from "lucide-react";
import { counted, momentWithin } from "../../../../format";
import { FaultBanner, FaultState, Refusals, useRight } from "../../../../frame";
import type { CheckState, DoctorReport } from "../../../../ipc";
import { Banner, Button, Card, CopyButton, EmptyState, Pill, Progress, Skeleton } from "../../../../kit";
import { OpenCheck, PassedChecks } from "./CheckLines";
import styles from "./Doctor.module.css";
import { useDoctor } from "./useDoctor";

const of = (report: DoctorReport, state: CheckState) =>
  report.checks.filter((check) => check.state === state);

/** What keeps exports from working, what could not be found out, and what is as it should be. */
export function DoctorCard() {
  const doctor = useDoctor();
  const right = useRight("run_doctor");
  const running = doctor.doing === "run";
  const report = doctor.report.data;
  const again = (look: "neutral" | "primary", words: string) => (
    <Button
      look={look}
      size={look === "neutral" ? "bar" : "regular"}
      icon={<RefreshCw size={14} strokeWidth={1.75} aria-hidden />}
      busy={running && "Checking…"}
      offReason={right.refusal}
      reasonPlace="elsewhere"
      onClick={doctor.run}
    >
      {words}
    </Button>
  );
  return (
    <Card
      title="Connection doctor"
      bare
      ruled
      note={report && `Checked ${momentWithin(report.checked_at)}`}
      actions={report && again("neutral", "Check again")}
      below={report && <Counts report={report} />}
    >
      {doctor.fault && (
        <div className={styles.note}>
          <FaultBanner fault={doctor.fault} />
        </div>
      )}
      {running && (
        <div className={styles.note} role="status">
          <Progress label="Checking the connection" />
          <p className={styles.when}>
            The org is asked about its edition, its API, and what the service account may read and write.
          </p>
        </div>
      )}
      {report && !report.is_current && !running && (
        <div className={styles.note}>
          <Banner tone="warning">
            The org, the user or the mappings have changed since this report. Check again to know how things
            stand.
          </Banner>
        </div>
      )}
      {right.refusal !== undefined && (
        <div className={styles.note}>
          <Refusals of={[right]} />
        </div>
      )}
      {doctor.report.isPending && <Skeleton label="Reading the last report" lines={6} />}
      {doctor.report.isError && (
        <FaultState
          title="The doctor’s report could not be read"
          fault={doctor.report.error}
          onRetry={() => void doctor.report.refetch()}
        />
      )}
      {report === null && !running && (
        <EmptyState
          title="Not checked yet"
          text="The doctor reads the org’s edition and API, and what the service account may read and write, field by field. It changes nothing."
          actions={again("primary", "Check the connection")}
        />
      )}
      {report && <Report report={report} doctor={doctor} offReason={right.refusal} />}
    </Card>
  );
}

function Counts({ report }: { report: DoctorReport }) {
  const [failed, unknown, passed] = (["failed", "unknown", "passed"] as const).map(
    (state) => of(report, state).length,
  );
  return (
    <>
      {failed ? <Pill tone="danger">{counted(failed, "failed", "failed")}</Pill> : null}
      {unknown ? <Pill tone="neutral">{counted(unknown, "unknown", "unknown")}</Pill> : null}
      {passed ? <Pill tone="success">{counted(passed, "passed", "passed")}</Pill> : null}
    </>
  );
}

function Report({
  report,
  doctor,
  offReason,
}: {
  report: DoctorReport;
  doctor: ReturnType<typeof useDoctor>;
  offReason: string | undefined;
}) {
  const failed = of(report, "failed");
  const unknown = of(report, "unknown");
  const passed = of(report, "passed");
  const line = (check: (typeof failed)[number]) => (
    <OpenCheck
      key={check.name}
      check={check}
      offReason={offReason}
      checking={doctor.doing === "run"}
      onOpen={() => doctor.openSetup(check.name)}
      onCheck={doctor.run}
    />
  );
  return (
    <div data-stale={report.is_current ? undefined : ""}>
      {failed.length > 0 && (
        <section aria-label="To fix">
          <h3 className={styles.section}>To fix</h3>
          <ul>{failed.map(line)}</ul>
        </section>
      )}
      {unknown.length > 0 && (
        <section aria-label="Could not be checked">
          <h3 className={styles.section}>Could not be checked</h3>
          <ul>{unknown.map(line)}</ul>
        </section>
      )}
      {passed.length > 0 && (
        <section aria-label="Passed">
          <h3 className={styles.section}>Passed</h3>
          <PassedChecks checks={passed} />
        </section>
      )}
      <div className={styles.foot}>
        <span>
          {failed.length + unknown.length === 0
            ? "Everything is as it should be."
            : "Each check names the Setup page that fixes it."}
        </span>
        <div className={styles.deeds}>
          <Button
            look="quiet"
            size="bar"
            busy={doctor.doing === "save" && "Saving…"}
            offReason={offReason}
            reasonPlace="elsewhere"
            onClick={doctor.savePermissionSet}
          >
            Save a permission set
          </Button>
          <CopyButton text={report.text}>Copy report for your Salesforce admin</CopyButton>
        </div>
      </div>
    </div>
  );
}
