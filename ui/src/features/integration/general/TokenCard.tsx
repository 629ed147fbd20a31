import { KeyRound } from "lucide-react";
import type { AppState } from "../../../ipc";
import { Card } from "../../../kit";
import styles from "../Integration.module.css";

/** Where the login is kept, said plainly. */
export function TokenCard({ state }: { state: AppState }) {
  return (
    <Card title="Where the login is kept">
      <p className={styles.token}>
        <KeyRound size={16} strokeWidth={1.75} aria-hidden />
        <span>{state.token_home_sentence}</span>
      </p>
    </Card>
  );
}
