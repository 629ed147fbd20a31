import { counted, momentWithin } from "../../../format";
import type { CheckPlace, DuplicateCheck } from "../../../ipc";
import { Button, Card } from "../../../kit";
import styles from "./Plan.module.css";

const place_words: Record<CheckPlace, string> = {
  selection: "Inside the selection",
  org: "In the org",
  mirror: "In the mirror",
  org_rules: "By the org’s rules",
};

/** How duplicates were looked for, and what that cost. */
export function Checks({
  checks,
  checked_at,
  refreshing = false,
  onRefresh,
}: {
  checks: DuplicateCheck[];
  checked_at: string;
  refreshing?: boolean;
  onRefresh?: () => void;
}) {
  return (
    <Card title="How duplicates were looked for">
      <ul className={styles.checks}>
        {checks.map((check) => (
          <li key={check.place + check.method}>
            <strong>{place_words[check.place]}</strong>
            <span className={styles.hits}>{counted(check.hit_records, "hit", "hits")}</span>
            <p>
              {check.method}. {check.why}
              {check.api_calls > 0 && ` ${counted(check.api_calls, "API call", "API calls")}.`}
            </p>
          </li>
        ))}
      </ul>
      <p className={styles.soft}>
        <span>Checked {momentWithin(checked_at)}.</span>
        {onRefresh && (
          <Button size="small" look="quiet" busy={refreshing && "Checking…"} onClick={onRefresh}>
            Check again
          </Button>
        )}
      </p>
    </Card>
  );
}
