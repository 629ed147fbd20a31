import { FaultBanner, FaultState, useRight } from "../../../frame";
import { Banner, Card, Columns, Skeleton } from "../../../kit";
import { AssignmentCard } from "./AssignmentCard";
import { AssociationCard } from "./AssociationCard";
import { BudgetCard } from "./BudgetCard";
import { ObjectCard } from "./ObjectCard";
import type { ExportDraft } from "./useExportDraft";

/** What may be exported, and what decides about duplicates, accounts, owners and calls. */
export function ExportTab({ draft }: { draft: ExportDraft }) {
  const { settings } = draft;
  const lockedBy = useRight("change_export_settings").refusal;
  if (settings.isError && !draft.draft)
    return (
      <Card>
        <FaultState
          title="The settings could not be read"
          fault={settings.error}
          onRetry={() => void settings.refetch()}
        />
      </Card>
    );
  if (!draft.draft)
    return (
      <Card>
        <Skeleton label="Reading the settings" lines={8} />
      </Card>
    );
  const { objects, rules } = draft.draft;
  return (
    <>
      {draft.fault && <FaultBanner fault={draft.fault} />}
      {lockedBy && <Banner tone="info">{lockedBy}</Banner>}
      {settings.data?.warnings.map((warning) => (
        <Banner key={warning} tone="warning">
          {warning}
        </Banner>
      ))}
      <Columns
        side={
          <>
            <AssociationCard rules={rules} lockedBy={lockedBy} onChange={draft.editRules} />
            <AssignmentCard
              rule={rules.bulk_assignment_rule}
              lockedBy={lockedBy}
              onChange={(bulk_assignment_rule) => draft.editRules({ bulk_assignment_rule })}
            />
            <BudgetCard
              budget={rules.budget}
              used={settings.data?.used_calls_today ?? 0}
              error={draft.errorAt("budget")}
              lockedBy={lockedBy}
              onChange={(budget) => draft.editRules({ budget })}
              onLeave={() => draft.leave("budget")}
            />
          </>
        }
      >
        {objects.map((line) => (
          <ObjectCard key={line.object} line={line} draft={draft} lockedBy={lockedBy} />
        ))}
      </Columns>
    </>
  );
}
