import { useQuery, useQueryClient } from "@tanstack/react-query";
import { HardDrive, ShieldCheck } from "lucide-react";
import { useState } from "react";
import { counted, size } from "../../format";
import { FaultBanner, FaultState, Refusals, useAppState, useRight, useStateChange } from "../../frame";
import { call, query, type Fault, type StoredData, type StoredItem } from "../../ipc";
import { Button, Card, Columns, ConfirmDialog, Page, PageHeader, Skeleton, useToast } from "../../kit";
import { BundleCard } from "./BundleCard";
import styles from "./DataSharing.module.css";

const stored_query = query("stored_data.show", {});

/** What is stored here and where, what leaves the machine, and how each is deleted. */
export function DataSharingPage() {
  const stored = useQuery<StoredData, Fault>({ ...stored_query, refetchOnMount: "always" });
  const [deleting, setDeleting] = useState<StoredItem | null>(null);
  const right = useRight("delete_stored_data");
  return (
    <Page
      header={
        <PageHeader
          icon={HardDrive}
          title="Data sharing"
          facts={stored.data ? [{ value: `${size(stored.data.total_bytes)} on this machine` }] : []}
        />
      }
    >
      {stored.isPending && <Skeleton label="Measuring what is stored" lines={8} />}
      {stored.isError && (
        <Card>
          <FaultState
            title="What is stored could not be measured"
            fault={stored.error}
            onRetry={() => void stored.refetch()}
          />
        </Card>
      )}
      {stored.data && (
        <Columns
          width="23rem"
          side={
            <>
              <TalksTo talks_to={stored.data.talks_to} />
              <BundleCard />
            </>
          }
        >
          <Card title="What is stored here" bare ruled note={<Refusals of={[right]} />}>
            <ul className={styles.items}>
              {stored.data.items.map((item) => (
                <Item key={item.kind} item={item} off={right.refusal} onDelete={() => setDeleting(item)} />
              ))}
            </ul>
          </Card>
        </Columns>
      )}
      {deleting && <DeleteDialog item={deleting} onClose={() => setDeleting(null)} />}
    </Page>
  );
}

function TalksTo({ talks_to }: { talks_to: string[] }) {
  return (
    <Card title="What leaves this machine">
      <p className={styles.promise}>
        <ShieldCheck size={16} strokeWidth={1.75} aria-hidden />
        <span>No telemetry: Landbridge tells nobody how it is used.</span>
      </p>
      <ul className={styles.talks}>
        {talks_to.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Card>
  );
}

function Item({
  item,
  off,
  onDelete,
}: {
  item: StoredItem;
  off: string | undefined;
  onDelete: () => void;
}) {
  const measures = [
    item.records === null ? null : counted(item.records, "record", "records"),
    item.size_bytes === null ? null : size(item.size_bytes),
  ].filter((one) => one !== null);
  return (
    <li className={styles.item}>
      <div className={styles.words}>
        <h3>{item.label}</h3>
        <p>{item.purpose}</p>
        <code>{item.place}</code>
        {item.refusal !== null && <p className={styles.refusal}>{item.refusal}</p>}
        {item.deleting === null && <p className={styles.refusal}>It cannot be deleted alone.</p>}
        {item.kind === "tokens" && <a href="#/integration/general">Disconnect in General Settings…</a>}
      </div>
      <span className={styles.measures}>
        {measures.length === 0 ? "—" : measures.map((measure) => <span key={measure}>{measure}</span>)}
      </span>
      {item.deleting !== null && (
        <Button
          look="danger"
          size="bar"
          offReason={off ?? item.refusal}
          reasonPlace="elsewhere"
          aria-label={`Delete ${item.label}`}
          onClick={onDelete}
        >
          Delete
        </Button>
      )}
    </li>
  );
}

function DeleteDialog({ item, onClose }: { item: StoredItem; onClose: () => void }) {
  const client = useQueryClient();
  const toast = useToast();
  const org = useAppState().data?.org;
  const { doing, fault, change } = useStateChange<"delete">();
  const remove = async () => {
    const done = await change("delete", async () => {
      const now = await call("stored_data.delete", { kind: item.kind });
      await client.invalidateQueries();
      client.setQueryData(stored_query.queryKey, now);
      return undefined;
    });
    if (!done) return;
    toast({ text: `${item.label} deleted.` });
    onClose();
  };
  return (
    <ConfirmDialog
      title={`Delete ${item.label.toLowerCase()}?`}
      text={`${item.deleting ?? ""} This cannot be undone. Nothing changes in Salesforce.`}
      verb={`Delete ${item.label.toLowerCase()}`}
      busy={doing === "delete" && "Deleting…"}
      typeToConfirm={org?.kind === "production" ? org.name : undefined}
      error={fault && <FaultBanner fault={fault} />}
      onConfirm={() => void remove()}
      onClose={onClose}
    />
  );
}
