import { closeWindow, type Code, type Fault } from "../ipc";
import { Button, ErrorState } from "../kit";
import styles from "./Frame.module.css";

const refusals: Code[] = ["workspace", "newer_workspace", "file_system"];

/** Whether a fault says that there is no workspace to work in. */
export const cannotBeOpened = (fault: Fault | null): fault is Fault =>
  fault !== null && refusals.includes(fault.code);

/** In place of every page: the workspace cannot be opened, why, and what can be done. Nothing in it was changed. */
export function RefusedWorkspace({ fault, onRetry }: { fault: Fault; onRetry: () => void }) {
  return (
    <main className={styles.refused}>
      <ErrorState
        title="This workspace cannot be opened"
        text={fault.sentence}
        detail={fault.detail}
        onRetry={onRetry}
        action={
          <Button size="bar" onClick={closeWindow}>
            Close Landbridge
          </Button>
        }
      />
    </main>
  );
}
