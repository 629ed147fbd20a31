/** General Settings: the connection, the master toggle, API calls, and where tokens are kept. */
export { GeneralTab } from "./GeneralTab";
