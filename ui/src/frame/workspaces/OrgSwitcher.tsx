import { useQuery } from "@tanstack/react-query";
import { Building2, ChevronDown, Plus } from "lucide-react";
import { useState } from "react";
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from "react-aria-components";
import { query, type Fault, type WorkspaceView, type Workspaces } from "../../ipc";
import { Button, ButtonLink, OrgBadge, Skeleton, Unseen } from "../../kit";
import menu from "../../kit/Menu.module.css";
import { FaultBanner, FaultState } from "../Faults";
import frame from "../Frame.module.css";
import { useAppState } from "../useAppState";
import { useRight } from "../useRight";
import { ForgetDialog, NewWorkspaceDialog, RenameWorkspaceDialog } from "./WorkspaceDialogs";
import { useOpening } from "./useOpening";
import { WorkspaceLine } from "./WorkspaceLine";
import styles from "./Workspaces.module.css";

type Asking = { what: "new" } | { what: "rename" } | { what: "forget"; workspace: WorkspaceView };

/** The org that everything is written to, with its badge, always in sight; opened, the workspaces to go to. */
export function OrgSwitcher() {
  const state = useAppState().data;
  const [open, setOpen] = useState(false);
  const [asking, setAsking] = useState<Asking | null>(null);
  const [notRestored, setNotRestored] = useState<Fault | null>(null);
  const ask = (next: Asking) => {
    setOpen(false);
    setNotRestored(null);
    setAsking(next);
  };
  const close = () => setAsking(null);
  return (
    <div className={frame.orgPlace}>
      <DialogTrigger isOpen={open} onOpenChange={setOpen}>
        <AriaButton className={frame.org ?? ""}>
          <Building2 size={16} strokeWidth={1.75} aria-hidden />
          {state?.org ? (
            <>
              <span className={frame.orgName}>{state.org.name}</span>
              <OrgBadge kind={state.org.kind} />
            </>
          ) : (
            <span className={frame.orgName}>{state ? "No org connected" : "…"}</span>
          )}
          <Unseen>, orgs and workspaces</Unseen>
          <ChevronDown size={14} strokeWidth={1.75} aria-hidden />
        </AriaButton>
        <Popover className={menu.popover ?? ""} placement="bottom start">
          <Dialog className={styles.panel ?? ""} aria-label="Workspaces">
            <Panel notRestored={notRestored} onAsk={ask} onClose={() => setOpen(false)} />
          </Dialog>
        </Popover>
      </DialogTrigger>
      {asking?.what === "new" && <NewWorkspaceDialog onClose={close} />}
      {asking?.what === "rename" && <RenameWorkspaceDialog name={state?.workspace_name ?? ""} onClose={close} />}
      {asking?.what === "forget" && (
        <ForgetDialog
          workspace={asking.workspace}
          onNotRestored={(fault) => {
            setNotRestored(fault);
            setOpen(true);
          }}
          onClose={close}
        />
      )}
    </div>
  );
}

function Panel({
  notRestored,
  onAsk,
  onClose,
}: {
  /** Why a workspace could not be put back on the list. */
  notRestored: Fault | null;
  onAsk: (asking: Asking) => void;
  onClose: () => void;
}) {
  const workspaces = useQuery<Workspaces, Fault>({ ...query("workspaces.list", {}), refetchOnMount: "always" });
  const opening = useOpening(onClose);
  const right = useRight("switch_workspace");
  const renaming = useRight("manage_people");
  const off =
    right.refusal ??
    (workspaces.data && !workspaces.data.can_switch
      ? "This window keeps to its workspace. Start the app without one to switch."
      : undefined);
  return (
    <>
      <p className={styles.title}>Workspaces, one for each org</p>
      {opening.fault && <FaultBanner fault={opening.fault} />}
      {notRestored && <FaultBanner fault={notRestored} />}
      {workspaces.isPending && <Skeleton label="Reading the workspaces" lines={3} />}
      {workspaces.isError && (
        <FaultState fault={workspaces.error} onRetry={() => void workspaces.refetch()} />
      )}
      <ul className={styles.list}>
        {workspaces.data?.workspaces.map((workspace) => (
          <WorkspaceLine
            key={workspace.folder}
            workspace={workspace}
            off={off}
            busy={opening.folder === workspace.folder}
            onOpen={() => opening.open(workspace)}
            onForget={() => onAsk({ what: "forget", workspace })}
          />
        ))}
      </ul>
      {off !== undefined && <p className={styles.note}>{off}</p>}
      <div className={styles.foot}>
        <Button
          look="quiet"
          size="bar"
          icon={<Plus size={14} strokeWidth={1.75} aria-hidden />}
          offReason={off}
          reasonPlace="elsewhere"
          onClick={() => onAsk({ what: "new" })}
        >
          New workspace
        </Button>
        <Button
          look="quiet"
          size="bar"
          busy={opening.choosing && "Opening…"}
          offReason={off}
          reasonPlace="elsewhere"
          onClick={opening.openFolder}
        >
          Open a folder…
        </Button>
        <Button
          look="quiet"
          size="bar"
          offReason={renaming.refusal}
          reasonPlace="elsewhere"
          onClick={() => onAsk({ what: "rename" })}
        >
          Rename
        </Button>
        <span onClick={onClose}>
          <ButtonLink look="quiet" size="bar" href="#/integration/general">
            Connection
          </ButtonLink>
        </span>
      </div>
    </>
  );
}
