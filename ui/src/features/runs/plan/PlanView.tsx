import { useState } from "react";
import type { RunView } from "../../../ipc";
import { Banner, Columns, TextButton } from "../../../kit";
import { PlannedRecords } from "../ledger/PlannedRecords";
import type { RunActions } from "../useRunActions";
import { CompaniesCard } from "./companies/CompaniesCard";
import { DifferencesCard } from "./DifferencesCard";
import { firstPart, openQuestions, partsOf, PlanCounts, type PlanPart } from "./PlanCounts";
import { PlanSide } from "./PlanSide";
import { QuestionsCard } from "./questions/QuestionsCard";
import { RowFaults, rowFaults } from "./RowFaults";

/** What the run will do, part by part, before anything is written. */
export function PlanView({ view, actions }: { view: RunView; actions: RunActions }) {
  const { plan, summary } = view;
  const [chosen, setChosen] = useState<PlanPart | null>(null);
  // What was opened first stays open while its number falls to 0 by answering.
  const [first] = useState(() => firstPart(view));
  const wanted = chosen ?? first;
  const part = partsOf(view).some((one) => one.part === wanted) ? wanted : firstPart(view);
  return (
    <>
      {plan.replanned_sentence && summary.state === "planned" && (
        <Banner
          tone="warning"
          action={
            view.may.send && (
              <TextButton aria-disabled={actions.doing === "refresh" || undefined} onClick={actions.refresh}>
                {actions.doing === "refresh" ? "Checking…" : "Refresh"}
              </TextButton>
            )
          }
        >
          {plan.replanned_sentence} Look at the plan again before it is sent.
        </Banner>
      )}
      <PlanCounts view={view} selected={part} onSelect={setChosen} />
      <Columns width="19rem" side={<PlanSide view={view} actions={actions} />}>
        <PartContent view={view} part={part} />
      </Columns>
    </>
  );
}

function PartContent({ view, part }: { view: RunView; part: PlanPart }) {
  const { plan, summary } = view;
  const faults = rowFaults(view);
  switch (part) {
    case "ask":
      return (
        <>
          <QuestionsCard view={view} />
          {summary.object === "contact" && <CompaniesCard view={view} />}
          {openQuestions(plan) === 0 && <RowFaults faults={faults} />}
          {plan.update_records > 0 && <DifferencesCard view={view} />}
        </>
      );
    case "accounts":
      return (
        <>
          <CompaniesCard view={view} />
          <PlannedRecords key={part} view={view} title="Accounts to create" object="account" />
        </>
      );
    case "update":
    case "restore":
      return (
        <>
          <DifferencesCard view={view} />
          <RowFaults faults={faults} />
          <PlannedRecords
            key={part}
            view={view}
            title={part === "update" ? "Records to update" : "Records to restore"}
            action={part}
          />
        </>
      );
    case "create":
      return (
        <>
          <RowFaults faults={faults} />
          <PlannedRecords
            key={part}
            view={view}
            title="Records to create"
            action="create"
            object={summary.object}
          />
        </>
      );
    case "refuse":
      return (
        <>
          <RowFaults faults={faults} />
          <PlannedRecords key={part} view={view} title="Refused records" action="refuse" />
        </>
      );
    case "delete":
      return <PlannedRecords key={part} view={view} title="Records to delete" action="delete" />;
    case "skip":
      return (
        <PlannedRecords
          key={part}
          view={view}
          title={summary.kind === "undo" ? "Records that are left alone" : "Records that are left out"}
          action="skip"
        />
      );
  }
}
