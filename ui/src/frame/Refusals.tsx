import styles from "./Frame.module.css";
import type { RightTo } from "./useRight";

/** Why controls beside it are off, each reason once; nothing when all may be used. */
export function Refusals({ of }: { of: RightTo[] }) {
  const reasons = [...new Set(of.flatMap(({ refusal }) => refusal ?? []))];
  return reasons.map((reason) => (
    <p key={reason} className={styles.refusal}>
      {reason}
    </p>
  ));
}
