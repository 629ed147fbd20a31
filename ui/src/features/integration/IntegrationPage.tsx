import { Plug } from "lucide-react";
import { goTo, useAppState } from "../../frame";
import { Content, PageHeader, SaveBar, TabBar, TabPanel, type Fact } from "../../kit";
import type { AppState } from "../../ipc";
import { ExportTab, LeaveDialog, useExportDraft } from "./export";
import { GeneralTab } from "./general";
import styles from "./Integration.module.css";
import { LaterTab } from "./LaterTab";
import { MappingTab, useMappingDrafts } from "./mapping";
import { isTab, tabs, type TabId } from "./tabs";

/** Everything that an admin sets. Changing the tab keeps what is not saved; leaving the page asks. */
export function IntegrationPage({ tab }: { tab: string | undefined }) {
  const selected: TabId = isTab(tab) ? tab : "general";
  const state = useAppState();
  const draft = useExportDraft();
  const mappings = useMappingDrafts();
  const open = (id: TabId) => goTo(`/integration/${id}`);
  return (
    <div className={styles.page}>
      <PageHeader
        icon={Plug}
        title="Salesforce integration"
        facts={factsOf(state.data)}
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
                (one.id === "mapping" && mappings.changes.length > 0),
              toFix: one.id === "export" ? draft.errorCount : one.id === "mapping" ? mappings.errorCount : 0,
            }))}
          />
        }
      />
      <TabPanel name="integration" tab={selected} className={styles.panel}>
        <Content>
          {selected === "general" && <GeneralTab />}
          {selected === "export" && <ExportTab draft={draft} />}
          {selected === "mapping" && <MappingTab drafts={mappings} />}
          {selected === "filtering" && (
            <LaterTab title="Filtering">
              Filtering will keep a copy of the org’s Accounts, Contacts and Leads on this machine, so that
              you see what is already in Salesforce. Until then an export does not know which records the org
              already has.
            </LaterTab>
          )}
          {selected === "users" && (
            <LaterTab title="User Mapping">
              User Mapping will tie each person here to a Salesforce user, who then owns what that person
              exports. Until then new records belong to the connected Salesforce user
              {state.data?.org ? `, ${state.data.org.user_name}` : ""}.
            </LaterTab>
          )}
        </Content>
      </TabPanel>
      <SaveBar
        changes={[...draft.changes, ...mappings.changes]}
        errors={draft.errorCount + mappings.errorCount}
        saving={draft.saving || mappings.saving}
        onShowError={() => {
          open(draft.errorCount > 0 ? "export" : "mapping");
          if (draft.errorCount > 0) draft.showFirstError();
          else mappings.showFirstError();
        }}
        onDiscard={() => {
          draft.discard();
          mappings.discard();
        }}
        onSave={() => {
          if (draft.errorCount > 0) open("export");
          if (draft.changes.length > 0) draft.save();
          if (mappings.changes.length > 0) void mappings.save();
        }}
      />
      {draft.leaving && <LeaveDialog draft={draft} />}
    </div>
  );
}

function factsOf(state: AppState | undefined): Fact[] {
  if (!state) return [];
  if (!state.org) return [{ value: "Not connected" }];
  return [
    { label: "Org", value: state.org.name },
    { label: "Account", value: "Service account" },
    { label: "Exports", value: state.exports_on ? "On" : "Off" },
    { label: "API", value: state.org.api_version },
  ];
}
