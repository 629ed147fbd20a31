import { ChevronDown, ChevronLeft, ChevronRight } from "lucide-react";
import { count } from "../../../format";
import type { SampleChoice, SampleList, SampleProfile } from "../../../ipc";
import { Avatar, IconButton, Menu } from "../../../kit";
import styles from "./Mapping.module.css";

/** Walks through the profiles of a list, so that a mapping is seen on more than one. */
export function SamplePager({
  sample,
  lists,
  onChoose,
}: {
  sample: SampleProfile;
  lists: SampleList[];
  onChoose: (choice: SampleChoice) => void;
}) {
  const { list_id, index } = sample;
  const last = sample.total_profiles - 1;
  const go = (to: number) => onChoose({ list_id, index: to });
  const words = (
    <>
      <Avatar name={sample.name} />
      <span className={styles.pagerWords} aria-live="polite">
        <strong>{sample.name}</strong> {sample.company && <span className={styles.pagerCompany}>{sample.company} </span>}
        {count(index + 1)} of {count(sample.total_profiles)}
      </span>
    </>
  );
  return (
    <div className={styles.pager} role="group" aria-label="Sample profile">
      <span className={styles.pagerLabel}>Sample profile</span>
      <div className={styles.pagerBox}>
        <IconButton
          small
          label="Previous sample"
          icon={<ChevronLeft size={16} strokeWidth={1.75} />}
          aria-disabled={index <= 0 || undefined}
          onClick={() => index > 0 && go(index - 1)}
        />
        {words}
        <IconButton
          small
          label="Next sample"
          icon={<ChevronRight size={16} strokeWidth={1.75} />}
          aria-disabled={index >= last || undefined}
          onClick={() => index < last && go(index + 1)}
        />
        {lists.length > 0 && (
          <Menu
            label="Lists that samples come from"
            triggerLabel={`Samples from ${sample.list_name}. Choose a list`}
            triggerClass={styles.pagerList}
            trigger={
              <>
                <span>{sample.list_name}</span>
                <ChevronDown size={14} strokeWidth={1.75} aria-hidden />
              </>
            }
            choice={{
              title: "Samples from",
              value: list_id === null ? "" : String(list_id),
              options: lists.map((list) => ({
                key: String(list.list_id),
                text: `${list.name} · ${count(list.profiles)}`,
              })),
              onChange: (key) => onChoose({ list_id: Number(key), index: 0 }),
            }}
          />
        )}
      </div>
    </div>
  );
}
