import type { Act } from "../../ipc";

interface Tab {
  id: TabId;
  title: string;
  /** What one must be allowed to do to change anything there. */
  act?: Act;
}

export type TabId = "general" | "export" | "mapping" | "filtering" | "users";

/** The tabs of the page, in order. */
export const tabs: readonly Tab[] = [
  { id: "general", title: "General Settings" },
  { id: "export", title: "Export", act: "change_export_settings" },
  { id: "mapping", title: "Mapping", act: "change_mapping" },
  { id: "filtering", title: "Filtering", act: "change_filtering" },
  { id: "users", title: "User Mapping", act: "map_users" },
];

export const isTab = (text: string | undefined): text is TabId => tabs.some((tab) => tab.id === text);
