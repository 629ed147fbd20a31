import { Lock } from "lucide-react";
import { useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { classes } from "./classes";
import { Count } from "./Marks";
import styles from "./Tabs.module.css";

export interface TabChoice<Id extends string> {
  id: Id;
  title: string;
  unsaved?: boolean;
  /** Number of things to mend. */
  toFix?: number;
  /** Only admins may change what it holds. */
  locked?: boolean;
}

interface StripProps<Id extends string> {
  /** Ties the tabs to their panel; unique on the page. */
  name: string;
  label: string;
  tabs: readonly TabChoice<Id>[];
  selected: Id;
  onSelect: (id: Id) => void;
}

const steps: Record<string, (index: number, count: number) => number> = {
  ArrowRight: (index, count) => (index + 1) % count,
  ArrowLeft: (index, count) => (index - 1 + count) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/**
 * Own tabs, because those of react-aria-components render what is within them twice, dialogs too.
 * One Tab stop; arrows move the focus. `automatic` also selects by that; otherwise Enter, Space or a click does, so
 * that passing over a tab opens no page.
 */
function Strip<Id extends string>({
  name,
  label,
  tabs,
  selected,
  onSelect,
  automatic,
  look,
}: StripProps<Id> & { automatic: boolean; look: { list: string | undefined; tab: string | undefined } }) {
  const list = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState<Id | null>(null);
  const stop = focused ?? selected;
  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const index = step(
      tabs.findIndex((tab) => tab.id === stop),
      tabs.length,
    );
    list.current?.querySelectorAll<HTMLElement>('[role="tab"]')[index]?.focus();
    const goal = tabs[index];
    if (automatic && goal) onSelect(goal.id);
  };
  return (
    <div ref={list} role="tablist" aria-label={label} className={look.list} onKeyDown={onKeyDown}>
      {tabs.map((tab) => (
        <button
          key={tab.id}
          type="button"
          role="tab"
          id={`${name}-${tab.id}`}
          aria-selected={tab.id === selected}
          aria-controls={tab.id === selected ? `${name}-panel` : undefined}
          tabIndex={tab.id === stop ? 0 : -1}
          className={look.tab}
          onClick={() => onSelect(tab.id)}
          onFocus={() => setFocused(tab.id)}
          onBlur={() => setFocused(null)}
        >
          {tab.title}
          {tab.unsaved && <span className={styles.dot} role="img" aria-label="unsaved changes" />}
          {tab.toFix ? <Count tone="danger">{tab.toFix}</Count> : null}
          {tab.locked && <Lock size={12} strokeWidth={1.75} role="img" aria-label="for admins" />}
        </button>
      ))}
    </div>
  );
}

/** The strip of a page's tabs; it lies in the page header, and the content is a `TabPanel` of the same name. */
export function TabBar<Id extends string>(props: StripProps<Id>) {
  return <Strip {...props} automatic={false} look={{ list: styles.bar, tab: styles.tab }} />;
}

/** The content of the selected tab. */
export function TabPanel({
  name,
  tab,
  className,
  children,
}: {
  name: string;
  tab: string;
  className?: string | undefined;
  children: ReactNode;
}) {
  return (
    <div role="tabpanel" id={`${name}-panel`} aria-labelledby={`${name}-${tab}`} className={className}>
      {children}
    </div>
  );
}

/** Sub-tabs as a segmented control, with their panel, and what stands on the same line at the right. */
export function SegmentedTabs<Id extends string>({
  beside,
  fill = false,
  children,
  ...strip
}: StripProps<Id> & {
  beside?: ReactNode;
  /** Takes the height that is left, so that a table can scroll within. */
  fill?: boolean;
  children: ReactNode;
}) {
  return (
    <div className={classes(fill && styles.fill)}>
      <div className={styles.segmentLine}>
        <Strip {...strip} automatic look={{ list: styles.segments, tab: styles.segment }} />
        {beside}
      </div>
      <TabPanel name={strip.name} tab={strip.selected} className={classes(styles.segmentPanel, fill && styles.fill)}>
        {children}
      </TabPanel>
    </div>
  );
}
