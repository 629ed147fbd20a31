import { Send, Undo2 } from "lucide-react";
import { useState } from "react";
import { count, counted } from "../../../format";
import { useAppState, useRight, type RightTo } from "../../../frame";
import type { AppState, RunView } from "../../../ipc";
import { ActionBar, Button, ConfirmDialog, OrgBadge } from "../../../kit";
import { placeOf } from "../../words";
import type { RunActions } from "../useRunActions";

/** Records that sending would write. */
export const recordsToSend = ({ plan }: RunView): number =>
  plan.create_records + plan.update_records + plan.delete_records + plan.restore_records;

/** Why nothing can be sent now, with a mend that whoever reads it may do. */
function offReason(
  view: RunView,
  state: AppState | undefined,
  connecting: RightTo,
  turning: RightTo,
): string | null {
  const { may, summary } = view;
  if (!may.send) return recordsToSend(view) === 0 ? "There is nothing to send." : summary.state_sentence;
  if (!state) return null;
  const own = state.own_connection;
  if (state.accounts === "user" && state.org) {
    if (summary.started_by === state.operator.name && (!own || own.signed_out))
      return "Connect your Salesforce user in General Settings first.";
  } else if (state.session !== "connected") {
    return connecting.refusal === undefined
      ? "Log in to Salesforce in General Settings first."
      : `Nobody is logged in to Salesforce. ${connecting.refusal}`;
  }
  if (state.exports_on) return null;
  return turning.refusal === undefined
    ? "Exports are off. Turn them on in General Settings first."
    : `Exports are off. ${turning.refusal}`;
}

/** What goes along with sending, in one sentence each. */
function notes({ plan }: RunView): string {
  const waiting = plan.ask_records;
  return [
    ...(waiting > 0
      ? [
          `${counted(waiting, "record waits for an answer and stays", "records wait for an answer and stay")} out.`,
        ]
      : []),
    ...(plan.noted_records > 0
      ? [`${counted(plan.noted_records, "record goes", "records go")} out with a value changed or left out.`]
      : []),
    ...(plan.create_account_records > 0
      ? [`${counted(plan.create_account_records, "account is", "accounts are")} created first.`]
      : []),
  ].join(" ");
}

/** What the button does; where only memberships of a campaign are left to write, it says so. */
function sendWords(view: RunView): string {
  const { summary, members, options } = view;
  const records = recordsToSend(view);
  const undo = summary.kind === "undo";
  const waiting = members?.waiting_members ?? 0;
  if (records === 0 && waiting > 0) {
    const people = counted(waiting, "member", "members");
    const campaign = `“${options.campaign?.name ?? ""}”`;
    return undo ? `Take ${people} out of ${campaign} in` : `Add ${people} to ${campaign} in`;
  }
  return `${undo ? "Undo" : "Send"} ${counted(records, "record", "records")} ${undo ? "in" : "to"}`;
}

/** The bar that sends. It is reached by Tab and pressed by itself; no key of the page does it. */
export function PlanFoot({ view, actions }: { view: RunView; actions: RunActions }) {
  const state = useAppState().data;
  const [asking, setAsking] = useState(false);
  const { plan, summary } = view;
  const records = recordsToSend(view);
  const where = placeOf(summary);
  const off = offReason(view, state, useRight("connect"), useRight("turn_exports"));
  const undo = summary.kind === "undo";
  const verb = sendWords(view);
  const production = summary.org_kind === "production";
  return (
    <ActionBar strong="Nothing has been written yet." text={off ?? notes(view)}>
      {production && <OrgBadge kind="production" />}
      <Button busy={actions.doing === "cancel" && "Cancelling…"} onClick={actions.cancel}>
        Cancel run
      </Button>
      <Button
        look="primary"
        icon={
          undo ? (
            <Undo2 size={14} strokeWidth={1.75} aria-hidden />
          ) : (
            <Send size={14} strokeWidth={1.75} aria-hidden />
          )
        }
        busy={actions.doing === "send" && "Starting…"}
        offReason={off}
        reasonPlace="elsewhere"
        onClick={undo ? () => setAsking(true) : actions.send}
      >
        {verb} {where}
      </Button>
      {asking && (
        <ConfirmDialog
          title={`Undo ${counted(records, "record", "records")} in ${where}?`}
          text={`${count(plan.delete_records)} are deleted, they go to Salesforce’s Recycle Bin for 15 days, and ${count(
            plan.restore_records,
          )} get the values that they had before. ${count(plan.skip_records)} are left alone.`}
          verb={`Undo ${counted(records, "record", "records")}`}
          keep="Do not undo"
          typeToConfirm={production ? summary.org_name : undefined}
          onConfirm={() => {
            setAsking(false);
            actions.send();
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </ActionBar>
  );
}
