import { useRef, useState, type KeyboardEvent } from "react";
import { count, counted, moment } from "../../../../format";
import type { MappingVersion } from "../../../../ipc";
import { Button, Checkbox, Pill, TextButton } from "../../../../kit";
import styles from "./History.module.css";

/** Stands for the rows as they are edited: later than every version. */
export const unsaved_side = Number.MAX_SAFE_INTEGER;

export const sideWords = (side: number): string =>
  side === unsaved_side ? "Unsaved changes" : `Version ${side}`;

const most_drawn = 50;

/** The versions, newest first; two of them can be chosen. Arrows go from one to the next. */
export function VersionList({
  versions,
  unsaved,
  chosen,
  onChoose,
  restoring,
  onRestore,
}: {
  versions: MappingVersion[];
  /** What is not saved yet, in words; `null` when nothing is. */
  unsaved: string[] | null;
  chosen: number[];
  onChoose: (side: number) => void;
  restoring: number | null;
  onRestore?: ((version: number) => void) | undefined;
}) {
  const list = useRef<HTMLUListElement>(null);
  const [all, setAll] = useState(false);
  const newest = versions[0]?.version;
  const onKeyDown = (event: KeyboardEvent) => {
    const boxes = [...(list.current?.querySelectorAll<HTMLInputElement>("input") ?? [])];
    const here = boxes.findIndex((box) => box.closest("li")?.contains(event.target as Node));
    const goals: Record<string, number> = {
      ArrowDown: here + 1,
      ArrowUp: here - 1,
      Home: 0,
      End: boxes.length - 1,
    };
    const goal = goals[event.key];
    if (goal === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    boxes[goal]?.focus();
  };
  return (
    <>
      {/* The arrows only move between controls that can be reached by Tab as well. */}
      <ul ref={list} className={styles.versions} aria-label="Versions" onKeyDown={onKeyDown}>
        {unsaved && (
          <li data-chosen={chosen.includes(unsaved_side) || undefined}>
            <Checkbox
              label="Choose the unsaved changes to compare"
              selected={chosen.includes(unsaved_side)}
              onChange={() => onChoose(unsaved_side)}
            />
            <div className={styles.words}>
              <p className={styles.headline}>
                <strong>Unsaved changes</strong>
              </p>
              <p className={styles.changes}>{unsaved.join(", ")}</p>
            </div>
          </li>
        )}
        {(all ? versions : versions.slice(0, most_drawn)).map((version, index) => (
          <li key={version.version} data-chosen={chosen.includes(version.version) || undefined}>
            <Checkbox
              label={`Choose version ${version.version} to compare`}
              selected={chosen.includes(version.version)}
              onChange={() => onChoose(version.version)}
            />
            <div className={styles.words}>
              <p className={styles.headline}>
                <strong>Version {version.version}</strong>
                {version.version === newest && <Pill tone="accent">Current</Pill>}
                <Pill tone={version.tested ? "success" : "neutral"}>
                  {version.tested ? "Tested" : "Not tested"}
                </Pill>
                <span className={styles.when}>
                  {moment(version.saved_at)}, {version.saved_by || "nobody named"}
                </span>
              </p>
              {version.note && <p className={styles.note}>{version.note}</p>}
              <p className={styles.changes}>
                {version.changes.length > 0
                  ? version.changes.join(", ")
                  : index === versions.length - 1
                    ? "The first version"
                    : "The same rows as before"}
                {` · ${counted(version.rows, "row", "rows")}`}
              </p>
            </div>
            {onRestore && version.version !== newest && (
              <Button
                size="small"
                aria-label={`Restore version ${version.version}`}
                busy={restoring === version.version && "Restoring…"}
                onClick={() => restoring === null && onRestore(version.version)}
              >
                Restore
              </Button>
            )}
          </li>
        ))}
      </ul>
      {!all && versions.length > most_drawn && (
        <TextButton onClick={() => setAll(true)}>Show all {count(versions.length)} versions</TextButton>
      )}
    </>
  );
}
