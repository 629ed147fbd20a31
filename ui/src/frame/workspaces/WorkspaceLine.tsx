import { Check, X } from "lucide-react";
import type { WorkspaceView } from "../../ipc";
import { IconButton, OrgBadge } from "../../kit";
import styles from "./Workspaces.module.css";

/** One workspace: its name, its org with the badge, and whether it is open. */
export function WorkspaceLine({
  workspace,
  off,
  busy,
  onOpen,
  onForget,
}: {
  workspace: WorkspaceView;
  /** Why no workspace can be opened here. */
  off: string | undefined;
  busy: boolean;
  onOpen: () => void;
  onForget: () => void;
}) {
  const { name, org, is_open, refusal } = workspace;
  const reason = is_open ? undefined : (refusal ?? off);
  return (
    <li className={styles.line}>
      <button
        type="button"
        className={styles.open}
        aria-current={is_open || undefined}
        aria-disabled={(!is_open && reason !== undefined) || undefined}
        title={workspace.folder}
        onClick={() => {
          if (reason === undefined) onOpen();
        }}
      >
        <span className={styles.tick} aria-hidden>
          {is_open && <Check size={14} strokeWidth={2} />}
        </span>
        <span className={styles.words}>
          <strong>{name}</strong>
          <span className={styles.org}>
            {org ? org.name : refusal === null ? "No org connected" : ""}
            {refusal !== null && <span className={styles.refusal}>{refusal}</span>}
          </span>
        </span>
        {busy && <span className={styles.org}>Opening…</span>}
        {org && <OrgBadge kind={org.kind} />}
      </button>
      {!is_open && (
        <IconButton
          small
          label={`Take ${name} off the list`}
          icon={<X size={14} strokeWidth={1.75} />}
          onClick={onForget}
        />
      )}
    </li>
  );
}
