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
  onCancel?: (() => void) | undefined;
}) {
  const { done, words } = stepOf(progress);
  return (
    <Card
      title="Making the plan"
      note="Nothing is written"
      actions={
        onCancel && (
          <Button size="bar" onClick={onCancel}>
            Cancel planning
          </Button>
        )
      }
    >
      <Progress label={words} {...(progress ? { done, total: progress.total_records } : {})} />
      <span role="status">{words}</span>
    </Card>
  );
}

/** How far its step is, and that in words. */
function stepOf(progress: PlanningProgress | null): { done: number; words: string } {
  if (!progress) return { done: 0, words: "Reading the mapping and the org’s fields" };
  const { step, mapped_records, checked_records, total_records } = progress;
  return step === "map"
    ? { done: mapped_records, words: `${count(mapped_records)} of ${count(total_records)} profiles mapped` }
    : {
        done: checked_records,
        words: `${count(checked_records)} of ${count(total_records)} profiles looked for in the org`,
      };
}
