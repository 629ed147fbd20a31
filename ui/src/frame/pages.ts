import { Activity, HardDrive, History, List, Plug, Users, type LucideIcon } from "lucide-react";

export interface PageEntry {
  path: string;
  title: string;
  icon: LucideIcon;
}

/** The pages in the order of the navigation; Alt and its number opens one. */
export const pages: PageEntry[] = [
  { path: "/lists", title: "Lists", icon: List },
  { path: "/runs", title: "Runs", icon: Activity },
  { path: "/integration", title: "Integration", icon: Plug },
];

/** Pages that are opened from the operator menu. */
export const operator_pages: PageEntry[] = [
  { path: "/people", title: "People", icon: Users },
  { path: "/audit", title: "Audit log", icon: History },
  { path: "/data", title: "Data sharing", icon: HardDrive },
];
