import { Send } from "lucide-react";
import { goTo } from "../../frame";
import type { ListSummary, Selection, Target } from "../../ipc";
import { Button } from "../../kit";
import { chooseForExport } from "../runs";
import { countedProfiles, target_words, targetsOf } from "../words";

/** One button for each thing that the profiles may become; the first says how many. */
export function ExportButtons({
  list,
  chosen,
  selection,
}: {
  list: ListSummary;
  chosen: number;
  selection: Selection;
}) {
  const [first, ...others] = targetsOf(list.kind);
  const open = (object: Target) => {
    chooseForExport({ list_id: list.list_id, object, selection });
    goTo("/runs/new");
  };
  const off = chosen === 0 ? "There is no profile to export." : null;
  return (
    <>
      {others.map((object) => (
        <Button key={object} offReason={off} reasonPlace="elsewhere" onClick={() => open(object)}>
          As {target_words[object].many}
        </Button>
      ))}
      {first && (
        <Button
          look="primary"
          icon={<Send size={14} strokeWidth={1.75} aria-hidden />}
          offReason={off}
          reasonPlace="elsewhere"
          onClick={() => open(first)}
          data-next-step=""
        >
          Export {countedProfiles(list.kind, chosen)} as {target_words[first].many}
        </Button>
      )}
    </>
  );
}
