import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { call, toFault, type Fault, type WorkspaceView } from "../../ipc";
import { askBefore, goTo } from "../guard";

/** Opens another workspace in this window: everything that was read of the one before is forgotten. */
export function useOpening(onDone: () => void) {
  const client = useQueryClient();
  const [folder, setFolder] = useState<string | null>(null);
  const [choosing, setChoosing] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const open = (workspace: WorkspaceView) => {
    if (workspace.is_open) {
      onDone();
      return;
    }
    askBefore("workspace", () => {
      setFolder(workspace.folder);
      setFault(null);
      call("workspaces.open", { folder: workspace.folder })
        .then(async () => {
          onDone();
          goTo("/lists");
          await client.resetQueries();
        })
        .catch((reason: unknown) => setFault(toFault(reason)))
        .finally(() => setFolder(null));
    });
  };
  const openFolder = () => {
    askBefore("workspace", () => {
      setChoosing(true);
      setFault(null);
      call("workspaces.open_folder", {})
        .then(async (chosen) => {
          if (chosen === null) return;
          onDone();
          goTo("/lists");
          await client.resetQueries();
        })
        .catch((reason: unknown) => setFault(toFault(reason)))
        .finally(() => setChoosing(false));
    });
  };
  return { folder, choosing, fault, open, openFolder };
}
