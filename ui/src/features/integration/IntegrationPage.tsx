import { Plug } from "lucide-react";
import { momentWithin } from "../../format";
import { goTo, useAppState } from "../../frame";
import { Content, Field, PageHeader, SaveBar, TabBar, TabPanel, type Fact } from "../../kit";
import type { Act, AppState, SavedMapping } from "../../ipc";
import { ExportTab, useExportDraft } from "./export";
import { GeneralTab } from "./general";
import styles from "./Integration.module.css";
import { LaterTab } from "./LaterTab";
import { LeaveDialog } from "./LeaveDialog";
import { MappingTab, useMappingDrafts } from "./mapping";
import { isTab, tabs, type TabId } from "./tabs";
import { useUnsaved } from "./useUnsaved";
import { UsersTab, useUserDraft } from "./users";

/** The longest note that the history takes, in characters. */
const longest_note = 500;

/** Everything that an admin sets. Changing the tab keeps what is not saved; leaving the page asks. */
export function IntegrationPage({ tab }: { tab: string | undefined }) {
  const selected: TabId = isTab(tab) ? tab : "general";
  const state = useAppState();
  const draft = useExportDraft();
  const mappings = useMappingDrafts();
  const users = useUserDraft();
  const open = (id: TabId) => {
    if (id !== selected) goTo(`/integration/${id}`);
  };
  const unsaved = useUnsaved(draft, mappings, users, open);
  const toFix: Partial<Record<TabId, number>> = {
    general: state.data?.failed_checks ?? 0,
    export: draft.errorCount,
    mapping: mappings.errorCount,
    users: users.errorCount,
  };
  const saved = selected === "mapping" ? mappings.of(mappings.object).saved : undefined;
  return (
    <div className={styles.page}>
      <PageHeader
        icon={Plug}
        title="Salesforce integration"
        facts={[...factsOf(state.data), ...versionOf(saved)]}
        tabs={
          <TabBar<TabId>
            name="integration"
            label="Settings"
            selected={selected}
            onSelect={open}
            tabs={tabs.map((one) => ({
              ...one,
              unsaved:
                (one.id === "export" && draft.changes.length > 0) ||
                (one.id === "mapping" && mappings.changes.length > 0) ||
                (one.id === "users" && users.changes.length > 0),
              toFix: toFix[one.id] ?? 0,
              locked: one.act !== undefined && isRefused(state.data, one.act),
            }))}
          />
        }
      />
      <TabPanel name="integration" tab={selected} className={styles.panel}>
        <Content fixed={selected === "users"}>
          {selected === "general" && <GeneralTab />}
          {selected === "export" && <ExportTab draft={draft} />}
          {selected === "mapping" && <MappingTab drafts={mappings} />}
          {selected === "filtering" && (
            <LaterTab title="Filtering">
              Filtering will keep a copy of the org’s Accounts, Contacts and Leads on this machine, so that
              you see what is already in Salesforce before you export. Until then an export asks the org
              itself which records it has already.
            </LaterTab>
          )}
          {selected === "users" && <UsersTab draft={users} />}
        </Content>
      </TabPanel>
      <SaveBar
        changes={unsaved.changes}
        warning={mappings.untested ? "No test passed since the last change." : null}
        errors={unsaved.errorCount}
        saving={unsaved.saving}
        onShowError={unsaved.showFirstError}
        onDiscard={unsaved.discard}
        onSave={unsaved.save}
      >
        {mappings.changes.length > 0 && (
          <Field
            className={styles.saveNote ?? ""}
            label="Note for the mapping’s history"
            labelHidden
            placeholder="Note for the history"
            maxLength={longest_note}
            value={unsaved.note}
            onChange={unsaved.setNote}
          />
        )}
      </SaveBar>
      {unsaved.leaving && (
        <LeaveDialog
          what={unsaved.leaving}
          changes={unsaved.changes}
          saving={unsaved.saving}
          onStay={unsaved.stay}
          onDiscard={unsaved.discardAndGo}
          onSave={unsaved.saveAndGo}
        />
      )}
    </div>
  );
}

const isRefused = (state: AppState | undefined, act: Act): boolean =>
  state?.rights.some((right) => right.act === act && right.refusal !== null) ?? false;

function factsOf(state: AppState | undefined): Fact[] {
  if (!state) return [];
  if (!state.org) return [{ value: "Not connected" }];
  return [
    { label: "Org", value: state.org.name },
    { label: "Account", value: state.accounts === "service" ? "Service account" : "User accounts" },
    { label: "Exports", value: state.exports_on ? "On" : "Off" },
    { label: "API", value: state.org.api_version },
  ];
}

function versionOf(saved: SavedMapping | undefined): Fact[] {
  if (!saved) return [];
  if (saved.version === 0) return [{ label: "Version", value: "Defaults, not saved yet" }];
  return [{ label: "Version", value: `${saved.version}, saved ${momentWithin(saved.saved_at)}` }];
}
