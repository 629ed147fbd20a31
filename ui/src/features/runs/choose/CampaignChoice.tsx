import { useQuery } from "@tanstack/react-query";
import { Megaphone, X } from "lucide-react";
import { useState } from "react";
import { FaultBanner } from "../../../frame";
import { query, type CampaignChoice as Chosen, type Campaigns, type Fault } from "../../../ipc";
import { Button, Card, Combobox, Labelled, Select, useDelayed, type ComboboxGroup } from "../../../kit";
import styles from "./Choose.module.css";

/** The campaign that the exported people are added to, found by typing, with the status that they get. */
export function CampaignChoice({
  value,
  onChange,
}: {
  value: Chosen | null;
  onChange: (campaign: Chosen | null) => void;
}) {
  const [typed, setTyped] = useState("");
  const search = useDelayed(typed.trim());
  const found = useQuery<Campaigns, Fault>({
    ...query("export.campaigns", { search }),
    placeholderData: (before) => before,
  });
  /** The preflight beside it says what is to be mended. */
  const no_session = found.error?.code === "not_connected" || found.error?.code === "signed_out";
  const chosen = found.data?.campaigns.find((one) => one.campaign_id === value?.campaign_id);
  const [statuses, setStatuses] = useState<string[]>([]);
  const known = chosen?.statuses ?? statuses;
  const groups = (): ComboboxGroup[] => [
    {
      label: found.data?.has_more ? "Campaigns, the first 50: type to narrow them" : "Campaigns",
      options: (found.data?.campaigns ?? []).map((one) => ({
        key: one.campaign_id,
        label: one.name,
        code: one.campaign_id,
        icon: <Megaphone size={14} strokeWidth={1.75} aria-hidden />,
        off: one.statuses.length === 0 ? "it has no member status" : null,
      })),
    },
  ];
  const choose = (id: string) => {
    const campaign = found.data?.campaigns.find((one) => one.campaign_id === id);
    const status = campaign?.statuses[0];
    if (!campaign || status === undefined) return;
    setStatuses(campaign.statuses);
    onChange({ campaign_id: campaign.campaign_id, name: campaign.name, status });
  };
  return (
    <Card title="Campaign" note="Optional: everybody who is created or updated becomes a member">
      {no_session && <p className={styles.soft}>Campaigns can be found once what Preflight names is mended.</p>}
      {found.isError && !no_session && (
        <FaultBanner
          fault={found.error}
          action={
            <Button size="small" onClick={() => void found.refetch()}>
              Try again
            </Button>
          }
        />
      )}
      <div className={styles.campaign}>
        <Labelled label="Campaign">
          <Combobox
            label={value ? `Campaign, ${value.name}` : "Campaign"}
            groups={groups}
            value={value?.campaign_id ?? null}
            noun="campaigns"
            placeholder="None. Type a name to find one"
            onType={setTyped}
            onChoose={choose}
          >
            {value && value.name}
          </Combobox>
        </Labelled>
        {value && (
          <>
            <Select
              label="Member status"
              value={value.status}
              options={(known.includes(value.status) ? known : [value.status, ...known]).map((status) => ({
                key: status,
                text: status,
              }))}
              onChange={(status) => onChange({ ...value, status })}
            />
            <Button
              look="quiet"
              icon={<X size={14} strokeWidth={1.75} aria-hidden />}
              onClick={() => onChange(null)}
            >
              No campaign
            </Button>
          </>
        )}
      </div>
    </Card>
  );
}
