import { CircleHelp, Search } from "lucide-react";
import { count } from "../format";
import { Gauge, IconButton, KeyCap } from "../kit";
import styles from "./Frame.module.css";
import { Notices } from "./Notices";
import { OrgSwitcher } from "./workspaces";
import { useAppState } from "./useAppState";

/** Which org is written to, the way to everything by name, API calls, notices and help. */
export function TopBar({ onSearch, onHelp }: { onSearch: () => void; onHelp: () => void }) {
  const state = useAppState().data;
  const usage = state?.usage ?? null;
  return (
    <header className={styles.topBar} aria-label="Top bar" data-region="Top bar">
      <OrgSwitcher />
      <button type="button" className={styles.search} onClick={onSearch} aria-keyshortcuts="Control+K">
        <Search size={14} strokeWidth={1.75} aria-hidden />
        <span className={styles.searchText}>Find lists and runs</span>
        <KeyCap>Ctrl K</KeyCap>
      </button>
      <div className={styles.right}>
        {usage && (
          <div className={styles.gauge}>
            <p>
              <span>API calls, 24 h</span>
              <span>
                <strong>{count(usage.used_calls)}</strong> of {count(usage.max_calls)}
              </span>
            </p>
            <Gauge
              label="API calls in the last 24 hours"
              used={usage.used_calls}
              total={usage.max_calls}
              words={`${count(usage.used_calls)} of ${count(usage.max_calls)}`}
            />
          </div>
        )}
        <Notices />
        <IconButton
          label="Help and keys (?)"
          icon={<CircleHelp size={16} strokeWidth={1.75} />}
          onClick={onHelp}
        />
      </div>
    </header>
  );
}
