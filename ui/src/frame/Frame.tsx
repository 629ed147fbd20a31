import { useState, type ReactNode } from "react";
import styles from "./Frame.module.css";
import { HelpDialog } from "./HelpDialog";
import { Nav } from "./Nav";
import { QuickSwitcher } from "./QuickSwitcher";
import { TopBar } from "./TopBar";
import { useEngineEvents } from "./useAppState";
import { useShortcuts } from "./useShortcuts";
import { useStrayDrops } from "./useStrayDrops";

export function Frame({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState<"search" | "help" | null>(null);
  useEngineEvents();
  useStrayDrops();
  useShortcuts({ onSearch: () => setOpen("search"), onHelp: () => setOpen("help") });
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
