import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { counted } from "../../../../format";
import { call, query, toFault, type Fault } from "../../../../ipc";
import { useToast } from "../../../../kit";
import { target_words } from "../../../words";
import type { MappingDraft } from "../useMappingDraft";

/** Reads the object's fields from the org anew; the draft's rows stay as they are. */
export function useRefresh(draft: MappingDraft) {
  const client = useQueryClient();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const { object, adopt } = draft;
  const refresh = async () => {
    setBusy(true);
    setFault(null);
    try {
      const saved = await call("mapping.refresh", { object });
      adopt(saved);
      await client.invalidateQueries({ queryKey: query("mapping.fields", { object }).queryKey });
      const found = saved.drift.length;
      const words =
        found === 0
          ? "Nothing that is mapped changed."
          : `${counted(found, "thing", "things")} changed since version ${saved.version}.`;
      toast({ text: `${target_words[object].one} fields read from the org. ${words}` });
    } catch (reason) {
      setFault(toFault(reason));
    }
    setBusy(false);
  };
  return { busy, fault, refresh: () => void refresh(), forget: () => setFault(null) };
}
