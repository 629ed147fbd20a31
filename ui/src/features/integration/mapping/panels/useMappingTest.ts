import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { counted } from "../../../../format";
import { useAppState } from "../../../../frame";
import {
  call,
  onEvent,
  query,
  toFault,
  type Fault,
  type MappingTest,
  type Target,
  type TestStep,
} from "../../../../ipc";
import { target_words } from "../../../words";
import { sameRows, type DraftRow } from "../draft";
import type { MappingDraft } from "../useMappingDraft";

/** One object's test in one org, as far as this window took part in it. */
interface Testing {
  object: Target;
  running: boolean;
  step: TestStep | null;
  result: MappingTest | null;
  /** The rows that `result` is about. */
  sent: DraftRow[];
  /** Why there is no result. */
  fault: Fault | null;
  cleaning: boolean;
  /** Why a record that was left could not be deleted or opened. */
  recordFault: Fault | null;
  /** Number of the test that was closed. */
  closed: number | null;
  /** `null` while nobody chose. */
  collapsed: boolean | null;
}

interface Store {
  kept: Map<string, Testing>;
  listeners: Set<() => void>;
}

/** Kept beside the app's answers, so that a test goes on while its tab or page is not in sight. */
const stores = new WeakMap<QueryClient, Store>();

function storeOf(client: QueryClient): Store {
  const store = stores.get(client) ?? { kept: new Map(), listeners: new Set() };
  stores.set(client, store);
  return store;
}

const nothing = new Map<Target, Testing>();
const no_rows: DraftRow[] = [];

function untouched(object: Target): Testing {
  const known = nothing.get(object);
  if (known) return known;
  const fresh: Testing = {
    object,
    running: false,
    step: null,
    result: null,
    sent: [],
    fault: null,
    cleaning: false,
    recordFault: null,
    closed: null,
    collapsed: null,
  };
  nothing.set(object, fresh);
  return fresh;
}

/** The newer of what this window was answered and what is saved; of one test, the one whose records are gone. */
function newest(result: MappingTest | null, saved: MappingTest | null): MappingTest | null {
  if (!result || !saved) return result ?? saved;
  if (result.test !== saved.test) return result.test > saved.test ? result : saved;
  return saved.deleted && saved.state !== "running" && !result.deleted ? saved : result;
}

/** Test Mapping of one object: its button and its dock share it. */
export function useMappingTest(draft: MappingDraft) {
  const client = useQueryClient();
  const app = useAppState().data;
  const { object, saved, rows, errors, sample } = draft;
  const store = storeOf(client);
  const name = `${app?.org?.org_id ?? ""} ${object}`;
  const subscribe = (listener: () => void) => {
    store.listeners.add(listener);
    return () => void store.listeners.delete(listener);
  };
  const testing = useSyncExternalStore(subscribe, () => store.kept.get(name) ?? untouched(object));
  const other = useSyncExternalStore(
    subscribe,
    () => [...store.kept.values()].find((one) => one.running && one !== store.kept.get(name))?.object,
  );
  const put = (members: Partial<Testing>) => {
    store.kept.set(name, { ...(store.kept.get(name) ?? untouched(object)), ...members });
    for (const listener of [...store.listeners]) listener();
  };
  const readAgain = () =>
    client.invalidateQueries({ queryKey: query("mapping.show", { object }).queryKey });

  const offReason = offReasonOf();
  function offReasonOf(): string | null {
    if (saved && !saved.may_edit) return saved.may_edit_sentence;
    if (app && !app.org) return "Connect an org first.";
    if (app && app.session !== "connected") return "Log in to Salesforce first.";
    if (rows.length === 0) return "Map a field first.";
    if (errors.length > 0) return `Mend ${counted(errors.length, "error", "errors")} first.`;
    return other ? `${target_words[other].many} are being tested.` : null;
  }

  const run = async () => {
    if (offReason !== null || store.kept.get(name)?.running) return;
    put({ running: true, step: null, fault: null, recordFault: null });
    // One test runs at a time, so what is told now is told of this one.
    const stop = onEvent((event) => {
      if (event.type !== "mapping_test") return;
      put({ step: event.step });
      if (event.step === "ended") void readAgain();
    });
    try {
      const result = await call("mapping.test", { object, rows: rows.map((one) => one.row), sample });
      put({ result, sent: rows, collapsed: false, closed: null });
    } catch (reason) {
      put({ fault: toFault(reason), collapsed: false });
    } finally {
      stop();
      put({ running: false });
      void readAgain();
    }
  };

  const test = newest(testing.result, saved?.last_test ?? null);
  const mine = test !== null && test.test === testing.result?.test;
  /** Deletes what a test left; true when nothing is left any more. */
  const clean = async (): Promise<boolean> => {
    if (!test || testing.cleaning) return false;
    put({ cleaning: true, recordFault: null });
    try {
      const result = await call("mapping.clean_test", { test: test.test });
      put({ result, sent: mine ? testing.sent : [] });
      return result.deleted;
    } catch (reason) {
      put({ recordFault: toFault(reason) });
      return false;
    } finally {
      put({ cleaning: false });
      void readAgain();
    }
  };
  const openRecord = async (salesforce_id: string) => {
    if (!test) return;
    put({ recordFault: null });
    try {
      await call("mapping.open_record", { test: test.test, salesforce_id });
    } catch (reason) {
      put({ recordFault: toFault(reason) });
    }
  };

  const sent = mine ? testing.sent : no_rows;
  const since = sinceThen();
  function sinceThen(): string | null {
    const changed = "Rows have changed since this test.";
    if (!test || test.state === "running") return null;
    if (sent.length > 0) return sameRows(rows, sent.map((one) => one.row)) ? null : changed;
    if (test.state === "passed") return draft.preview?.tested === false ? changed : null;
    return "An earlier test: rows may have changed since.";
  }
  return {
    ...testing,
    test,
    /** Whether the test was done since the app began. */
    mine,
    sent,
    since,
    offReason,
    run: () => void run(),
    clean,
    openRecord: (salesforce_id: string) => void openRecord(salesforce_id),
    close: () => put(testing.fault ? { fault: null } : { closed: test?.test ?? null }),
    setCollapsed: (collapsed: boolean) => put({ collapsed }),
  };
}

export type MappingTesting = ReturnType<typeof useMappingTest>;
