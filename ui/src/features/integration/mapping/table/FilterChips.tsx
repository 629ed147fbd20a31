import { CircleAlert, TriangleAlert } from "lucide-react";
import { count } from "../../../../format";
import { Chip } from "../../../../kit";
import { filter_titles, filters, type Filter } from "./filters";
import styles from "./Table.module.css";

/** The filters that would leave something, with how much. */
export function FilterChips({
  counts,
  selected,
  onSelect,
}: {
  counts: Record<Filter, number>;
  selected: Filter;
  onSelect: (filter: Filter) => void;
}) {
  return (
    <div className={styles.chips} role="group" aria-label="Filter">
      {filters
        .filter((filter) => filter === "all" || filter === selected || counts[filter] > 0)
        .map((filter) => (
          <Chip
            key={filter}
            selected={filter === selected}
            count={count(counts[filter])}
            icon={
              filter === "errors" ? (
                <CircleAlert size={14} strokeWidth={1.75} className={styles.error} aria-hidden />
              ) : filter === "warnings" ? (
                <TriangleAlert size={14} strokeWidth={1.75} className={styles.warning} aria-hidden />
              ) : undefined
            }
            onSelect={() => onSelect(filter)}
          >
            {filter_titles[filter]}
          </Chip>
        ))}
    </div>
  );
}
