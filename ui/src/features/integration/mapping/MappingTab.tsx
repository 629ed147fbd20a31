import { useEffect } from "react";
import { FaultState } from "../../../frame";
import type { Target } from "../../../ipc";
import { Banner, Card, SegmentedTabs, Skeleton } from "../../../kit";
import styles from "./Mapping.module.css";
import { MappingTable } from "./MappingTable";
import { SamplePager } from "./SamplePager";
import type { MappingDrafts } from "./useMappingDrafts";

const objects = [
  { id: "account", title: "Accounts" },
  { id: "contact", title: "Contacts" },
  { id: "lead", title: "Leads" },
] as const;

export function MappingTab({ drafts }: { drafts: MappingDrafts }) {
  const { object, look } = drafts;
  useEffect(look, [look]);
  const draft = drafts.of(object);
  const view = draft.preview;
  return (
    <SegmentedTabs<Target>
      name="mapping"
      label="Objects"
      tabs={objects.map((one) => ({
        ...one,
        unsaved: drafts.of(one.id).changed,
        toFix: drafts.of(one.id).errors.length,
      }))}
      selected={object}
      onSelect={drafts.setObject}
      beside={
        view?.sample && (
          <SamplePager
            sample={view.sample}
            index={draft.sample.index}
            onIndex={(index) => draft.setSample({ ...draft.sample, index })}
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
        {!draft.saved && !draft.readFault && (
          <Card>
            <Skeleton label="Reading the mapping" lines={8} />
          </Card>
        )}
        {draft.readFault && (
          <Card>
            <FaultState title="The mapping could not be read" fault={draft.readFault} onRetry={draft.retry} />
          </Card>
        )}
        {view && <MappingTable key={object} view={view} />}
      </div>
    </SegmentedTabs>
  );
}
