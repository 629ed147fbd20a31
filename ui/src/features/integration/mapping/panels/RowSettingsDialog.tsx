import { useMemo, useState } from "react";
import { counted } from "../../../../format";
import {
  Banner,
  Button,
  Checkbox,
  Combobox,
  Dialog,
  FactList,
  RadioCards,
  Select,
} from "../../../../kit";
import { spanOf, type DraftRow } from "../draft";
import { namesOf, rowName, sourceWords, targetName } from "../table/lines";
import type { MappingDraft } from "../useMappingDraft";
import { BlockChoice } from "./BlockChoice";
import { useClosing } from "./useClosing";
import { LookupChoice } from "./LookupChoice";
import {
  applySettings,
  date_choices,
  fitting,
  overflow_choices,
  phone_choices,
  sameSettings,
  settingsOf,
  unit_words,
  unitOfSource,
  update_choices,
  type Settings,
} from "./rowSettings";
import styles from "./RowSettings.module.css";

/** How one row is written: only what its source and target take. Nothing is changed in the draft before Apply. */
export function RowSettingsDialog({
  draft,
  rowKey,
  onClose,
}: {
  draft: MappingDraft;
  rowKey: number;
  onClose: () => void;
}) {
  const index = draft.rows.findIndex((one) => one.key === rowKey);
  const one = draft.rows[index];
  return one ? <Editor draft={draft} one={one} index={index} onClose={onClose} /> : null;
}

function Editor({
  draft,
  one: { row, key },
  index,
  onClose,
}: {
  draft: MappingDraft;
  one: DraftRow;
  index: number;
  onClose: () => void;
}) {
  const { rows, fields, saved } = draft;
  const names = useMemo(() => namesOf(fields), [fields]);
  const before = settingsOf(row);
  const [now, setNow] = useState<Settings>(before);
  const [tried, setTried] = useState(false);
  const set = (change: Partial<Settings>) => setNow((old) => ({ ...old, ...change }));

  const target = names.targets.get(row.target);
  const label = targetName(row, names);
  const source = sourceWords(row, names, undefined).first;
  const unit = unitOfSource(row, fields);
  const fits = fitting(row, target, unit, source);
  const span = spanOf(rows, index);
  const peers = span.end - span.start;
  const is_first = index === span.start;

  // A tick that has no effect goes with the choice that it belonged to, and comes back with it.
  const keeps_tick = now.on_update === "overwrite" || now.on_update === before.on_update;
  const after: Settings = {
    ...now,
    clear_when_blank: now.clear_when_blank && keeps_tick,
    block: now.block?.trim() || null,
  };
  const changed = !sameSettings(after, before);
  const no_clearing = !is_first
    ? `Row ${span.start + 1}, the first for ${label}, decides.`
    : now.on_update !== "overwrite"
      ? "Only with “Overwrite”: otherwise a value that the record has stays."
      : null;
  const lookup_error =
    tried && after.lookup?.field === ""
      ? "No field. Choose one, or have the record found by its id."
      : null;
  const { close, question } = useClosing(
    changed,
    `The settings of row ${index + 1} go back to how they were.`,
    onClose,
  );
  const apply = () => {
    setTried(true);
    if (after.lookup?.field === "") return;
    if (changed) {
      draft.edit(`Settings of ${rowName(row, names)}`, (all) => applySettings(all, key, before, after));
    }
    onClose();
  };
  const title = `Settings of row ${index + 1}${source ? `: ${source}` : ""}`;
  const subtitle = row.target
    ? `Written to ${label} (${row.target}${target ? `, ${target.type_label}` : ""}).`
    : "No Salesforce field is chosen yet.";
  if (saved?.may_edit === false) {
    return (
      <Dialog
        title={title}
        subtitle={subtitle}
        onClose={onClose}
        buttons={
          <Button autoFocus onClick={onClose}>
            Close
          </Button>
        }
      >
        <Banner tone="info">{saved.may_edit_sentence}</Banner>
        <FactList facts={settingFacts({ settings: before, fits, unit })} />
      </Dialog>
    );
  }

  const blocks = new Map<string, number>();
  for (const other of rows) {
    const { block } = other.row;
    if (block !== null && other.key !== key) blocks.set(block, (blocks.get(block) ?? 0) + 1);
  }
  return (
    <>
      <Dialog
        title={title}
        subtitle={subtitle}
        width="wide"
        onClose={close}
        buttons={
          <>
            <Button onClick={close}>Cancel</Button>
            <Button look="primary" onClick={apply}>
              Apply
            </Button>
          </>
        }
      >
        <div className={styles.settings}>
          {row.target !== "" && !target && (
            <Banner tone="info">
              {fields?.described_at
                ? `The org has no field ${row.target} that the connected user may see, so only what every type has is shown.`
                : "Types are unknown until an org is connected, so only what every type has is shown."}
            </Banner>
          )}
          <div className={styles.setting}>
            <RadioCards
              label="On update"
              value={now.on_update}
              choices={[...update_choices]}
              onChange={(on_update) => set({ on_update })}
            />
            {peers > 1 && (
              <p className={styles.hint}>{`For all ${counted(peers, "row", "rows")} of ${label}.`}</p>
            )}
            {target?.updateable === false && now.on_update !== "never" && (
              <p className={styles.hint}>{`${label} can be written in new records only: choose “Never”.`}</p>
            )}
            <Checkbox
              selected={after.clear_when_blank}
              offReason={after.clear_when_blank ? null : no_clearing}
              onChange={(clear_when_blank) => set({ clear_when_blank })}
            >
              Clear the field when the source is blank
            </Checkbox>
            {after.clear_when_blank && no_clearing && <p className={styles.hint}>{no_clearing}</p>}
          </div>
          {fits.overflow && (
            <RadioCards
              label="Text that is too long"
              value={now.overflow}
              choices={[...overflow_choices]}
              onChange={(overflow) => set({ overflow })}
            />
          )}
          {fits.units.length > 0 && (
            <div className={styles.half}>
              <Select
                label="Unit of the source"
                value={now.source_unit ?? "own"}
                options={[
                  { key: "own", text: ownUnit(unit) },
                  ...[...new Set([...fits.units, ...(row.source_unit ? [row.source_unit] : [])])].map((key) => ({
                    key,
                    text: unit_words[key],
                  })),
                ]}
                onChange={(choice) => set({ source_unit: choice === "own" ? null : choice })}
              />
            </div>
          )}
          {fits.phone_format && (
            <RadioCards
              label="Phone format"
              value={now.phone_format}
              choices={[...phone_choices]}
              onChange={(phone_format) => set({ phone_format })}
            />
          )}
          {fits.date_order && (
            <RadioCards
              label="Order of dates"
              value={now.date_order}
              choices={[...date_choices]}
              onChange={(date_order) => set({ date_order })}
            />
          )}
          {fits.time_zone && (
            <ZoneChoice
              value={now.time_zone}
              zones={fields?.time_zones ?? []}
              onChange={(time_zone) => set({ time_zone })}
            />
          )}
          {(fits.lookup.length > 0 || (now.lookup !== null && target?.kind === "reference")) && (
            <LookupChoice
              objects={fits.lookup}
              value={now.lookup}
              error={lookup_error}
              onChange={(lookup) => set({ lookup })}
            />
          )}
          <BlockChoice
            value={now.block}
            blocks={blocks}
            moves={after.block !== null && after.block !== before.block && blocks.has(after.block)}
            onChange={(block) => set({ block })}
          />
        </div>
      </Dialog>
      {question}
    </>
  );
}

