import type { ReactNode } from "react";
import { classes } from "./classes";
import styles from "./Marks.module.css";

export type Tone = "neutral" | "accent" | "success" | "warning" | "danger";

/** A state in a word; the tone only underlines it. */
export function Pill({ tone, icon, children }: { tone: Tone; icon?: ReactNode; children: ReactNode }) {
  return (
    <span className={classes(styles.pill, styles[tone])}>
      {icon}
      {children}
    </span>
  );
}

/** Which kind of org stands behind a name. Production is the only filled one. */
export function OrgBadge({ kind }: { kind: "production" | "sandbox" | "demo" }) {
  const words = { production: "Production", sandbox: "Sandbox", demo: "Demo" };
  return <span className={classes(styles.pill, styles[kind])}>{words[kind]}</span>;
}

/** A number of things to see. */
export function Count({ tone, children }: { tone: Tone | "filled"; children: ReactNode }) {
  return <span className={classes(styles.pill, styles.count, styles[tone])}>{children}</span>;
}

/** A filter with the number of things that it would leave. */
export function Chip({
  selected,
  count,
  icon,
  onSelect,
  children,
}: {
  selected: boolean;
  count?: string;
  icon?: ReactNode;
  onSelect: () => void;
  children: ReactNode;
}) {
  return (
    <button type="button" className={styles.chip} aria-pressed={selected} onClick={onSelect}>
      {icon}
      <span>{children}</span>
      {count !== undefined && <strong>{count}</strong>}
    </button>
  );
}

/** The initials of a person; always beside the written name. */
export function Avatar({ name }: { name: string }) {
  const words = name.split(/\s+/).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words[words.length - 1] : undefined]
    .map((word) => (word ? ([...word][0] ?? "") : ""))
    .join("");
  return (
    <span className={styles.avatar} aria-hidden>
      {letters.toUpperCase()}
    </span>
  );
}

/** Who somebody is, with what they are under it. */
export function OperatorName({ name, note }: { name: string; note: string }) {
  return (
    <span className={styles.person}>
      <Avatar name={name} />
      <span className={styles.personWords}>
        <strong>{name}</strong>
        <span>{note}</span>
      </span>
    </span>
  );
}

/** A key of the keyboard. `inButton` takes the colour of the button that it stands in. */
export function KeyCap({ inButton = false, children }: { inButton?: boolean; children: ReactNode }) {
  return <kbd className={classes(styles.key, inButton && styles.keyInButton)}>{children}</kbd>;
}

/** An icon on a soft square, for cards that explain. */
export function IconTile({ children }: { children: ReactNode }) {
  return (
    <span className={styles.iconTile} aria-hidden>
      {children}
    </span>
  );
}
