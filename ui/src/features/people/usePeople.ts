import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { counted } from "../../format";
import { useRight } from "../../frame";
import {
  call,
  query,
  toFault,
  type AddPerson,
  type ChangePerson,
  type Fault,
  type People,
  type PeopleFileCheck,
  type Person,
} from "../../ipc";
import { useToast } from "../../kit";

type Doing = "save" | "remove" | "choose" | "import" | "refusals";

const people_query = query("people.list", {});

export type PeopleActions = ReturnType<typeof usePeople>;

/** The people, and what is done to them. What fails is kept as `fault` for where it was asked. */
export function usePeople() {
  const client = useQueryClient();
  const toast = useToast();
  const right = useRight("manage_people");
  const people = useQuery<People, Fault>(people_query);
  const [doing, setDoing] = useState<Doing | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const [check, setCheck] = useState<PeopleFileCheck | null>(null);

  const attempt = async (what: Doing, work: () => Promise<People | null>): Promise<boolean> => {
    setDoing(what);
    setFault(null);
    try {
      const now = await work();
      if (now) {
        client.setQueryData(people_query.queryKey, now);
        await client.invalidateQueries({ queryKey: ["people.mapping"] });
      }
      return true;
    } catch (reason) {
      setFault(toFault(reason));
      return false;
    } finally {
      setDoing(null);
    }
  };
  const restore = (people: number[]) => attempt("remove", () => call("people.restore", { people }));
  return {
    right,
    data: people.data,
    error: people.error,
    retry: () => void people.refetch(),
    doing,
    fault,
    forget: () => setFault(null),
    check,
    add: async (person: AddPerson) => {
      const done = await attempt("save", () => call("people.add", person));
      if (done) toast({ text: `Added ${person.name}.` });
      return done;
    },
    change: async (person: ChangePerson) => {
      const done = await attempt("save", () => call("people.change", person));
      if (done) toast({ text: `Changed ${person.name}.` });
      return done;
    },
    remove: (chosen: Person[]) =>
      attempt("remove", async () => {
        const ids = chosen.map((one) => one.person);
        const now = await call("people.remove", { people: ids });
        const [only] = chosen;
        const what = chosen.length === 1 && only ? only.name : counted(chosen.length, "person", "people");
        toast({ text: `Removed ${what}.`, action: { text: "Undo", act: () => void restore(ids) } });
        return now;
      }),
    chooseFile: () =>
      attempt("choose", async () => {
        setCheck(await call("people.choose_file", {}));
        return null;
      }),
    importFile: async (found: PeopleFileCheck) => {
      const done = await attempt("import", () => call("people.import_file", { file_id: found.file_id }));
      if (!done) return;
      setCheck(null);
      const taken = found.new_people + found.changed_people;
      toast({ text: `${counted(taken, "person", "people")} taken from “${found.file_name}”.` });
    },
    saveRefusals: (found: PeopleFileCheck) =>
      attempt("refusals", async () => {
        const saved = await call("people.save_refusals", { file_id: found.file_id });
        if (saved) toast({ text: `Saved ${counted(saved.rows, "refused row", "refused rows")} as “${saved.file_name}”.` });
        return null;
      }),
    closeCheck: () => {
      setCheck(null);
      setFault(null);
    },
  };
}
