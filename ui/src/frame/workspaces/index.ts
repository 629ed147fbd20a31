/** Which org is written to, and the workspaces of this machine: open, make, rename, forget. */
export { OrgSwitcher } from "./OrgSwitcher";
