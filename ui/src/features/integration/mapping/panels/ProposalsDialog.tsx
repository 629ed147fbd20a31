import { useQuery } from "@tanstack/react-query";
import { ArrowRight, CircleCheck, CircleDot, CircleHelp } from "lucide-react";
import { createElement, useState } from "react";
import { counted } from "../../../../format";
import { FaultState } from "../../../../frame";
import { query, type Confidence, type Fault, type Proposal, type Proposals } from "../../../../ipc";
import { Button, Checkbox, Dialog, EmptyState, Skeleton, useToast } from "../../../../kit";
import { target_words } from "../../../words";
import { blank_row, draftRow, same } from "../draft";
import { typeIcon } from "../table/targetTypes";
import type { MappingDraft } from "../useMappingDraft";
import styles from "./Proposals.module.css";

const kinds: { confidence: Confidence; title: string; text: string; icon: typeof CircleCheck }[] = [
  { confidence: "sure", title: "Sure", text: "The names are the same.", icon: CircleCheck },
  { confidence: "likely", title: "Likely", text: "The names mean the same.", icon: CircleDot },
  { confidence: "possible", title: "Possible", text: "The names resemble each other.", icon: CircleHelp },
];

const keyOf = (proposal: Proposal) => `${JSON.stringify(proposal.source)} ${proposal.target}`;

/** Rows that names suggest, with how sure each is. Nothing is added that is not ticked here. */
export function ProposalsDialog({ draft, onClose }: { draft: MappingDraft; onClose: () => void }) {
  const toast = useToast();
  const { object } = draft;
  // What was mapped when this was opened: an answer must not change under somebody's ticks.
  const [rows] = useState(() => draft.rows.map((one) => one.row));
  const answer = useQuery<Proposals, Fault>({
    ...query("mapping.match", { object, rows }),
    refetchOnWindowFocus: false,
  });
  const [ticked, setTicked] = useState<Record<string, boolean>>({});
  const proposals = answer.data?.proposals ?? [];
  const isTicked = (one: Proposal) => ticked[keyOf(one)] ?? one.confidence === "sure";
  const chosen = proposals.filter(isTicked);
  const read_only = draft.saved?.may_edit === false;
  const tick = (some: Proposal[], on: boolean) =>
    setTicked((now) => ({ ...now, ...Object.fromEntries(some.map((one) => [keyOf(one), on])) }));

  const add = () => {
    const words = counted(chosen.length, "row", "rows");
    const label = `Add ${words} by name`;
    const added = chosen.map(({ source, target }) => draftRow({ ...blank_row, source, target }));
    const keys = new Set(added.map((one) => one.key));
    draft.edit(label, (now) => [...now, ...added]);
    toast({
      text: `${words} added.`,
      action: {
        text: "Undo",
        act: () =>
          draft.edit(`Undo adding ${words}`, (now) => now.filter((one) => !keys.has(one.key))),
      },
    });
    onClose();
  };

  return (
    <Dialog
      title="Match automatically"
      subtitle={
        read_only
          ? draft.saved?.may_edit_sentence
          : `Rows that names suggest for ${target_words[object].many.toLowerCase()}. Only fields that no row is mapped to are proposed.`
      }
      width="wide"
      onClose={onClose}
      note={proposals.length > 0 ? `${chosen.length} of ${counted(proposals.length, "row", "rows")} chosen` : undefined}
      buttons={
        read_only || (answer.isSuccess && proposals.length === 0) ? (
          <Button autoFocus onClick={onClose}>
            Close
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button
              look="primary"
              offReason={
                answer.isSuccess ? (chosen.length === 0 ? "Choose a row first." : null) : "There is nothing to add yet."
              }
              reasonPlace="elsewhere"
              onClick={add}
            >
              {chosen.length === 0 ? "Add rows" : `Add ${counted(chosen.length, "row", "rows")}`}
            </Button>
          </>
        )
      }
    >
      {answer.isPending ? (
        <Skeleton label="Comparing the names of fields" lines={6} />
      ) : answer.isError ? (
        <FaultState
          title="Nothing could be proposed"
          fault={answer.error}
          onRetry={() => void answer.refetch()}
        />
      ) : proposals.length === 0 ? (
        <EmptyState
          title="Nothing to propose"
          text="No field that is still free has a name like one that is not mapped yet. Other rows can be added one by one with “Add field”."
        />
      ) : (
        kinds.map(({ confidence, title, text, icon }) => {
          const some = proposals.filter((one) => one.confidence === confidence);
          const on = some.filter(isTicked).length;
          return some.length === 0 ? null : (
            <section key={confidence} className={styles.group} data-confidence={confidence} aria-label={title}>
              <h3 className={styles.head}>
                {!read_only && (
                  <Checkbox
                    label={`Choose all that are ${title.toLowerCase()}`}
                    selected={on === some.length}
                    indeterminate={on > 0 && on < some.length}
                    onChange={() => tick(some, on < some.length)}
                  />
                )}
                {createElement(icon, { size: 16, strokeWidth: 1.75, "aria-hidden": true })}
                {title} <span>{text}</span>
              </h3>
              <ul className={styles.list}>
                {some.map((one) => (
                  <Line
                    key={keyOf(one)}
                    draft={draft}
                    proposal={one}
                    ticked={isTicked(one)}
                    onTick={read_only ? undefined : (next) => tick([one], next)}
                  />
                ))}
              </ul>
            </section>
          );
        })
      )}
    </Dialog>
  );
}

function Line({
  draft,
  proposal,
  ticked,
  onTick,
}: {
  draft: MappingDraft;
  proposal: Proposal;
  ticked: boolean;
  onTick: ((ticked: boolean) => void) | undefined;
}) {
  const { source, source_label, target, target_label, target_type, reason } = proposal;
  const kind = draft.fields?.targets.find((field) => field.name === target)?.kind ?? null;
  // Where the value comes from a field, its own name tells it apart from others with a like label.
  const source_code = source.kind === "field" ? source.field : "";
  const shown_before = draft.rows.some((one) => same(one.row.source, source));
  return (
    <li data-ticked={ticked || undefined}>
      {onTick && (
        <Checkbox label={`Add ${source_label} to ${target_label}`} selected={ticked} onChange={onTick} />
      )}
      <div className={styles.side}>
        <p>{source_label}</p>
        <p className={styles.second}>
          <code>{source_code}</code>
          {shown_before && " · mapped to another field too"}
        </p>
      </div>
      <ArrowRight size={16} strokeWidth={1.75} aria-label="to" className={styles.arrow} />
      <div className={styles.side}>
        <p>
          {typeIcon(kind)} {target_label}
        </p>
        <p className={styles.second}>
          <code>{target}</code> · {target_type}
        </p>
      </div>
      <p className={styles.reason}>{reason}</p>
    </li>
  );
}
