import { useQuery } from "@tanstack/react-query";
import { Activity } from "lucide-react";
import { useState } from "react";
import { count } from "../../format";
import { FaultBanner, FaultState } from "../../frame";
import {
  query,
  type ExportChoice,
  type Fault,
  type Lists,
  type Preflight,
  type Selection,
  type Target,
} from "../../ipc";
import {
  ActionBar,
  Button,
  ButtonLink,
  Card,
  EmptyState,
  Page,
  PageHeader,
  Path,
  Progress,
  Skeleton,
  useDelayed,
} from "../../kit";
import { targetsOf } from "../words";
import { ChoiceForm } from "./ChoiceForm";
import { chosenForExport } from "./choice";
import { PreflightCard } from "./PreflightCard";
import { readLimit } from "./limit";
import { steps } from "./steps";
import { usePlanning } from "./usePlanning";

/** What is exported as what, what stands against it, and the button that makes the plan. */
export function ChoosePage() {
  const chosen = chosenForExport();
  const [listId, setListId] = useState<number | null>(chosen?.list_id ?? null);
  const [object, setObject] = useState<Target>(chosen?.object ?? "lead");
  const [selection, setSelection] = useState<Selection>(chosen?.selection ?? { kind: "all" });
  const [limit, setLimit] = useState("");
  const planning = usePlanning();
  const lists = useQuery<Lists, Fault>(query("lists.list", { search: "" }));
  const list = lists.data?.lists.find((one) => one.list_id === listId) ?? lists.data?.lists[0];
  const target =
    list && !targetsOf(list.kind).includes(object) ? (targetsOf(list.kind)[0] ?? object) : object;
  const limitRead = readLimit(limit);
  const choice: ExportChoice | null = list
    ? {
        object: target,
        list_id: list.list_id,
        selection: list.list_id === listId ? selection : { kind: "all" },
        limit_records: limitRead.records,
      }
    : null;
  const asked = useDelayed(JSON.stringify(choice));
  const asked_choice = JSON.parse(asked) as ExportChoice | null;
  const preflight = useQuery<Preflight, Fault>({
    queryKey: ["export.preflight", asked],
    queryFn: query("export.preflight", asked_choice ?? emptyChoice).queryFn,
    enabled: asked_choice !== null,
    gcTime: 0,
    placeholderData: (before) => before,
  });
  const records = preflight.data?.chosen_records;
  const off =
    limitRead.error ??
    (preflight.isError
      ? "It could not be checked whether this may be exported."
      : preflight.data && preflight.data.refusals.length > 0
        ? "Mend what stands against it first."
        : records === 0
          ? "There is no profile to export."
          : null);

  return (
    <Page
      header={
        <PageHeader
          icon={Activity}
          title="New export"
          facts={list ? [{ label: "List", value: list.name }] : []}
          below={<Path steps={steps.map((title) => ({ title }))} now={planning.running ? 2 : 0} />}
        />
      }
      foot={
        choice &&
        records !== undefined && (
          <ActionBar
            strong="Nothing is written."
            text="The plan shows every record first; you send it from there."
          >
            {planning.running && planning.progress ? (
              <Button onClick={planning.cancel}>Cancel planning</Button>
            ) : (
              <ButtonLink href={`#/lists/${list?.list_id ?? ""}`}>Back to the list</ButtonLink>
            )}
            <Button
              look="primary"
              busy={planning.running && "Planning…"}
              offReason={off}
              reasonPlace="elsewhere"
              onClick={() => planning.start(choice)}
              data-next-step=""
            >
              Plan {count(records)} {records === 1 ? "record" : "records"}
            </Button>
          </ActionBar>
        )
      }
    >
      {planning.fault && <FaultBanner fault={planning.fault} />}
      {planning.running && (
        <Card title="Making the plan">
          <Progress
            label="Profiles mapped"
            {...(planning.progress
              ? { done: planning.progress.mapped_records, total: planning.progress.total_records }
              : {})}
          />
          <span>
            {planning.progress
              ? `${count(planning.progress.mapped_records)} of ${count(planning.progress.total_records)} profiles mapped`
              : "Reading the mapping and the org’s fields"}
          </span>
        </Card>
      )}
      {lists.isPending && <Skeleton label="Reading the lists" />}
      {lists.isError && (
        <Card>
          <FaultState
            title="Lists could not be read"
            fault={lists.error}
            onRetry={() => void lists.refetch()}
          />
        </Card>
      )}
      {lists.data?.total_lists === 0 && (
        <Card>
          <EmptyState
            title="No list to export"
            text="Import a ZoomInfo file or the sample lists first."
            actions={
              <ButtonLink look="primary" href="#/lists">
                Open Lists
              </ButtonLink>
            }
          />
        </Card>
      )}
      {list && lists.data && (
        <>
          <ChoiceForm
            lists={lists.data.lists}
            list={list}
            onList={(id) => {
              setListId(id);
              setSelection({ kind: "all" });
            }}
            target={target}
            onTarget={setObject}
            selection={list.list_id === listId ? selection : { kind: "all" }}
            onWholeList={() => setSelection({ kind: "all" })}
            limit={limit}
            onLimit={setLimit}
            limitError={limitRead.error}
          />
          <PreflightCard
            preflight={preflight.data}
            fault={preflight.error}
            onRetry={() => void preflight.refetch()}
          />
        </>
      )}
    </Page>
  );
}

const emptyChoice: ExportChoice = {
  object: "lead",
  list_id: 0,
  selection: { kind: "all" },
  limit_records: null,
};
