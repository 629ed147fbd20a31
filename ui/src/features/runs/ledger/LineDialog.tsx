import { useQuery } from "@tanstack/react-query";
import { ExternalLink, Pencil } from "lucide-react";
import { moment } from "../../../format";
import { FaultState } from "../../../frame";
import { query, type Difference, type Fault, type LedgerLine, type LineDetail } from "../../../ipc";
import {
  Banner,
  Button,
  Dialog,
  FactList,
  Pill,
  Skeleton,
  StaticTable,
  TwoLines,
  type Column,
} from "../../../kit";
import { grade_words, member_words, outcome_words, target_words } from "../../words";
import { kind_words, NewValue, OldValue } from "../plan/differenceColumns";
import styles from "./Ledger.module.css";
import { isAtFault } from "./ledgerColumns";

/** Before and after, field by field. */
const columns: Column<Difference>[] = [
  {
    key: "field",
    header: "Field",
    width: "28%",
    cell: (difference) => <TwoLines first={difference.label} second={<code>{difference.target}</code>} />,
  },
  { key: "before", header: "Before", width: "auto", cell: (one) => <OldValue difference={one} /> },
  { key: "after", header: "After", width: "auto", cell: (one) => <NewValue difference={one} /> },
  {
    key: "kind",
    header: "On update",
    width: "7rem",
    cell: ({ kind }) => <Pill tone={kind_words[kind].tone}>{kind_words[kind].text}</Pill>,
  },
];

/** Everything about one line: what decided, what was or will be written, and what the list has. */
export function LineDialog({
  run,
  line,
  onOpen,
  onEdit,
  onClose,
}: {
  run: number;
  line: LedgerLine;
  onOpen: (line: number) => void;
  onEdit?: (() => void) | undefined;
  onClose: () => void;
}) {
  const detail = useQuery<LineDetail, Fault>({
    ...query("runs.line", { run, line: line.line }),
    gcTime: 0,
  });
  return (
    <Dialog
      title={line.name || `Row ${line.line}`}
      subtitle={`${target_words[line.object].one}, row ${line.line} of run ${run}${line.company ? `, ${line.company}` : ""}`}
      width="wide"
      readOnly
      onClose={onClose}
      buttons={
        <>
          {onEdit && (
            <Button icon={<Pencil size={14} strokeWidth={1.75} aria-hidden />} onClick={onEdit}>
              Edit and retry
            </Button>
          )}
          {line.salesforce_id !== null && (
            <Button
              icon={<ExternalLink size={14} strokeWidth={1.75} aria-hidden />}
              onClick={() => onOpen(line.line)}
            >
              Open in Salesforce
            </Button>
          )}
          <Button look="primary" onClick={onClose} autoFocus>
            Close details
          </Button>
        </>
      }
    >
      {line.error && (
        <Banner tone={isAtFault(line) ? "danger" : "info"} detail={line.error_code}>
          {line.error}
        </Banner>
      )}
      <FactList facts={factsOf(line)} />
      {detail.isPending && <Skeleton label="Reading the record" lines={5} />}
      {detail.isError && (
        <FaultState
          title="The record could not be read"
          fault={detail.error}
          onRetry={() => void detail.refetch()}
        />
      )}
      {detail.data && (
        <>
          <section className={styles.detail} aria-label="Fields">
            <h3>Fields</h3>
            {detail.data.differences.length > 0 ? (
              <StaticTable
                label="Fields before and after"
                columns={columns}
                rows={detail.data.differences}
                rowKey={(one) => one.target}
              />
            ) : (
              <p className={styles.soft}>Nothing is written for this record.</p>
            )}
          </section>
          <section className={styles.detail} aria-label="In the list">
            <h3>In the list</h3>
            <FactList facts={detail.data.source.filter(({ value }) => value !== "")} />
          </section>
        </>
      )}
    </Dialog>
  );
}

function factsOf(line: LedgerLine) {
  return [
    {
      label: "Outcome",
      value: (
        <>
          <Pill tone={outcome_words[line.outcome].tone}>{outcome_words[line.outcome].text}</Pill>{" "}
          {line.settled_at && moment(line.settled_at)}
        </>
      ),
    },
    ...(line.rule
      ? [
          {
            label: "Rule",
            value: (
              <>
                {line.grade && (
                  <Pill tone={grade_words[line.grade].tone}>{grade_words[line.grade].text}</Pill>
                )}{" "}
                {line.rule}
              </>
            ),
          },
        ]
      : []),
    ...(line.salesforce_id ? [{ label: "Salesforce id", value: <code>{line.salesforce_id}</code> }] : []),
    ...(line.zoominfo_id ? [{ label: "ZoomInfo id", value: <code>{line.zoominfo_id}</code> }] : []),
    ...(line.member
      ? [
          {
            label: "Campaign",
            value: (
              <>
                <Pill tone={member_words[line.member.state].tone}>{member_words[line.member.state].text}</Pill>{" "}
                {line.member.error}{" "}
                {line.member.error_code && <code>{line.member.error_code}</code>}
              </>
            ),
          },
        ]
      : []),
    ...(line.attempts > 1 ? [{ label: "Attempts", value: line.attempts }] : []),
    ...(line.notes.length > 0 ? [{ label: "Noted", value: line.notes.join(" ") }] : []),
  ];
}
