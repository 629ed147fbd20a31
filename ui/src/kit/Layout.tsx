import type { LucideIcon } from "lucide-react";
import { createElement, type CSSProperties, type ReactNode } from "react";
import { classes } from "./classes";
import styles from "./Layout.module.css";

export interface Fact {
  label?: string;
  value: ReactNode;
}

/** Icon tile, title, up to four facts, actions at the right, and what belongs to the head: tabs or the path. */
export function PageHeader({
  icon,
  title,
  pill,
  facts = [],
  actions,
  tabs,
  below,
}: {
  icon: LucideIcon;
  title: string;
  pill?: ReactNode;
  facts?: Fact[];
  actions?: ReactNode;
  tabs?: ReactNode;
  below?: ReactNode;
}) {
  return (
    <header className={styles.header} data-region="Page header">
      <div className={styles.headline}>
        <span className={styles.tile} aria-hidden>
          {createElement(icon, { size: 18, strokeWidth: 1.75 })}
        </span>
        <div className={styles.titles}>
          <div className={styles.titleLine}>
            <h1 className={styles.title}>{title}</h1>
            {pill}
          </div>
          {facts.length > 0 && (
            <p className={styles.facts}>
              {facts.map((fact, index) => (
                <span key={index}>
                  {fact.label ? `${fact.label} ` : ""}
                  <b>{fact.value}</b>
                </span>
              ))}
            </p>
          )}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
      {tabs}
      {below && <div className={styles.below}>{below}</div>}
    </header>
  );
}

/** One page: header, content that scrolls (or fills the height, `fixed`), and a bar at the foot. */
export function Page({
  header,
  foot,
  fixed = false,
  children,
}: {
  header: ReactNode;
  foot?: ReactNode;
  fixed?: boolean;
  children: ReactNode;
}) {
  return (
    <div className={styles.page}>
      {header}
      <Content fixed={fixed}>{children}</Content>
      {foot}
    </div>
  );
}

/** The part under a page header. */
export function Content({ fixed = false, children }: { fixed?: boolean; children: ReactNode }) {
  return (
    <div className={classes(styles.scroll, fixed && styles.fixed)} data-region="Content">
      {children}
    </div>
  );
}

/** A surface with a heading. `fill` lets it take the height that is left, for tables. */
export function Card({
  title,
  beside,
  note,
  actions,
  below,
  ruled = false,
  fill = false,
  bare = false,
  children,
}: {
  title?: string;
  beside?: ReactNode;
  note?: ReactNode;
  actions?: ReactNode;
  /** A second line of the head, for filters. */
  below?: ReactNode;
  ruled?: boolean;
  fill?: boolean;
  /** No padding around the content. */
  bare?: boolean;
  children: ReactNode;
}) {
  return (
    <section className={classes(styles.card, fill && styles.fill)} aria-label={title}>
      {(title || actions) && (
        <div className={classes(styles.cardHead, ruled && styles.ruled)}>
          {title && <h2 className={styles.cardTitle}>{title}</h2>}
          {beside}
          {note && <span className={styles.cardNote}>{note}</span>}
          {actions && <span className={styles.spring} />}
          {actions}
          {below && <div className={styles.headLine}>{below}</div>}
        </div>
      )}
      {bare ? (
        children
      ) : (
        <div className={classes(styles.cardBody, Boolean(title || actions) && !ruled && styles.afterHead)}>
          {children}
        </div>
      )}
    </section>
  );
}

/** What the page is about, and beside it what decides; in a narrow window under it, or above it with `sideFirst`. */
export function Columns({
  side,
  width = "21rem",
  sideFirst = false,
  children,
}: {
  side: ReactNode;
  width?: string;
  sideFirst?: boolean;
  children: ReactNode;
}) {
  return (
    <div
      className={classes(styles.columns, sideFirst && styles.sideFirst)}
      style={{ "--side": width } as CSSProperties}
    >
      <div className={styles.column}>{children}</div>
      <div className={styles.column}>{side}</div>
    </div>
  );
}

/** Labels and their values, one a line. */
export function FactList({ facts }: { facts: { label: string; value: ReactNode }[] }) {
  return (
    <dl className={styles.list}>
      {facts.map((fact) => (
        <div key={fact.label} style={{ display: "contents" }}>
          <dt>{fact.label}</dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Words for screen readers only. */
export function Unseen({ children, live = false }: { children: ReactNode; live?: boolean }) {
  return (
    <span className={styles.hidden} {...(live ? { "aria-live": "polite" as const } : {})}>
      {children}
    </span>
  );
}
