import { useQuery } from "@tanstack/react-query";
import { List, Trash2, Upload } from "lucide-react";
import { useMemo, useState } from "react";
import { counted } from "../../format";
import { FaultBanner, FaultState, goTo } from "../../frame";
import { query, type Fault, type Lists } from "../../ipc";
import {
  Button,
  Card,
  NoMatch,
  Page,
  PageHeader,
  SearchField,
  Skeleton,
  useDelayed,
  useFindKey,
  VirtualTable,
} from "../../kit";
import { list_columns } from "./columns";
import { ImportFlow, useImport } from "./import";
import { NoLists } from "./NoLists";
import { useListActions } from "./useListActions";
import { usePicked } from "./usePicked";

export function ListsPage() {
  const [search, setSearch] = useState("");
  const field = useFindKey();
  const words = useDelayed(search.trim());
  const lists = useQuery<Lists, Fault>({
    ...query("lists.list", { search: words }),
    placeholderData: (before) => before,
  });
  const actions = useListActions();
  const importing = useImport();
  const rows = useMemo(() => lists.data?.lists ?? [], [lists.data]);
  const picked = usePicked(rows);
  const total = lists.data?.total_lists;

  const importButton = (
    <Button
      look="primary"
      icon={<Upload size={16} strokeWidth={1.75} aria-hidden />}
      onClick={importing.choose}
      data-next-step=""
    >
      Import a CSV file
    </Button>
  );
  const samplesButton = (
    <Button busy={actions.busy === "samples" && "Importing…"} onClick={() => void actions.importSamples()}>
      Use sample lists
    </Button>
  );

  return (
    <Page
      fixed={rows.length > 0}
      header={
        <PageHeader
          icon={List}
          title="Lists"
          facts={total === undefined ? [] : [{ value: counted(total, "list", "lists") }]}
          actions={
            total ? (
              <>
                {samplesButton}
                {importButton}
              </>
            ) : undefined
          }
        />
      }
    >
      {actions.fault && <FaultBanner fault={actions.fault} />}
      {lists.isPending && <Skeleton label="Reading the lists" />}
      {lists.isError && (
        <Card>
          <FaultState
            title="Lists could not be read"
            fault={lists.error}
            onRetry={() => void lists.refetch()}
          />
        </Card>
      )}
      {total === 0 && <NoLists actions={[importButton, samplesButton]} />}
      {total !== undefined && total > 0 && (
        <Card
          fill
          bare
          title="All lists"
          ruled
          actions={
            <>
              {picked.rows.length > 0 && (
                <Button
                  size="bar"
                  look="danger"
                  icon={<Trash2 size={14} strokeWidth={1.75} aria-hidden />}
                  busy={actions.busy === "delete" && "Deleting…"}
                  onClick={() => {
                    void actions.remove(picked.rows);
                    picked.clear();
                  }}
                >
                  Delete {counted(picked.rows.length, "list", "lists")}
                </Button>
              )}
              <SearchField ref={field} label="Find a list" value={search} onChange={setSearch} />
            </>
          }
        >
          {rows.length === 0 ? (
            <NoMatch
              title={`No list with “${words}” in its name`}
              text={`${counted(total, "list", "lists")} in all.`}
              onClear={() => setSearch("")}
            />
          ) : (
            <VirtualTable
              label="Lists"
              columns={list_columns}
              rowCount={rows.length}
              rowAt={(index) => rows[index]}
              rowHeight={40}
              selection={picked.port}
              onOpen={(list) => goTo(`/lists/${list.list_id}`)}
              foot={
                picked.rows.length > 0 && (
                  <strong>{counted(picked.rows.length, "list", "lists")} selected</strong>
                )
              }
            />
          )}
        </Card>
      )}
      <ImportFlow importing={importing} />
    </Page>
  );
}
