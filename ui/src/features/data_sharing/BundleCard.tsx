import { useState } from "react";
import { size } from "../../format";
import { FaultBanner, Refusals, useRight, useStateChange } from "../../frame";
import { call, type SupportBundle } from "../../ipc";
import { Button, Card, Dialog, useToast } from "../../kit";
import styles from "./DataSharing.module.css";

/** What can be given to somebody who helps: looked at file by file before it is saved. */
export function BundleCard() {
  const right = useRight("make_support_bundle");
  const [bundle, setBundle] = useState<SupportBundle | null>(null);
  const { doing, fault, change } = useStateChange<"preview">();
  const preview = () =>
    void change("preview", async () => {
      setBundle(await call("support.preview", {}));
      return undefined;
    });
  return (
    <Card title="Support bundle">
      {fault && <FaultBanner fault={fault} />}
      <p className={styles.soft}>
        Settings, counts and the app’s log in one file, for somebody who helps. Every value is hashed. It is
        sent nowhere: you look at it, save it, and give it to whom you like.
      </p>
      <div>
        <Button
          busy={doing === "preview" && "Making it…"}
          offReason={right.refusal}
          reasonPlace="elsewhere"
          onClick={preview}
        >
          Look at the support bundle
        </Button>
      </div>
      <Refusals of={[right]} />
      {bundle && <BundleDialog bundle={bundle} onClose={() => setBundle(null)} />}
    </Card>
  );
}

function BundleDialog({ bundle, onClose }: { bundle: SupportBundle; onClose: () => void }) {
  const toast = useToast();
  const [shown, setShown] = useState(0);
  const { doing, fault, change } = useStateChange<"save">();
  const file = bundle.files[shown];
  const save = () =>
    void change("save", async () => {
      const saved = await call("support.save", {});
      if (saved) {
        toast({ text: `Saved the support bundle as “${saved.file_name}”.` });
        onClose();
      }
      return undefined;
    });
  return (
    <Dialog
      title="Support bundle"
      subtitle={`${bundle.promise} ${size(bundle.size_bytes)} as a file.`}
      width="wide"
      onClose={onClose}
      buttons={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button look="primary" busy={doing === "save" && "Saving…"} onClick={save}>
            Save the support bundle
          </Button>
        </>
      }
    >
      {fault && <FaultBanner fault={fault} />}
      <div className={styles.bundle}>
        <ul aria-label="Files">
          {bundle.files.map((one, index) => (
            <li key={one.name}>
              <button type="button" aria-current={index === shown || undefined} onClick={() => setShown(index)}>
                {one.name}
              </button>
            </li>
          ))}
        </ul>
        {file && (
          <pre tabIndex={0} role="group" aria-label={`Text of ${file.name}`}>
            {file.text}
          </pre>
        )}
      </div>
    </Dialog>
  );
}
