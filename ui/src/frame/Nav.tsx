import { ArrowLeftRight, ChevronUp } from "lucide-react";
import { createElement, useState } from "react";
import { useLocation } from "wouter";
import { Avatar, Count, Menu, Tooltip, Unseen } from "../kit";
import styles from "./Frame.module.css";
import { goTo } from "./guard";
import { Mark } from "./Mark";
import { OperatorDialog } from "./OperatorDialog";
import { operator_pages, pages } from "./pages";
import { useTheme } from "./theme";
import { useAppState } from "./useAppState";

/** The pages at the left, with the operator at the bottom. Below 1120 px it is a rail of icons with tooltips. */
export function Nav() {
  const [location] = useLocation();
  const state = useAppState().data;
  const openRuns = state?.open_runs ?? 0;
  const failedChecks = state?.failed_checks ?? 0;
  return (
    <nav className={styles.nav} aria-label="Pages" data-region="Navigation">
      <div className={styles.brand}>
        <Mark />
        <span className={styles.wide}>Landbridge</span>
      </div>
      <ul className={styles.pages}>
        {pages.map((page, index) => {
          const here = location === page.path || location.startsWith(`${page.path}/`);
          return (
            <li key={page.path}>
              <Tooltip text={`${page.title} (Alt ${index + 1})`} asLabel>
                <a
                  href={`#${page.path}`}
                  className={styles.page}
                  aria-current={here ? "page" : undefined}
                  aria-keyshortcuts={`Alt+${index + 1}`}
                >
                  {createElement(page.icon, { size: 16, strokeWidth: 1.75, "aria-hidden": true })}
                  <span className={styles.wide}>{page.title}</span>
                  {page.path === "/runs" && openRuns > 0 && (
                    <span className={styles.pageCount}>
                      <Count tone="filled">
                        {openRuns}
                        <Unseen> open</Unseen>
                      </Count>
                    </span>
                  )}
                  {page.path === "/integration" && failedChecks > 0 && (
                    <span className={styles.pageCount}>
                      <Count tone="danger">
                        {failedChecks}
                        <Unseen> checks failed</Unseen>
                      </Count>
                    </span>
                  )}
                </a>
              </Tooltip>
            </li>
          );
        })}
      </ul>
      <OperatorMenu />
    </nav>
  );
}

function OperatorMenu() {
  const state = useAppState().data;
  const [theme, chooseTheme] = useTheme();
  const [switching, setSwitching] = useState(false);
  const name = state?.operator.name ?? "Operator";
  const role = state?.operator.role_label ?? "";
  return (
    <div className={styles.operator}>
      <Menu
        label="Operator menu"
        placement="top start"
        triggerClass={styles.operatorButton}
        trigger={
          <>
            <Avatar name={name} />
            <span className={styles.operatorName}>
              <strong>{name}</strong>
              <span>{role}</span>
            </span>
            <Unseen>Operator menu</Unseen>
            <span className={styles.chevron}>
              <ChevronUp size={16} strokeWidth={1.75} aria-hidden />
            </span>
          </>
        }
        entries={[
          ...operator_pages.map((page) => ({
            key: page.path,
            text: page.title,
            icon: createElement(page.icon, { size: 16, strokeWidth: 1.75, "aria-hidden": true }),
            act: () => goTo(page.path),
          })),
          {
            key: "switch",
            text: "Switch operator…",
            icon: <ArrowLeftRight size={16} strokeWidth={1.75} aria-hidden />,
            act: () => setSwitching(true),
          },
        ]}
        choice={{
          title: "Appearance",
          value: theme,
          options: [
            { key: "system", text: "As the system" },
            { key: "light", text: "Light" },
            { key: "dark", text: "Dark" },
          ],
          onChange: (key) => chooseTheme(key === "light" || key === "dark" ? key : "system"),
        }}
      />
      {switching && <OperatorDialog onClose={() => setSwitching(false)} />}
    </div>
  );
}
