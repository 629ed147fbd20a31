import { moment } from "../../format";
import type { AuditEntry } from "../../ipc";
import { ButtonLink, Dialog, FactList } from "../../kit";
import styles from "./Audit.module.css";
import { area_words } from "./words";

/** Everything about one entry, what was before beside what is after. */
export function EntryDialog({ entry, onClose }: { entry: AuditEntry; onClose: () => void }) {
  const changed = entry.before !== null || entry.after !== null;
  return (
    <Dialog
      title={entry.sentence}
      subtitle={`Entry ${entry.entry}`}
      width={changed ? "wide" : "regular"}
      readOnly
      onClose={onClose}
    >
      <FactList
        facts={[
          {
            label: "Who",
            value: (
              <>
                {entry.person} <span className={styles.beside}>{entry.standing}</span>
              </>
            ),
          },
          { label: "When", value: moment(entry.at) },
          { label: "Org", value: entry.org_name ?? "None was connected" },
          {
            label: "Area",
            value: (
              <>
                {area_words[entry.area]} <code className={styles.beside}>{entry.action}</code>
              </>
            ),
          },
        ]}
      />
      {changed && (
        <div className={styles.sides}>
          <Side title="Before" text={entry.before} />
          <Side title="After" text={entry.after} />
        </div>
      )}
      {entry.run !== null && (
        <div>
          <ButtonLink size="bar" href={`#/runs/${entry.run}`}>
            Open run {entry.run}
          </ButtonLink>
        </div>
      )}
    </Dialog>
  );
}

function Side({ title, text }: { title: string; text: string | null }) {
  return (
    <section className={styles.side} aria-label={title}>
      <h3>{title}</h3>
      {text === null ? <p className={styles.beside}>Nothing</p> : <pre>{text}</pre>}
    </section>
  );
}
