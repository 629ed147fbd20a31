/**
 * General Settings: the connection and its user, who connects, the master toggle, API calls, the connection doctor, and
 * where tokens are kept. Who may do what is the core's word: a control that is off says its refusal.
 */
export { GeneralTab } from "./GeneralTab";
