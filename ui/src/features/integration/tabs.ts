/** The tabs of the page, in order. */
export const tabs = [
  { id: "general", title: "General Settings" },
  { id: "export", title: "Export" },
  { id: "mapping", title: "Mapping" },
  { id: "filtering", title: "Filtering" },
  { id: "users", title: "User Mapping" },
] as const;

export type TabId = (typeof tabs)[number]["id"];

export const isTab = (text: string | undefined): text is TabId => tabs.some((tab) => tab.id === text);
