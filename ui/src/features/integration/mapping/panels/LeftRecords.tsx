import type { TestRecord } from "../../../../ipc";
import { FaultBanner } from "../../../../frame";
import { Button, TextButton, useToast } from "../../../../kit";
import type { MappingDraft } from "../useMappingDraft";
import styles from "./Test.module.css";
import type { MappingTesting } from "./useMappingTest";

/** Records of a test that are, or may be, still in the org: where they are, and deleting them. */
export function LeftRecords({
  draft,
  testing,
  records,
}: {
  draft: MappingDraft;
  testing: MappingTesting;
  records: TestRecord[];
}) {
  const toast = useToast();
  const clean = async () => {
    if (await testing.clean()) {
      toast({ text: records.length === 1 ? "The test record is deleted." : "The test records are deleted." });
    }
  };
  const fault = testing.recordFault && <FaultBanner fault={testing.recordFault} />;
  if (records.length === 0) return fault;
  const may_not = draft.saved?.may_edit === false ? draft.saved.may_edit_sentence : null;
  return (
    <section className={styles.left} aria-label="Left in Salesforce">
      <ul>
        {records.map((record, index) => {
          const id = record.salesforce_id;
          return (
            <li key={id ?? index}>
              <strong>{record.object}</strong> {id && <code>{id}</code>} <span>{record.sentence}</span>{" "}
              {id && (
                <TextButton
                  aria-label={`Open ${record.object} ${id} in Salesforce`}
                  onClick={() => testing.openRecord(id)}
                >
                  Open in Salesforce
                </TextButton>
              )}
            </li>
          );
        })}
      </ul>
      <div>
        <Button
          look="danger"
          size="small"
          busy={testing.cleaning && "Deleting…"}
          offReason={may_not}
          onClick={() => void clean()}
        >
          {records.length === 1 ? "Delete the test record" : `Delete ${records.length} test records`}
        </Button>
      </div>
      {fault}
    </section>
  );
}
