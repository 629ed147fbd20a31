import { Braces, ChevronDown } from "lucide-react";
import { useEffect, useId, useRef } from "react";
import { Combobox, FieldError, TwoLines } from "../../../../kit";
import { setSource } from "../draft";
import type { MappingDraft } from "../useMappingDraft";
import { problemAt, rowName, sourceWords, type Names, type RowLine } from "./lines";
import { sourceGroups, sourceKey, sourceOf, templateGroups } from "./options";
import styles from "./Table.module.css";

/** Where a row's value comes from: chosen from a list, or a text that is written here. */
export function SourceCell({
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
  const { row, key, number } = line;
  const { source } = row;
  const errorId = useId();
  const text_field = useRef<HTMLInputElement>(null);
  const to_text = useRef(false);
  const problem = problemAt(line, "source");
  const { first, second } = sourceWords(row, names, line.view);
  const target = names.targets.get(row.target);
  const picks = source.kind === "fixed" && (target?.picklist.length ?? 0) > 0 && pickable(source.value, target);
  const written = source.kind === "template" || (source.kind === "fixed" && !picks);
  useEffect(() => {
    if (!to_text.current || !written) return;
    to_text.current = false;
    text_field.current?.focus();
  }, [written]);

  const choose = (option: string, typed: string) => {
    const other = sourceOf(option, typed, source.kind === "field" && first ? `{${first}}` : "");
    to_text.current = option === "fixed" || option === "template";
    const name = sourceWords({ ...row, source: other }, names, undefined).first;
    draft().edit(name ? `Source ${name}` : "Other source", (rows) => setSource(rows, key, other));
  };
  const write = (text: string) => {
    const other =
      source.kind === "template"
        ? { kind: "template" as const, text }
        : { kind: "fixed" as const, value: text };
    draft().edit(
      `Text of ${rowName(row, names)}`,
      (rows) => setSource(rows, key, other),
      `source-${key}`,
    );
  };
  const insert = (text: string) => {
    const field = text_field.current;
    const from = field?.selectionStart ?? first.length;
    const before = source.kind === "template" ? source.text : "";
    write(before.slice(0, from) + text + before.slice(field?.selectionEnd ?? from));
    setTimeout(() => {
      text_field.current?.focus();
      text_field.current?.setSelectionRange(from + text.length, from + text.length);
    });
  };
  const groups = () => sourceGroups(draft().fields, draft().rows, key, target);
  const shared = {
    groups,
    noun: "sources",
    placeholder: "Choose a source",
    onChoose: choose,
    inTable: true,
    invalid: Boolean(problem),
    describedBy: problem ? errorId : undefined,
    off: locked,
  };
  const text = source.kind === "template" ? source.text : source.kind === "fixed" ? source.value : "";
  return (
    <div className={styles.control} data-part="source">
      {written ? (
        <div className={styles.textSource} data-invalid={problem ? "" : undefined}>
          <div className={styles.textWords} title={text}>
            <input
              ref={text_field}
              aria-label={`${second} of row ${number}`}
              aria-invalid={problem ? true : undefined}
              aria-describedby={problem ? errorId : undefined}
              placeholder={source.kind === "template" ? "{Job Title} at {Company Name}" : "Type the value"}
              autoComplete="off"
              spellCheck={false}
              readOnly={Boolean(locked)}
              value={text}
              onChange={(event) => write(event.target.value)}
            />
            <span className={styles.second}>{second}</span>
          </div>
          {source.kind === "template" && !locked && (
            <span className={styles.textButton}>
              <Combobox
                label={`Insert a field or function into row ${number}`}
                groups={() => templateGroups(draft().fields)}
                value={null}
                noun="entries"
                placeholder="Insert a field or function"
                onChoose={insert}
                inTable
                triggerClass={styles.smallTrigger}
              >
                <Braces size={14} strokeWidth={1.75} aria-hidden />
              </Combobox>
            </span>
          )}
          {!locked && (
            <span className={styles.textButton}>
              <Combobox
                {...shared}
                label={`Source of row ${number}: ${first || "none"}`}
                value={sourceKey(source)}
                triggerClass={styles.smallTrigger}
              >
                <ChevronDown size={14} strokeWidth={1.75} aria-hidden />
              </Combobox>
            </span>
          )}
        </div>
      ) : (
        <Combobox
          {...shared}
          label={`Source of row ${number}: ${first || "none"}`}
          value={sourceKey(source)}
          hint={first ? `${first} · ${second}` : undefined}
        >
          {first && <TwoLines first={first} second={second} />}
        </Combobox>
      )}
      {problem && <FieldError id={errorId}>{problem.sentence}</FieldError>}
    </div>
  );
}

/** A value that the picklist does not have is written as text, so that it can be mended or kept. */
const pickable = (value: string, target: { picklist: { value: string }[]; restricted: boolean } | undefined) =>
  target !== undefined && (target.restricted || target.picklist.some((entry) => entry.value === value));
