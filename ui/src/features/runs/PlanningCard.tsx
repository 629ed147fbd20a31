import { count } from "../../format";
import type { PlanningProgress } from "../../ipc";
import { Button, Card, Progress } from "../../kit";

/** How far a plan is that is being made. */
export function PlanningCard({
  progress,
  onCancel,
}: {
  progress: PlanningProgress | null;
  /** Where no other button of the page stops it. */
  onCancel?: () => void;
}) {
  return (
    <Card
      title="Making the plan"
      note="Nothing is written"
      actions={
        onCancel &&
        progress && (
          <Button size="bar" onClick={onCancel}>
            Cancel planning
          </Button>
        )
      }
    >
      <Progress
        label="Profiles mapped"
        {...(progress ? { done: progress.mapped_records, total: progress.total_records } : {})}
      />
      <span role="status">{progressWords(progress)}</span>
    </Card>
  );
}

function progressWords(progress: PlanningProgress | null): string {
  if (!progress) return "Reading the mapping and the org’s fields";
  const { mapped_records, total_records } = progress;
  return mapped_records < total_records
    ? `${count(mapped_records)} of ${count(total_records)} profiles mapped`
    : `All ${count(total_records)} profiles are mapped. Looking for duplicates, owners and accounts in the org.`;
}
