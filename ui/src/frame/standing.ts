import type { Standing } from "../ipc";

/** What somebody is to the integration, in the words of the core. */
export const standing_words: Record<Standing, string> = {
  primary_admin: "Primary admin",
  secondary_admin: "Admin",
  user: "User",
};