function ZoneChoice({
  value,
  zones,
  onChange,
}: {
  value: string | null;
  zones: string[];
  onChange: (zone: string | null) => void;
}) {
  return (
    <div className={styles.named}>
      <span className={styles.label} aria-hidden>
        Time zone of moments that name none
      </span>
      <Combobox
        label={`Time zone: ${value ?? "UTC"}`}
        groups={() => [
          {
            label: "Time zones",
            options: [
              { key: "", label: "UTC", note: "Unless another is chosen" },
              ...zones
                .filter((zone) => zone !== "UTC" || value === "UTC")
                .map((zone) => ({ key: zone, label: zone.replaceAll("_", " "), code: zone })),
            ],
          },
        ]}
        value={value ?? ""}
        noun="zones"
        placeholder="Choose a time zone"
        onChoose={(zone) => onChange(zone || null)}
      >
        {value ?? "UTC"}
      </Combobox>
    </div>
  );
}

const ownUnit = (unit: string | null) => (unit ? `As the ZoomInfo field: ${unit}` : "As it is");

const choiceTitle = (choices: readonly { key: string; title: string }[], key: string) =>
  choices.find((choice) => choice.key === key)?.title ?? key;

/** The settings in words, for who only looks. */
function settingFacts({
  settings,
  fits,
  unit,
}: {
  settings: Settings;
  fits: ReturnType<typeof fitting>;
  unit: string | null;
}) {
  const { lookup } = settings;
  return [
    { label: "On update", value: choiceTitle(update_choices, settings.on_update) },
    { label: "Clear when blank", value: settings.clear_when_blank ? "Yes" : "No" },
    ...(fits.overflow ? [{ label: "Too long", value: choiceTitle(overflow_choices, settings.overflow) }] : []),
    ...(fits.units.length > 0
      ? [{ label: "Unit", value: settings.source_unit ? unit_words[settings.source_unit] : ownUnit(unit) }]
      : []),
    ...(fits.phone_format
      ? [{ label: "Phone format", value: choiceTitle(phone_choices, settings.phone_format) }]
      : []),
    ...(fits.date_order
      ? [{ label: "Date order", value: choiceTitle(date_choices, settings.date_order) }]
      : []),
    ...(fits.time_zone ? [{ label: "Time zone", value: settings.time_zone ?? "UTC" }] : []),
    ...(fits.lookup.length > 0
      ? [{ label: "Look up by", value: lookup ? <code>{`${lookup.object}.${lookup.field}`}</code> : "Record id" }]
      : []),
    { label: "Block", value: settings.block ?? "None" },
  ];
}
