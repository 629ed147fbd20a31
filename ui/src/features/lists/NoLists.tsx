import { FileText, Gauge, Shield } from "lucide-react";
import { Fragment, type ReactNode } from "react";
import { IconTile } from "../../kit";
import styles from "./Lists.module.css";

const promises = [
  {
    icon: <FileText size={16} strokeWidth={1.75} />,
    title: "Any ZoomInfo export",
    text: "Contacts or companies, any header version, UTF-8, UTF-16 or Windows-1252.",
  },
  {
    icon: <Gauge size={16} strokeWidth={1.75} />,
    title: "Large files are fine",
    text: "100,000 rows and more. Rows that cannot be read are listed with their line.",
  },
  {
    icon: <Shield size={16} strokeWidth={1.75} />,
    title: "Stays on this machine",
    text: "Nothing goes to Salesforce until you have seen the plan and send it.",
  },
];

/** The first thing that somebody sees: what a list is, and the two ways to get one. */
export function NoLists({ actions }: { actions: ReactNode[] }) {
  return (
    <div className={styles.none}>
      <Bridge />
      <h2 className={styles.noneTitle}>No lists yet</h2>
      <p className={styles.noneText}>
        A list is a set of companies or contacts that you can check and export to Salesforce. Start with a CSV
        file exported from ZoomInfo, or drop one here.
      </p>
      <div className={styles.noneActions}>
        {actions.map((action, index) => (
          <Fragment key={index}>{action}</Fragment>
        ))}
      </div>
      <ul className={styles.promises}>
        {promises.map((promise) => (
          <li key={promise.title}>
            <IconTile>{promise.icon}</IconTile>
            <h3>{promise.title}</h3>
            <p>{promise.text}</p>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A sheet of text, a bridge, a list of records. */
function Bridge() {
  return (
    <svg width="176" height="80" viewBox="0 0 176 80" fill="none" aria-hidden className={styles.bridge}>
      <g stroke="var(--border-strong)" strokeWidth="1.5" strokeLinecap="round">
        <rect x="1" y="1" width="46" height="56" rx="6" fill="var(--surface)" />
        <path d="M11 15h26M11 25h26M11 35h18" />
        <rect x="129" y="1" width="46" height="56" rx="6" fill="var(--surface)" />
        <path d="M149 17h16M149 31h16M149 45h10" />
      </g>
      <g stroke="var(--accent)" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round">
        <circle cx="139" cy="17" r="3" />
        <circle cx="139" cy="31" r="3" />
        <circle cx="139" cy="45" r="3" />
        <path d="M47 53c8 9 22 14 41 14s33-5 41-14M47 53v20h82V53M67 65v8M88 67v6M109 65v8" />
      </g>
    </svg>
  );
}
