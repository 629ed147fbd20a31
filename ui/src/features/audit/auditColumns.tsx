import { moment } from "../../format";
import type { AuditEntry } from "../../ipc";
import { TwoLines, type Column } from "../../kit";
import { area_words } from "./words";

const in_one_line = (text: string | null): string => text?.replaceAll("\n", ", ") ?? "(nothing)";

const change = ({ before, after }: AuditEntry): string =>
  before === null && after === null ? "—" : `${in_one_line(before)} → ${in_one_line(after)}`;

export const audit_columns: Column<AuditEntry>[] = [
  {
    key: "at",
    header: "When",
    width: "minmax(11rem, 1fr)",
    cell: (entry) => <TwoLines first={moment(entry.at)} second={entry.org_name ?? "No org connected"} />,
  },
  {
    key: "who",
    header: "Who",
    width: "minmax(9rem, 1fr)",
    cell: (entry) => <TwoLines first={<strong>{entry.person}</strong>} second={entry.standing} />,
  },
  { key: "area", header: "Area", width: "7.5rem", cell: (entry) => area_words[entry.area] },
  {
    key: "what",
    header: "What",
    width: "minmax(13rem, 2.4fr)",
    cell: (entry) => <span title={entry.sentence}>{entry.sentence}</span>,
  },
  {
    key: "change",
    header: "Before and after",
    width: "minmax(9rem, 1.4fr)",
    cell: (entry) => <span title={change(entry)}>{change(entry)}</span>,
  },
];
