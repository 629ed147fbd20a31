import { count, moment } from "../../format";
import type { ListKind, ListSummary, ProfileRow } from "../../ipc";
import { TwoLines, type Column } from "../../kit";

const orDash = (text: string) => text || "—";

export const list_columns: Column<ListSummary>[] = [
  {
    key: "name",
    header: "List",
    width: "minmax(14rem, 2.2fr)",
    cell: (list) => (
      <TwoLines
        first={
          <a href={`#/lists/${list.list_id}`} tabIndex={-1}>
            <strong>{list.name}</strong>
          </a>
        }
        second={list.file_name}
      />
    ),
  },
  {
    key: "kind",
    header: "Kind",
    width: "minmax(7rem, 1fr)",
    cell: (list) => (
      <TwoLines first={list.kind === "contacts" ? "Contacts" : "Companies"} second={list.header} />
    ),
  },
  { key: "profiles", header: "Profiles", width: "6rem", align: "end", cell: (list) => count(list.profiles) },
  {
    key: "refused",
    header: "Refused rows",
    width: "7rem",
    align: "end",
    cell: (list) => count(list.refused_rows),
  },
  {
    key: "extra",
    header: "Extra columns",
    width: "minmax(8rem, 1.2fr)",
    cell: (list) => (
      <span title={list.extra_columns.join(", ")}>{orDash(list.extra_columns.join(", "))}</span>
    ),
  },
  {
    key: "imported",
    header: "Imported",
    width: "minmax(12rem, 1.2fr)",
    cell: (list) => <TwoLines first={moment(list.imported_at)} second={`by ${list.imported_by}`} />,
  },
];

const names = {
  contacts: { name: "Contact", company: "Company", title: "Job title" },
  companies: { name: "Company", company: "Website", title: "Industry" },
};

export function profileColumns(kind: ListKind): Column<ProfileRow>[] {
  const words = names[kind];
  const email: Column<ProfileRow>[] =
    kind === "contacts"
      ? [{ key: "email", header: "Email", width: "minmax(11rem, 1.4fr)", cell: (row) => whole(row.email) }]
      : [];
  return [
    { key: "line", header: "Line", width: "4.5rem", align: "end", cell: (row) => count(row.line) },
    {
      key: "name",
      header: words.name,
      width: "minmax(11rem, 1.4fr)",
      cell: (row) => <TwoLines first={row.name} second={row.zoominfo_id ?? "No ZoomInfo id"} />,
    },
    {
      key: "company",
      header: words.company,
      width: "minmax(9rem, 1.2fr)",
      cell: (row) => whole(row.company),
    },
    { key: "title", header: words.title, width: "minmax(9rem, 1.2fr)", cell: (row) => whole(row.title) },
    ...email,
    { key: "phone", header: "Phone", width: "9rem", cell: (row) => whole(row.phone) },
    { key: "place", header: "Place", width: "minmax(9rem, 1.2fr)", cell: (row) => whole(row.place) },
  ];
}

/** A value that may be cut off by its column; hovering shows the whole of it. */
const whole = (text: string) => <span title={text}>{orDash(text)}</span>;
