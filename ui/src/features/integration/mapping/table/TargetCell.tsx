import { useId } from "react";
import { Combobox, FieldError, TwoLines } from "../../../../kit";
import { setTarget } from "../draft";
import type { MappingDraft } from "../useMappingDraft";
import { problemAt, targetName, type Names, type RowLine } from "./lines";
import { targetGroups } from "./options";
import { typeIcon } from "./targetTypes";
import styles from "./Table.module.css";

/** A field of the org: type, label, API name, type in words. */
export function TargetWords({
  kind,
  label,
  name,
  type,
  required,
  quiet = false,
}: {
  kind: string | null;
  label: string;
  name: string;
  type: string;
  required: boolean;
  quiet?: boolean;
}) {
  return (
    <span className={styles.target}>
      <span className={quiet ? styles.tileQuiet : styles.tile} aria-hidden>
        {typeIcon(kind)}
      </span>
      <TwoLines
        first={
          <span title={label}>
            {required && (
              <span className={styles.star} title="Salesforce requires it">
                *{" "}
              </span>
            )}
            {label}
          </span>
        }
        second={
          <span title={type ? `${name} · ${type}` : name}>
            <code>{name}</code>
            {type && ` · ${type}`}
          </span>
        }
      />
    </span>
  );
}

/** Which field a row is written to. */
export function TargetCell({
  line,
  draft,
  names,
  locked,
}: {
  line: RowLine;
  draft: () => MappingDraft;
  names: Names;
  locked: string | undefined;
}) {
  const { row, key, number, view } = line;
  const errorId = useId();
  const problem = problemAt(line, "target");
  const field = names.targets.get(row.target);
  const known = view?.target_name === row.target ? view : undefined;
  const label = targetName(row, names);
  return (
    <div className={styles.control} data-part="target">
      <Combobox
        label={`Salesforce field of row ${number}: ${label || "none"}`}
        groups={() => targetGroups(draft().fields, draft().rows, key)}
        value={row.target || null}
        noun="fields"
        placeholder="Choose a Salesforce field"
        inTable
        invalid={Boolean(problem) || line.problems.some((one) => one.code === "row_blank")}
        describedBy={problem ? errorId : undefined}
        off={locked}
        hint={row.target ? `${label} · ${row.target}` : undefined}
        onChoose={(name) =>
          draft().edit(`Map to ${names.targets.get(name)?.label ?? name}`, (rows) =>
            setTarget(rows, key, name),
          )
        }
      >
        {row.target && (
          <TargetWords
            kind={field?.kind ?? known?.target_kind ?? null}
            label={field?.label ?? (known?.target_label || row.target)}
            name={row.target}
            type={field?.type_label ?? known?.target_type ?? ""}
            required={field?.required ?? known?.required ?? false}
          />
        )}
      </Combobox>
      {problem && <FieldError id={errorId}>{problem.sentence}</FieldError>}
    </div>
  );
}
