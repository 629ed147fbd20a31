import type { UseQueryResult } from "@tanstack/react-query";
import { UserRound } from "lucide-react";
import { FaultState } from "../../../frame";
import type { ExportOptions, Fault } from "../../../ipc";
import { Card, Checkbox, Skeleton } from "../../../kit";
import { CampaignChoice } from "./CampaignChoice";
import styles from "./Choose.module.css";
import { DuplicateChoice } from "./DuplicateChoice";
import type { ChosenOptions } from "./useChoice";

/** Everything that may be chosen beside the profiles: duplicates, campaign, alerting rules. */
export function OptionsCards({
  options,
  chosen,
  onChange,
}: {
  options: UseQueryResult<ExportOptions, Fault>;
  chosen: ChosenOptions;
  onChange: (change: Partial<ChosenOptions>) => void;
}) {
  if (options.isPending)
    return (
      <Card title="Duplicates">
        <Skeleton label="Reading what may be chosen" lines={3} />
      </Card>
    );
  if (options.isError)
    return (
      <Card title="Duplicates">
        <FaultState
          title="What may be chosen could not be read"
          fault={options.error}
          onRetry={() => void options.refetch()}
        />
      </Card>
    );
  const { data } = options;
  return (
    <>
      <DuplicateChoice
        options={data}
        value={chosen.on_duplicate}
        onChange={(on_duplicate) => onChange({ on_duplicate })}
      />
      {data.campaigns && (
        <CampaignChoice value={chosen.campaign} onChange={(campaign) => onChange({ campaign })} />
      )}
      <Card title="The org’s duplicate rules">
        <div className={styles.option}>
          <Checkbox
            selected={chosen.save_past_alerts}
            onChange={(save_past_alerts) => onChange({ save_past_alerts })}
          >
            Save past alerting duplicate rules
          </Checkbox>
          <p>
            A rule that only alerts would stop a record here, because nobody sees the alert. With this it is
            saved all the same, by another call. Rules that block still refuse it. Bulk API 2.0 cannot save past
            a rule, so what it refuses is sent again, 200 records a call.
          </p>
        </div>
      </Card>
    </>
  );
}

/** Who will own what is created. */
export function OwnerCard({ options }: { options: ExportOptions | undefined }) {
  if (!options?.owner_sentence) return null;
  return (
    <Card title="Owner of new records">
      <p className={styles.owner}>
        <UserRound size={16} strokeWidth={1.75} aria-hidden />
        <span>{options.owner_sentence}</span>
      </p>
    </Card>
  );
}
