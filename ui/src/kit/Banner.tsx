import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import styles from "./Banner.module.css";
import { classes } from "./classes";

const icons = { danger: CircleAlert, warning: TriangleAlert, info: Info };

/** What blocks or lasts: one sentence and at most one action. It stays until it is mended. */
export function Banner({
  tone,
  children,
  detail,
  action,
}: {
  tone: "danger" | "warning" | "info";
  children: ReactNode;
  detail?: string | null | undefined;
  action?: ReactNode;
}) {
  const Icon = icons[tone];
  return (
    <div className={classes(styles.banner, styles[tone])} role={tone === "danger" ? "alert" : "status"}>
      <Icon size={16} strokeWidth={1.75} aria-hidden />
      <div className={styles.words}>
        <div className={styles.text}>
          {children}
          {detail && <span className={styles.detail}>{detail}</span>}
        </div>
        {action && <div className={styles.action}>{action}</div>}
      </div>
    </div>
  );
}
