/** The page Data sharing: what is stored on this machine and where, what leaves it, deleting it, the support bundle. */
export { DataSharingPage } from "./DataSharingPage";
