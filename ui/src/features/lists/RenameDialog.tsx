import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { FaultBanner } from "../../frame";
import { call, toFault, type Fault, type ListSummary } from "../../ipc";
import { Button, Dialog, Field } from "../../kit";

export function RenameDialog({ list, onClose }: { list: ListSummary; onClose: () => void }) {
  const client = useQueryClient();
  const [name, setName] = useState(list.name);
  const [saving, setSaving] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const blank = name.trim() === "";
  const atField = fault && (fault.field === "name" || fault.code === "name_taken");
  const save = async () => {
    if (blank) return;
    setSaving(true);
    try {
      await call("lists.rename", { list_id: list.list_id, name: name.trim() });
      await Promise.all([
        client.invalidateQueries({ queryKey: ["lists.list"] }),
        client.invalidateQueries({ queryKey: ["lists.profiles", list.list_id] }),
      ]);
      onClose();
    } catch (reason) {
      setFault(toFault(reason));
      setSaving(false);
    }
  };
  return (
    <Dialog
      title="Rename the list"
      width="narrow"
      onClose={onClose}
      buttons={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" busy={saving && "Renaming…"} onClick={() => void save()}>
            Rename list
          </Button>
        </>
      }
    >
      {fault && !atField && <FaultBanner fault={fault} />}
      <Field
        label="List name"
        required
        autoFocus
        value={name}
        error={blank ? "Enter a name for the list." : atField ? fault.sentence : null}
        onChange={(next) => {
          setName(next);
          setFault(null);
        }}
        onKeyDown={(event) => event.key === "Enter" && void save()}
      />
    </Dialog>
  );
}
