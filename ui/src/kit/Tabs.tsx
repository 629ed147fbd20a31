import { Tab, TabList, TabPanel, Tabs as AriaTabs, type Key } from "react-aria-components";
import type { ReactNode } from "react";
import { Count } from "./Marks";
import styles from "./Tabs.module.css";

export interface TabChoice<Id extends string> {
  id: Id;
  title: string;
  unsaved?: boolean;
  /** Number of things to mend. */
  toFix?: number;
}

/** The strip of a page's tabs; it lies in the page header, and the panel is `TabsPanel`. */
export function TabBar<Id extends string>({ label, tabs }: { label: string; tabs: TabChoice<Id>[] }) {
  return (
    <TabList aria-label={label} className={styles.bar ?? ""}>
      {tabs.map((tab) => (
        <Tab key={tab.id} id={tab.id} className={styles.tab ?? ""}>
          {tab.title}
          {tab.unsaved && <span className={styles.dot} role="img" aria-label="unsaved changes" />}
          {tab.toFix ? <Count tone="danger">{tab.toFix}</Count> : null}
        </Tab>
      ))}
    </TabList>
  );
}

/** Ties a `TabBar` to the panel below it. Only arrow keys plus Enter or Space change the page's tab. */
export function Tabs<Id extends string>({
  selected,
  onSelect,
  className,
  children,
}: {
  selected: Id;
  onSelect: (id: Id) => void;
  className?: string | undefined;
  children: ReactNode;
}) {
  return (
    <AriaTabs
      className={className ?? ""}
      selectedKey={selected}
      onSelectionChange={(key: Key) => onSelect(String(key) as Id)}
      keyboardActivation="manual"
    >
      {children}
    </AriaTabs>
  );
}

/** The content of one tab. */
export function TabsPanel({ id, className, children }: { id: string; className?: string; children: ReactNode }) {
  return (
    <TabPanel id={id} className={className ?? ""}>
      {children}
    </TabPanel>
  );
}

/** Sub-tabs as a segmented control. */
export function SegmentedTabs<Id extends string>({
  label,
  tabs,
  selected,
  onSelect,
  children,
  className,
  beside,
}: {
  label: string;
  tabs: { id: Id; title: string }[];
  selected: Id;
  onSelect: (id: Id) => void;
  /** What stands on the same line, at the right. */
  beside?: ReactNode;
  className?: string | undefined;
  children: ReactNode;
}) {
  return (
    <AriaTabs
      className={className ?? ""}
      selectedKey={selected}
      onSelectionChange={(key: Key) => onSelect(String(key) as Id)}
    >
      <div style={{ display: "flex", justifyContent: "space-between", gap: "0.75rem", flexWrap: "wrap" }}>
        <TabList aria-label={label} className={styles.segments ?? ""}>
          {tabs.map((tab) => (
            <Tab key={tab.id} id={tab.id} className={styles.segment ?? ""}>
              {tab.title}
            </Tab>
          ))}
        </TabList>
        {beside}
      </div>
      <TabPanel id={selected} style={{ outlineOffset: "-2px" }}>
        {children}
      </TabPanel>
    </AriaTabs>
  );
}
