/** The page Audit log: who did what and when, with what was before and after. It only reads. */
export { AuditPage } from "./AuditPage";
