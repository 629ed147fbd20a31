import { CircleDashed } from "lucide-react";
import type { ReactNode } from "react";
import { Card } from "../../kit";
import styles from "./Integration.module.css";

/** A tab whose feature is not built yet: what it will do, and what happens meanwhile. No control that does nothing. */
export function LaterTab({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card>
      <div className={styles.later}>
        <CircleDashed size={20} strokeWidth={1.75} aria-hidden />
        <div>
          <h2>{title} is not in this version</h2>
          <p>{children}</p>
        </div>
      </div>
    </Card>
  );
}
