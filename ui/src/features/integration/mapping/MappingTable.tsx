import { useState } from "react";
import { count, counted } from "../../../format";
import type { MappingRowView, MappingPreview } from "../../../ipc";
import { Card, Chip, NoMatch, SearchField, StaticTable } from "../../../kit";
import { mapping_columns } from "./columns";

type Filter = "all" | "required" | "error" | "warning" | "blank";

const fits: Record<Filter, (row: MappingRowView) => boolean> = {
  all: () => true,
  required: (row) => row.required,
  error: (row) => row.verdict === "error",
  warning: (row) => row.verdict === "warning",
  blank: (row) => row.sample_value === "",
};

const titles: Record<Filter, string> = {
  all: "All",
  error: "Errors",
  warning: "Warnings",
  required: "Required",
  blank: "Blank in this sample",
};

const has = (row: MappingRowView, words: string) =>
  [row.source, row.target_label, row.target_name, row.sample_value].some((text) =>
    text.toLowerCase().includes(words.toLowerCase()),
  );

/** Rows of one target stand together; they are tinted, and only the last of them has a line under it. */
function grouping(rows: MappingRowView[]) {
  return (row: MappingRowView, index: number) => {
    if (!row.hierarchy) return null;
    return rows[index + 1]?.target_name === row.target_name ? "joined" : "group";
  };
}

export function MappingTable({ view }: { view: MappingPreview }) {
  const [search, setSearch] = useState("");
  const [filter, setFilter] = useState<Filter>("all");
  const words = search.trim();
  const rows = view.rows.filter((row) => fits[filter](row) && (words === "" || has(row, words)));
  const chips = (["all", "error", "warning", "required", "blank"] as const)
    .map((key) => ({ key, rows: view.rows.filter(fits[key]).length }))
    .filter((chip) => chip.rows > 0 || chip.key === "all");
  return (
    <Card
      bare
      ruled
      title="Fields"
      actions={
        <>
          {chips.map((chip) => (
            <Chip
              key={chip.key}
              selected={filter === chip.key}
              count={count(chip.rows)}
              onSelect={() => setFilter(chip.key)}
            >
              {titles[chip.key]}
            </Chip>
          ))}
          <SearchField label="Find a field" value={search} onChange={setSearch} />
        </>
      }
    >
      {rows.length === 0 ? (
        <NoMatch
          title={words ? `No field with “${words}”` : "No such field"}
          text={`${counted(view.rows.length, "row", "rows")} in all.`}
          onClear={() => {
            setSearch("");
            setFilter("all");
          }}
        />
      ) : (
        <StaticTable
          label="Mapping rows"
          columns={mapping_columns}
          rows={rows}
          rowKey={(row) => row.row}
          grouping={grouping(rows)}
        />
      )}
    </Card>
  );
}
