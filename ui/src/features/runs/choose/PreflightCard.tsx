import { CircleCheck } from "lucide-react";
import { FaultState } from "../../../frame";
import type { Fault, Preflight } from "../../../ipc";
import { Banner, Card, Count, Skeleton } from "../../../kit";
import { mend_pages } from "../../words";
import styles from "./Choose.module.css";

/** Everything that stands against the export, each with the page where it is mended. */
export function PreflightCard({
  preflight,
  fault,
  onRetry,
}: {
  preflight: Preflight | undefined;
  fault: Fault | null;
  onRetry: () => void;
}) {
  const refusals = preflight?.refusals ?? [];
  return (
    <Card title="Preflight" beside={refusals.length > 0 && <Count tone="danger">{refusals.length}</Count>}>
      {!preflight && !fault && <Skeleton label="Checking" lines={2} />}
      {fault && <FaultState title="It could not be checked" fault={fault} onRetry={onRetry} />}
      {!fault && preflight && refusals.length === 0 && (
        <p className={styles.clear} role="status">
          <CircleCheck size={16} strokeWidth={1.75} aria-hidden />
          Nothing stands against this export.
        </p>
      )}
      {!fault &&
        refusals.map((refusal) => (
          <Banner
            key={refusal.code + refusal.sentence}
            tone="danger"
            action={
              refusal.mend && <a href={mend_pages[refusal.mend].href}>{mend_pages[refusal.mend].text}</a>
            }
          >
            {refusal.sentence}
          </Banner>
        ))}
      {!fault &&
        preflight?.warnings.map((warning) => (
          <Banner key={warning} tone="warning">
            {warning}
          </Banner>
        ))}
    </Card>
  );
}
