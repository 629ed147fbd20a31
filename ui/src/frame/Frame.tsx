import { useQueryClient } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import styles from "./Frame.module.css";
import { HelpDialog } from "./HelpDialog";
import { Nav } from "./Nav";
import { QuickSwitcher } from "./QuickSwitcher";
import { readAllAgain } from "./readAgain";
import { cannotBeOpened, RefusedWorkspace } from "./RefusedWorkspace";
import { TopBar } from "./TopBar";
import { useAppState, useEngineEvents } from "./useAppState";
import { useShortcuts } from "./useShortcuts";
import { useStrayDrops } from "./useStrayDrops";

export function Frame({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState<"search" | "help" | null>(null);
  const client = useQueryClient();
  const state = useAppState();
  useEngineEvents();
  useStrayDrops();
  useShortcuts({ onSearch: () => setOpen("search"), onHelp: () => setOpen("help") });
  if (state.data === undefined && cannotBeOpened(state.error)) {
    const tryAgain = async () => {
      // What pages asked for meanwhile was refused like the workspace.
      if ((await state.refetch()).isSuccess) await readAllAgain(client);
    };
    return <RefusedWorkspace fault={state.error} onRetry={() => void tryAgain()} />;
  }
  return (
    <div className={styles.frame}>
      <Nav />
      <TopBar onSearch={() => setOpen("search")} onHelp={() => setOpen("help")} />
      <main className={styles.main}>{children}</main>
      {open === "search" && <QuickSwitcher onClose={() => setOpen(null)} />}
      {open === "help" && <HelpDialog onClose={() => setOpen(null)} />}
    </div>
  );
}
