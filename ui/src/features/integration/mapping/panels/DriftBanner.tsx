import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { counted } from "../../../../format";
import { FaultBanner } from "../../../../frame";
import { call, toFault, type Drift, type Fault } from "../../../../ipc";
import { Banner, TextButton, useToast } from "../../../../kit";
import { setTarget } from "../draft";
import { isMended, placeOfDrift } from "../drift";
import type { MappingDraft } from "../useMappingDraft";
import styles from "./DriftBanner.module.css";
import { useRefresh } from "./useRefresh";

const most_shown = 3;

function summary(drift: Drift[], version: number): string {
  const stopping = drift.filter((one) => one.stops_exports).length;
  const changed = `${counted(drift.length, "thing", "things")} in the org changed since version ${version} was saved`;
  if (stopping === 0) return `${changed}. Exports go on.`;
  if (stopping < drift.length) return `${changed}; ${counted(stopping, "of them stops", "of them stop")} exports.`;
  return `${changed}. ${drift.length === 1 ? "It stops" : "They stop"} exports until mended.`;
}

/** What the org no longer has as the saved mapping knew it; there only when something is. */
export function DriftBanner({ draft }: { draft: MappingDraft }) {
  const client = useQueryClient();
  const toast = useToast();
  const checking = useRefresh(draft);
  const [all, setAll] = useState(false);
  const [noting, setNoting] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const { saved, object } = draft;
  const drift = saved?.drift ?? [];
  if (!saved || drift.length === 0) return null;
  const ordered = [...drift].sort((a, b) => Number(b.stops_exports) - Number(a.stops_exports));
  const may_note = saved.may_edit && drift.some((one) => !one.stops_exports);
  const note = async () => {
    setNoting(true);
    setFault(null);
    try {
      // The same rows again make no version, but what the org has now is what they are compared with from here on.
      const answer = await call("mapping.save", {
        object,
        rows: saved.rows,
        note: "",
        based_on_version: saved.version,
      });
      if (answer.saved) {
        draft.adopt(answer.saved);
        toast({ text: "The org’s changes are marked as seen." });
      } else {
        setFault({ code: "invalid", sentence: answer.sentence, detail: null, field: null });
        await client.invalidateQueries({ queryKey: ["mapping.show"] });
      }
    } catch (reason) {
      setFault(toFault(reason));
    }
    setNoting(false);
  };
  const wrong = fault ?? checking.fault;
  return (
    <section className={styles.drift} aria-label="Changes in the org">
      <Banner
        tone={drift.some((one) => one.stops_exports) ? "danger" : "warning"}
        action={
          <span className={styles.actions}>
            {may_note && (
              <TextButton aria-disabled={noting || undefined} onClick={() => !noting && void note()}>
                Mark as seen
              </TextButton>
            )}
            <TextButton
              aria-disabled={checking.busy || undefined}
              onClick={() => !checking.busy && checking.refresh()}
            >
              {checking.busy ? "Checking…" : "Check again"}
            </TextButton>
          </span>
        }
      >
        <strong>{summary(drift, saved.version)}</strong>
        <ul className={styles.items}>
          {(all ? ordered : ordered.slice(0, most_shown)).map((one) => (
            <Item key={`${one.row} ${one.sentence}`} draft={draft} drift={one} />
          ))}
        </ul>
        {ordered.length > most_shown && (
          <TextButton className={styles.more} aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? "Show fewer" : `Show all ${ordered.length}`}
          </TextButton>
        )}
      </Banner>
      {wrong && <FaultBanner fault={wrong} />}
    </section>
  );
}

function Item({ draft, drift }: { draft: MappingDraft; drift: Drift }) {
  const place = placeOfDrift(draft, drift);
  const key = draft.rows[place]?.key;
  const goal = drift.renamed_to;
  const label = draft.fields?.targets.find((one) => one.name === goal)?.label ?? goal;
  if (isMended(draft, drift)) {
    return <li>{drift.sentence} Mended in the unsaved changes.</li>;
  }
  return (
    <li>
      {key === undefined ? (
        drift.sentence
      ) : (
        <TextButton className={styles.item} onClick={() => draft.showRow(place + 1)}>
          <strong>Row {place + 1}</strong> <span>{drift.sentence}</span>
        </TextButton>
      )}
      {goal !== null && key !== undefined && draft.saved?.may_edit && (
        <>
          {" "}
          <TextButton
            className={styles.mend}
            onClick={() => draft.edit(`Change to ${label}`, (rows) => setTarget(rows, key, goal))}
          >
            Use {label}
          </TextButton>
        </>
      )}
    </li>
  );
}
