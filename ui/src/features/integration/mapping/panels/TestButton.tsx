import { FlaskConical } from "lucide-react";
import { Button } from "../../../../kit";
import type { MappingDraft } from "../useMappingDraft";
import { useMappingTest } from "./useMappingTest";

/** Tests the rows as they stand, saved or not. Ctrl Enter presses it. */
export function TestButton({ draft }: { draft: MappingDraft }) {
  const testing = useMappingTest(draft);
  const offReason = testing.running ? null : testing.offReason;
  return (
    <Button
      size="bar"
      icon={<FlaskConical size={14} strokeWidth={1.75} aria-hidden />}
      busy={testing.running && "Testing…"}
      offReason={offReason}
      reasonPlace="elsewhere"
      title={offReason ?? undefined}
      data-next-step=""
      onClick={testing.run}
    >
      Test Mapping
    </Button>
  );
}
