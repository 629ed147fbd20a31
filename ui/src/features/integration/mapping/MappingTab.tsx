import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { FaultState } from "../../../frame";
import { query, type Fault, type MappingView, type Target } from "../../../ipc";
import { Banner, Card, SegmentedTabs, Skeleton } from "../../../kit";
import styles from "./Mapping.module.css";
import { MappingTable } from "./MappingTable";
import { SamplePager } from "./SamplePager";

const objects = [
  { id: "account", title: "Accounts" },
  { id: "contact", title: "Contacts" },
  { id: "lead", title: "Leads" },
] as const;

export function MappingTab() {
  const [object, setObject] = useState<Target>("contact");
  const [samples, setSamples] = useState<Record<Target, number>>({ account: 0, contact: 0, lead: 0 });
  const sample = samples[object];
  const mapping = useQuery<MappingView, Fault>({
    ...query("mapping.show", { object, list_id: null, sample }),
    placeholderData: (before) => (before?.object === object ? before : undefined),
  });
  const view = mapping.data;
  return (
    <SegmentedTabs<Target>
      name="mapping"
      label="Objects"
      tabs={objects}
      selected={object}
      onSelect={setObject}
      beside={
        view?.sample && (
          <SamplePager
            sample={view.sample}
            index={sample}
            onIndex={(index) => setSamples({ ...samples, [object]: index })}
          />
        )
      }
    >
      <div className={styles.mapping}>
        {view && !view.described && (
          <Banner tone="info" action={<a href="#/integration/general">Connect an org</a>}>
            Types, lengths and picklists are unknown until an org is connected.
          </Banner>
        )}
        {view?.problems.map((problem) => (
          <Banner key={problem} tone="danger">
            {problem}
          </Banner>
        ))}
        {mapping.isPending && (
          <Card>
            <Skeleton label="Reading the mapping" lines={8} />
          </Card>
        )}
        {mapping.isError && (
          <Card>
            <FaultState
              title="The mapping could not be read"
              fault={mapping.error}
              onRetry={() => void mapping.refetch()}
            />
          </Card>
        )}
        {view && <MappingTable key={object} view={view} />}
        <p className={styles.note}>
          This is the mapping that every export uses. It is shown, not edited: editing, testing and its
          history come in a later version.
        </p>
      </div>
    </SegmentedTabs>
  );
}
