import { Building2, Contact, Target as TargetIcon } from "lucide-react";
import { createElement } from "react";
import { FaultBanner, FaultState } from "../../../frame";
import type { Target } from "../../../ipc";
import { Banner, Card, Field, IconTile, Skeleton, Switch } from "../../../kit";
import { target_words } from "../../words";
import styles from "../Integration.module.css";
import type { ExportDraft } from "./useExportDraft";

const icons = { account: Building2, contact: Contact, lead: TargetIcon };

const texts: Record<Target, string> = {
  account: "Companies become Accounts.",
  contact: "People become Contacts.",
  lead: "People become Leads.",
};

export function ExportTab({ draft }: { draft: ExportDraft }) {
  const { settings, lines } = draft;
  return (
    <>
      {draft.fault && <FaultBanner fault={draft.fault} />}
      {settings.data?.warnings.map((warning) => (
        <Banner key={warning} tone="warning">
          {warning}
        </Banner>
      ))}
      <Card title="What may be exported" note="For everybody in this workspace" ruled bare>
        {settings.isPending && <Skeleton label="Reading the settings" />}
        {settings.isError && (
          <FaultState
            title="The settings could not be read"
            fault={settings.error}
            onRetry={() => void settings.refetch()}
          />
        )}
        <ul>
          {lines.map((line) => {
            const { many } = target_words[line.object];
            const changed = line.allowedChanged || line.limitChanged;
            return (
              <li key={line.object} className={styles.object} data-changed={changed || undefined}>
                <IconTile>{createElement(icons[line.object], { size: 16, strokeWidth: 1.75 })}</IconTile>
                <div className={styles.objectWords}>
                  <h3>{many}</h3>
                  <p>{texts[line.object]}</p>
                </div>
                <Switch
                  label={`${many} may be exported`}
                  on={line.allowed}
                  onChange={(allowed) => draft.edit(line.object, { allowed })}
                />
                <Field
                  className={styles.limit ?? ""}
                  label={`${many} at most at one time`}
                  required
                  kind="number"
                  value={line.limit}
                  error={draft.showsError(line.object) ? line.error : null}
                  hint="1 to 100,000. 26 or more go by Bulk API 2.0."
                  onChange={(limit) => draft.edit(line.object, { limit })}
                  onBlur={() => draft.leave(line.object)}
                />
              </li>
            );
          })}
        </ul>
      </Card>
      <Card>
        <p className={styles.note}>
          Duplicate handling, account association and campaigns are set here in a later version. Until then an
          export creates new records only, and the same profile twice in one run is refused the second time.
        </p>
      </Card>
    </>
  );
}
