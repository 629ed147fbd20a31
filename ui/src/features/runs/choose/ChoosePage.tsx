import { Activity } from "lucide-react";
import { count } from "../../../format";
import { FaultBanner, FaultState } from "../../../frame";
import {
  ActionBar,
  Button,
  ButtonLink,
  Card,
  Columns,
  EmptyState,
  Page,
  PageHeader,
  Path,
  Skeleton,
} from "../../../kit";
import { target_words } from "../../words";
import { PlanningCard } from "../PlanningCard";
import { steps } from "../steps";
import { usePlanning } from "../usePlanning";
import { ChoiceForm } from "./ChoiceForm";
import { OptionsCards, OwnerCard } from "./OptionsCards";
import { PreflightCard } from "./PreflightCard";
import { useChoice } from "./useChoice";

/** What is exported as what, what stands against it, and the button that makes the plan. */
export function ChoosePage() {
  const chosen = useChoice();
  const planning = usePlanning();
  const { lists, list, preflight, choice } = chosen;
  const records = preflight.data?.chosen_records;
  const off =
    chosen.limitError ??
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
          facts={
            list
              ? [
                  { label: "List", value: list.name },
                  { label: "As", value: target_words[chosen.target].many },
                ]
              : []
          }
          below={
            <Path
              steps={steps.export.map((title) => ({ title }))}
              now={planning.running ? (planning.progress?.step === "find_duplicates" ? 3 : 2) : 0}
            />
          }
        />
      }
      foot={
        choice &&
        records !== undefined && (
          <ActionBar
            strong="Nothing is written."
            text={off ?? "The plan shows every record first; you send it from there."}
          >
            {planning.running && planning.progress ? (
              <Button onClick={planning.cancel}>Cancel planning</Button>
            ) : (
              <ButtonLink href={`#/lists/${list?.list_id ?? ""}`}>Back to the list</ButtonLink>
            )}
            <Button
              look="primary"
              busy={planning.running !== null && "Planning…"}
              offReason={off}
              reasonPlace="elsewhere"
              onClick={() => planning.start("export.plan", choice)}
              data-next-step=""
            >
              Plan {count(records)} {records === 1 ? "record" : "records"}
            </Button>
          </ActionBar>
        )
      }
    >
      {planning.fault && <FaultBanner fault={planning.fault} />}
      {planning.running && <PlanningCard progress={planning.progress} />}
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
        <Columns
          sideFirst
          side={
            <>
              <PreflightCard
                preflight={preflight.data}
                fault={preflight.error}
                onRetry={() => void preflight.refetch()}
              />
              <OwnerCard options={chosen.options.data} />
            </>
          }
        >
          <ChoiceForm
            lists={lists.data.lists}
            list={list}
            onList={chosen.takeList}
            target={chosen.target}
            onTarget={chosen.setObject}
            selection={chosen.selection}
            onWholeList={chosen.takeWholeList}
            limit={chosen.limit}
            onLimit={chosen.setLimit}
            limitError={chosen.limitError}
          />
          <OptionsCards options={chosen.options} chosen={chosen.chosen} onChange={chosen.choose} />
        </Columns>
      )}
    </Page>
  );
}
