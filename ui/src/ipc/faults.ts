import type { Code, Fault } from "./generated/contract";

/** What a fault's button leads to. */
export type FaultButton = { text: string; href: string } | null;

interface FaultLook {
  tone: "danger" | "warning" | "info";
  title: string;
  button: FaultButton;
}

const general = (text: string): FaultButton => ({ text, href: "#/integration/general" });

/** The one table: how each code looks and where its first mend is. The sentence comes with the fault. */
const looks: Record<Code, FaultLook> = {
  unknown_call: { tone: "danger", title: "The app does not know this request", button: null },
  bad_parameters: { tone: "danger", title: "The request was not understood", button: null },
  not_found: { tone: "warning", title: "It is not there any more", button: null },
  invalid: { tone: "danger", title: "Something is to be mended first", button: null },
  name_taken: { tone: "danger", title: "The name is taken", button: null },
  bad_file: { tone: "danger", title: "The file cannot be imported", button: null },
  file_system: { tone: "danger", title: "The file could not be read or written", button: null },
  cancelled: { tone: "info", title: "Cancelled", button: null },
  refused: { tone: "warning", title: "Not allowed", button: null },
  not_allowed: { tone: "warning", title: "You may not do this", button: null },
  wrong_state: { tone: "warning", title: "Not possible now", button: null },
  not_connected: {
    tone: "warning",
    title: "No Salesforce org is connected",
    button: general("Connect an org"),
  },
  signed_out: { tone: "warning", title: "Salesforce ended the session", button: general("Log in") },
  tokens_closed: {
    tone: "warning",
    title: "The saved login cannot be read",
    button: general("General Settings"),
  },
  login_failed: { tone: "danger", title: "The login did not succeed", button: null },
  unreachable: { tone: "warning", title: "Salesforce could not be reached", button: null },
  limit_reached: { tone: "warning", title: "A limit is reached", button: null },
  permission_missing: {
    tone: "warning",
    title: "A permission is missing in Salesforce",
    button: general("Open the connection doctor"),
  },
  salesforce: { tone: "danger", title: "Salesforce refused it", button: null },
  workspace: { tone: "danger", title: "The workspace could not be read or written", button: null },
  newer_workspace: { tone: "danger", title: "The workspace is from a newer version", button: null },
  workspace_busy: { tone: "warning", title: "Another window uses this workspace", button: null },
  not_here: { tone: "info", title: "Not available here", button: null },
  internal: { tone: "danger", title: "Something went wrong inside the app", button: null },
};

export const faultTone = (fault: Fault) => (looks[fault.code] ?? looks.internal).tone;
export const faultTitle = (fault: Fault) => (looks[fault.code] ?? looks.internal).title;
export const faultButton = (fault: Fault) => (looks[fault.code] ?? looks.internal).button;

export function isFault(value: unknown): value is Fault {
  return typeof value === "object" && value !== null && "code" in value && "sentence" in value;
}

/** Whatever a call rejected with, as a fault: also what never came from the engine. */
export function toFault(reason: unknown): Fault {
  if (isFault(reason)) return reason;
  return {
    code: "internal",
    sentence:
      "The app’s window could not talk to its core. Close the app and start it again; nothing is lost.",
    detail: reason instanceof Error ? reason.message : String(reason),
    field: null,
  };
}
