import { Ellipsis, List, Pencil, Trash2 } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import { count, counted, momentWithin } from "../../format";
import { FaultBanner, FaultState, goTo } from "../../frame";
import { call, toFault, type ProfilePage, type ProfileRow } from "../../ipc";
import {
  Button,
  Card,
  Menu,
  NoMatch,
  Page,
  PageHeader,
  SearchField,
  Skeleton,
  useDelayed,
  useFindKey,
  useRowWindows,
  VirtualTable,
} from "../../kit";
import button from "../../kit/Button.module.css";
import { countedProfiles } from "../words";
import { profileColumns } from "./columns";
import { ExportButtons } from "./ExportButtons";
import { RenameDialog } from "./RenameDialog";
import { useListActions } from "./useListActions";
import { useProfileSelection } from "./useProfileSelection";

type Window = ProfilePage & { rows: ProfileRow[]; total: number };

/** The profiles of one list: find, select, export. */
export function ListPage({ listId }: { listId: number }) {
  const [search, setSearch] = useState("");
  const [renaming, setRenaming] = useState(false);
  const field = useFindKey();
  const words = useDelayed(search.trim());
  const key = useMemo(() => ["lists.profiles", listId, words], [listId, words]);
  const read = useCallback(
    async (offset: number, limit: number): Promise<Window> => {
      const page = await call("lists.profiles", { list_id: listId, search: words, offset, limit });
      return { ...page, rows: page.profiles, total: page.matching_profiles };
    },
    [listId, words],
  );
  const window = useRowWindows<ProfileRow, Window>(key, read);
  const actions = useListActions();
  const matching = window.answer?.matching_profiles ?? 0;
  const selection = useProfileSelection({ search: words, matching, ...window });
  const list = window.answer?.list;
  const columns = useMemo(() => profileColumns(list?.kind ?? "contacts"), [list?.kind]);
  const chosen = selection.selected || matching;

  return (
    <Page
      fixed
      header={
        <PageHeader
          icon={List}
          title={list?.name ?? "List"}
          facts={
            list
              ? [
                  { value: countedProfiles(list.kind, list.profiles) },
                  { label: "From", value: list.file_name },
                  { label: "Imported", value: momentWithin(list.imported_at) },
                  { label: "Refused rows", value: count(list.refused_rows) },
                ]
              : []
          }
          actions={
            list && (
              <>
                <ExportButtons list={list} chosen={chosen} selection={selection.selection} />
                <Menu
                  label="More for this list"
                  triggerLabel="More for this list"
                  triggerClass={`${button.button} ${button.icon}`}
                  trigger={<Ellipsis size={16} strokeWidth={1.75} aria-hidden />}
                  entries={[
                    {
                      key: "rename",
                      text: "Rename list",
                      icon: <Pencil size={14} aria-hidden />,
                      act: () => setRenaming(true),
                    },
                    {
                      key: "delete",
                      text: "Delete list",
                      icon: <Trash2 size={14} aria-hidden />,
                      danger: true,
                      act: () => void actions.remove([list]).then((done) => done && goTo("/lists")),
                    },
                  ]}
                />
              </>
            )
          }
        />
      }
    >
      {actions.fault && <FaultBanner fault={actions.fault} />}
      {window.error && list && <FaultBanner fault={toFault(window.error)} />}
      <Card
        fill
        bare
        title="Profiles"
        ruled
        note={words && list ? `${count(matching)} of ${count(list.profiles)} have “${words}”` : ""}
        actions={<SearchField ref={field} label="Find a profile" value={search} onChange={setSearch} />}
      >
        {!window.answer && !window.error && <Skeleton label="Reading the list" lines={8} />}
        {!window.answer && window.error && (
          <FaultState
            title="The list could not be read"
            fault={toFault(window.error)}
            onRetry={window.retry}
          />
        )}
        {list && matching === 0 && (
          <NoMatch
            title={words ? `No profile with “${words}”` : "This list holds no profile"}
            text={`${counted(list.profiles, "profile", "profiles")} in all.`}
            onClear={() => setSearch("")}
          />
        )}
        {list && matching > 0 && (
          <VirtualTable
            label={`Profiles of ${list.name}`}
            columns={columns}
            rowCount={matching}
            rowAt={window.rowAt}
            onVisible={window.onVisible}
            selection={selection.port}
            foot={
              selection.selected > 0 && (
                <>
                  <strong role="status">{count(selection.selected)} selected</strong>
                  <Button size="small" look="quiet" onClick={selection.clear}>
                    Select none
                  </Button>
                </>
              )
            }
          />
        )}
      </Card>
      {renaming && list && <RenameDialog list={list} onClose={() => setRenaming(false)} />}
    </Page>
  );
}
