import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { call, query, toFault, type Fault, type WorkspaceView } from "../../ipc";
import { Button, ConfirmDialog, Dialog, Field, useToast } from "../../kit";
import { FaultBanner } from "../Faults";
import { askBefore, goTo } from "../guard";
import { useStateChange } from "../useStateChange";

const list_key = query("workspaces.list", {}).queryKey;

/** Makes a workspace for another org and opens it. */
export function NewWorkspaceDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const toast = useToast();
  return (
    <NameDialog
      title="New workspace"
      text="Each org has a workspace of its own, with its lists, mappings, settings and runs. The new one opens in this window; the one of now stays as it is."
      name=""
      verb="Make and open it"
      busy="Making it…"
      onClose={onClose}
      onSave={(name) =>
        new Promise((resolve, reject) =>
          askBefore("workspace", () => {
            call("workspaces.create", { name })
              .then(async () => {
                resolve();
                toast({ text: `“${name}” is open.` });
                goTo("/integration/general");
                await client.resetQueries();
              })
              .catch(reject);
          }),
        )
      }
    />
  );
}

/** Gives the open workspace another name. */
export function RenameWorkspaceDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const client = useQueryClient();
  return (
    <NameDialog
      title="Rename the workspace"
      text="The name stands in the list of workspaces. The org keeps its own."
      name={name}
      verb="Rename workspace"
      busy="Renaming…"
      onClose={onClose}
      onSave={async (next) => {
        client.setQueryData(query("app.state", {}).queryKey, await call("workspaces.rename", { name: next }));
        await client.invalidateQueries({ queryKey: list_key });
      }}
    />
  );
}

function NameDialog({
  title,
  text,
  name: first,
  verb,
  busy,
  onClose,
  onSave,
}: {
  title: string;
  text: string;
  name: string;
  verb: string;
  busy: string;
  onClose: () => void;
  onSave: (name: string) => Promise<void>;
}) {
  const [name, setName] = useState(first);
  const [tried, setTried] = useState(false);
  const { doing, fault, change, forget } = useStateChange<"save">();
  const atField = fault && (fault.field === "name" || fault.code === "name_taken");
  const save = async () => {
    setTried(true);
    if (name.trim() === "") return;
    const done = await change("save", async () => {
      await onSave(name.trim());
      return undefined;
    });
    if (done) onClose();
  };
  return (
    <Dialog
      title={title}
      width="narrow"
      onClose={onClose}
      buttons={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" busy={doing !== null && busy} onClick={() => void save()}>
            {verb}
          </Button>
        </>
      }
    >
      {fault && !atField && <FaultBanner fault={fault} />}
      <p>{text}</p>
      <Field
        label="Name of the workspace"
        required
        autoFocus
        value={name}
        error={tried && name.trim() === "" ? "Enter a name." : atField ? fault.sentence : null}
        onChange={(next) => {
          setName(next);
          forget();
        }}
        onKeyDown={(event) => event.key === "Enter" && void save()}
      />
    </Dialog>
  );
}

/** Takes a workspace off the list; its folder stays. */
export function ForgetDialog({
  workspace,
  onNotRestored,
  onClose,
}: {
  workspace: WorkspaceView;
  /** It could not be put back on the list, after somebody chose Undo. */
  onNotRestored: (fault: Fault) => void;
  onClose: () => void;
}) {
  const client = useQueryClient();
  const toast = useToast();
  const { doing, fault, change } = useStateChange<"forget">();
  const forget = async () => {
    const done = await change("forget", async () => {
      client.setQueryData(list_key, await call("workspaces.forget", { folder: workspace.folder }));
      return undefined;
    });
    if (!done) return;
    toast({ text: `“${workspace.name}” is off the list.`, action: { text: "Undo", act: restore } });
    onClose();
  };
  const restore = () => {
    call("workspaces.restore", { folder: workspace.folder, name: workspace.name })
      .then((now) => client.setQueryData(list_key, now))
      .catch((reason: unknown) => onNotRestored(toFault(reason)));
  };
  return (
    <ConfirmDialog
      title={`Take “${workspace.name}” off the list?`}
      text={`Only the entry goes. The folder stays with everything in it: ${workspace.folder}`}
      verb="Take it off the list"
      busy={doing !== null && "Taking it off…"}
      error={fault && <FaultBanner fault={fault} />}
      onConfirm={() => void forget()}
      onClose={onClose}
    />
  );
}
