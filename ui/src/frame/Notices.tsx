import { useQuery } from "@tanstack/react-query";
import { Bell } from "lucide-react";
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from "react-aria-components";
import { counted } from "../format";
import { query, type AppState, type Fault, type RunPage, type RunState } from "../ipc";
import { Count } from "../kit";
import button from "../kit/Button.module.css";
import menu from "../kit/Menu.module.css";
import styles from "./Frame.module.css";
import panels from "./Panels.module.css";
import { useAppState } from "./useAppState";

interface Notice {
  key: string;
  text: string;
  href: string;
}

const open_states: Partial<Record<RunState, string>> = {
  waiting: "waits",
  sending: "is being sent",
  cancelling: "is being cancelled",
  planned: "is planned and not sent",
};

/** What lasts and may need somebody, made of the state and the newest runs. */
function noticesOf(state: AppState | undefined, runs: RunPage | undefined): Notice[] {
  const notices: Notice[] = [];
  const general = "#/integration/general";
  if (state && !state.org)
    notices.push({ key: "org", text: "No Salesforce org is connected.", href: general });
  if (state?.session === "signed_out") {
    notices.push({ key: "session", text: "Salesforce ended the session. Log in again.", href: general });
  }
  if (state?.token_trouble) {
    notices.push({ key: "tokens", text: state.token_trouble.sentence, href: general });
  }
  if (state?.accounts === "user" && state.org && (state.own_connection?.signed_out ?? true)) {
    notices.push({
      key: "own",
      text: state.own_connection
        ? "Salesforce ended the session of your own user. Log in again."
        : "Your own Salesforce user is not connected. Exports need it.",
      href: general,
    });
  }
  if (state?.org && state.failed_checks > 0) {
    const checks = counted(state.failed_checks, "check of the connection failed", "checks of the connection failed");
    notices.push({ key: "doctor", text: `${checks}. See the connection doctor.`, href: general });
  }
  if (state?.org && !state.exports_on) {
    notices.push({
      key: "off",
      text: "Exports are off. An admin turns them on in General Settings.",
      href: general,
    });
  }
  for (const run of runs?.runs ?? []) {
    const words = open_states[run.state];
    if (words)
      notices.push({
        key: `run${run.run}`,
        text: `Run ${run.run}, “${run.list_name}”, ${words}.`,
        href: `#/runs/${run.run}`,
      });
  }
  return notices;
}

export function Notices() {
  const state = useAppState().data;
  const runs = useQuery<RunPage, Fault>({
    ...query("runs.list", { search: "", kind: null, object: null, state: null, offset: 0, limit: 20 }),
    enabled: state !== undefined,
  }).data;
  const notices = noticesOf(state, runs);
  const label = notices.length === 1 ? "1 notice" : `${notices.length} notices`;
  return (
    <DialogTrigger>
      <AriaButton className={`${button.button} ${button.icon} ${styles.bell}`} aria-label={label}>
        <Bell size={16} strokeWidth={1.75} aria-hidden />
        {notices.length > 0 && (
          <span className={styles.bellCount} aria-hidden>
            <Count tone="filled">{notices.length}</Count>
          </span>
        )}
      </AriaButton>
      <Popover className={menu.popover ?? ""} placement="bottom end">
        <Dialog className={panels.notices ?? ""} aria-label="Notices">
          {({ close }) =>
            notices.length === 0 ? (
              <p className={panels.noNotice}>Nothing needs you now.</p>
            ) : (
              <ul>
                {notices.map((notice) => (
                  <li key={notice.key}>
                    <a href={notice.href} className={panels.notice} onClick={close}>
                      {notice.text}
                    </a>
                  </li>
                ))}
              </ul>
            )
          }
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
