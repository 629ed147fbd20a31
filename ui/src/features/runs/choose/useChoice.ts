import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import {
  query,
  type CampaignChoice,
  type DuplicateAction,
  type ExportChoice,
  type ExportOptions,
  type Fault,
  type Lists,
  type Preflight,
  type Selection,
  type Target,
} from "../../../ipc";
import { useDelayed } from "../../../kit";
import { targetsOf } from "../../words";
import { chosenForExport } from "./choice";
import { readLimit } from "./limit";

/** What is chosen beside the profiles. */
export interface ChosenOptions {
  on_duplicate: DuplicateAction | null;
  campaign: CampaignChoice | null;
  save_past_alerts: boolean;
}

const whole_list: Selection = { kind: "all" };

/** The choice as it stands, and what the engine says of it. */
export function useChoice() {
  const [begun] = useState(chosenForExport);
  const [listId, setListId] = useState<number | null>(begun?.list_id ?? null);
  const [object, setObject] = useState<Target>(begun?.object ?? "lead");
  const [selection, setSelection] = useState<Selection>(begun?.selection ?? whole_list);
  const [limit, setLimit] = useState("");
  const [chosen, setChosen] = useState<ChosenOptions>({
    on_duplicate: null,
    campaign: null,
    save_past_alerts: false,
  });
  const lists = useQuery<Lists, Fault>(query("lists.list", { search: "" }));
  const list = lists.data?.lists.find((one) => one.list_id === listId) ?? lists.data?.lists[0];
  const target =
    list && !targetsOf(list.kind).includes(object) ? (targetsOf(list.kind)[0] ?? object) : object;
  const options = useQuery<ExportOptions, Fault>({
    ...query("export.options", { object: target }),
    enabled: list !== undefined,
  });
  const limit_read = readLimit(limit);
  const taken = list?.list_id === listId ? selection : whole_list;
  const offered = options.data?.offered ?? [];
  const choice: ExportChoice | null = list
    ? {
        object: target,
        list_id: list.list_id,
        selection: taken,
        limit_records: limit_read.records,
        // What was chosen for another object may not be offered for this one.
        on_duplicate:
          chosen.on_duplicate && offered.includes(chosen.on_duplicate) ? chosen.on_duplicate : null,
        campaign: options.data?.campaigns ? chosen.campaign : null,
        save_past_alerts: chosen.save_past_alerts,
        as_email: null,
      }
    : null;
  const asked = useDelayed(JSON.stringify(choice));
  const asked_choice = JSON.parse(asked) as ExportChoice | null;
  const preflight = useQuery<Preflight, Fault>({
    queryKey: ["export.preflight", asked],
    queryFn: query("export.preflight", asked_choice ?? nothing).queryFn,
    enabled: asked_choice !== null,
    gcTime: 0,
    placeholderData: (before) => before,
  });
  return {
    lists,
    list,
    target,
    selection: taken,
    options,
    chosen,
    limit,
    limitError: limit_read.error,
    choice,
    preflight,
    setObject,
    setLimit,
    choose: (change: Partial<ChosenOptions>) => setChosen((now) => ({ ...now, ...change })),
    takeList: (id: number) => {
      setListId(id);
      setSelection(whole_list);
    },
    takeWholeList: () => setSelection(whole_list),
  };
}

const nothing: ExportChoice = {
  object: "lead",
  list_id: 0,
  selection: whole_list,
  limit_records: null,
  on_duplicate: null,
  campaign: null,
  save_past_alerts: false,
  as_email: null,
};
