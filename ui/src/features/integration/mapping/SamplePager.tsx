import { ChevronLeft, ChevronRight } from "lucide-react";
import { count } from "../../../format";
import type { SampleProfile } from "../../../ipc";
import { Avatar, IconButton } from "../../../kit";
import styles from "./Mapping.module.css";

/** Walks through the profiles of a list, so that a mapping is seen on more than one. */
export function SamplePager({
  sample,
  index,
  onIndex,
}: {
  sample: SampleProfile;
  index: number;
  onIndex: (index: number) => void;
}) {
  const last = sample.total_profiles - 1;
  return (
    <div className={styles.pager} role="group" aria-label="Sample profile">
      <span className={styles.pagerLabel}>Sample from {sample.list_name}</span>
      <div className={styles.pagerBox}>
        <IconButton
          small
          label="Previous sample"
          icon={<ChevronLeft size={16} strokeWidth={1.75} />}
          aria-disabled={index <= 0 || undefined}
          onClick={() => index > 0 && onIndex(index - 1)}
        />
        <Avatar name={sample.name} />
        <span className={styles.pagerWords} aria-live="polite">
          <strong>{sample.name}</strong> {sample.company && `${sample.company} · `}
          {count(sample.index + 1)} of {count(sample.total_profiles)}
        </span>
        <IconButton
          small
          label="Next sample"
          icon={<ChevronRight size={16} strokeWidth={1.75} />}
          aria-disabled={index >= last || undefined}
          onClick={() => index < last && onIndex(index + 1)}
        />
      </div>
    </div>
  );
}
