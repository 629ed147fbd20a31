import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { RunPage, RunQuery, RunSummary } from "../../ipc";
import { button, expectNoViolation, fault, openApp, type Answers } from "../../testing";
import { run, runView, tally } from "../../testing/runSamples";

const pageOf =
  (runs: RunSummary[], fits: (query: RunQuery) => boolean = () => true) =>
  (query: RunQuery): RunPage => {
    const found = fits(query) ? runs : [];
    return {
      matching_runs: found.length,
      total_runs: runs.length,
      offset: query.offset,
      runs: found.slice(query.offset, query.offset + query.limit),
    };
  };

const open = (runs: RunSummary[], answers: Answers = {}) =>
  openApp("/runs", { "runs.list": pageOf(runs), ...answers });

/** What the page itself last asked, a window of 100 rows; other parts of the window ask for fewer. */
const lastAsked = (engine: ReturnType<typeof openApp>["engine"]) =>
  engine.asked("runs.list").findLast(({ limit }) => limit === 100);

const rowOf = async (number: number) => {
  const link = await screen.findByRole("link", { name: String(number) });
  const row = link.closest<HTMLElement>('[role="row"]');
  if (!row) throw new Error(`Run ${number} is in no row.`);
  return within(row);
};

const choose = async (user: ReturnType<typeof openApp>["user"], filter: RegExp, option: string) => {
  await user.click(await button(filter));
  await user.click(await screen.findByRole("option", { name: option }));
};

describe("the outcome of a run", () => {
  const mixed = tally({
    created_records: 1200,
    updated_records: 30,
    failed_records: 4,
    refused_records: 2,
    waiting_records: 7,
  });
  const words = "1,200 created, 30 updated, 2 refused, 4 failed, 7 waiting";

  it("is a picture with the same words for whom it is read out to and beside it", async () => {
    open([run("sending", { run: 12, tally: mixed })]);
    const row = await rowOf(12);
    const picture = row.getByRole("img", { name: words });
    expect(row.getByText(words)).toBeVisible();
    const shares = [...picture.children].map((part) => (part as HTMLElement).style.flexGrow);
    expect(shares).toEqual(["1200", "30", "2", "4", "7"]);
    await expectNoViolation();
  });

  it("of an undo is what was deleted and restored", async () => {
    const undone = tally({ deleted_records: 9, restored_records: 3 });
    open([run("done", { run: 13, kind: "undo", source_run: 12, tally: undone })]);
    const row = await rowOf(13);
    expect(row.getByRole("img", { name: "9 deleted, 3 restored" })).toBeInTheDocument();
    expect(row.getByText("Undo of run 12")).toBeVisible();
  });

  it("is nothing yet while nothing is known of any record", async () => {
    open([run("planning", { run: 14, tally: tally({}), total_records: 0 })]);
    const picture = (await rowOf(14)).getByRole("img", { name: "Nothing yet" });
    expect(picture.children).toHaveLength(0);
  });
});

describe("finding a run", () => {
  const runs = [run("done", { run: 8 }), run("planned", { run: 7 })];

  it("asks the core for all runs at first, then for what was typed, without blanks around it", async () => {
    const { engine, user } = open(runs);
    await rowOf(8);
    const all = { search: "", kind: null, object: null, state: null, offset: 0 };
    expect(lastAsked(engine)).toMatchObject(all);
    await user.type(screen.getByRole("searchbox", { name: "Find a run by list" }), " q1 ");
    await waitFor(() => expect(lastAsked(engine)).toMatchObject({ ...all, search: "q1" }));
  });

  it("adds each filter to the others, and takes one away by itself", async () => {
    const { engine, user } = open(runs);
    await choose(user, /Kind of run/, "Undos");
    await waitFor(() =>
      expect(lastAsked(engine)).toMatchObject({ kind: "undo", object: null, state: null }),
    );
    await choose(user, /Object/, "Contacts");
    await choose(user, /State/, "Cancelled");
    await user.type(screen.getByRole("searchbox", { name: "Find a run by list" }), "spring");
    const narrowed = { search: "spring", kind: "undo", object: "contact", state: "cancelled", offset: 0 };
    await waitFor(() => expect(lastAsked(engine)).toMatchObject(narrowed));
    await choose(user, /Kind of run/, "Any kind");
    await waitFor(() => expect(lastAsked(engine)).toMatchObject({ ...narrowed, kind: null }));
  });

  it("says that no run of such a list is there, how many there are, and clears words and filters", async () => {
    const { user } = open(runs, {
      "runs.list": pageOf(runs, ({ search, state }) => search === "" && state === null),
    });
    await choose(user, /State/, "Failed");
    expect(await screen.findByRole("heading", { name: "No run fits these filters" })).toBeVisible();
    const field = screen.getByRole("searchbox", { name: "Find a run by list" });
    await user.type(field, "zebra");
    const title = await screen.findByRole("heading", {
      name: "No such run of a list with “zebra” in its name",
    });
    expect(title.closest('[role="status"]')).toHaveTextContent("2 runs in all.");
    expect(screen.queryByRole("heading", { name: "No runs yet" })).toBeNull();
    expect(screen.queryByRole("link", { name: "Choose a list" })).toBeNull();
    await expectNoViolation();
    await user.click(await button("Clear filters"));
    await rowOf(8);
    expect(field).toHaveValue("");
    expect(await button(/State/)).toHaveTextContent("Any state");
  });

  it("is not offered while there is no run at all", async () => {
    open([]);
    expect(await screen.findByRole("heading", { name: "No runs yet" })).toBeVisible();
    expect(screen.queryByRole("searchbox", { name: "Find a run by list" })).toBeNull();
    expect(screen.queryByRole("button", { name: /Kind of run/ })).toBeNull();
    expect(screen.queryByText(/fits these filters/)).toBeNull();
  });

  it("says why runs could not be read, and reads them again", async () => {
    let broken = true;
    const { user } = open(runs, {
      "runs.list": (query) => {
        if (broken) throw fault("file_system", "The workspace could not be read.");
        return pageOf(runs)(query);
      },
    });
    expect(await screen.findByRole("heading", { name: "Runs could not be read" })).toBeVisible();
    expect(screen.getByText("The workspace could not be read.")).toBeVisible();
    broken = false;
    await user.click(await button("Try again"));
    await rowOf(8);
  });
});

describe("planning a run again from the list", () => {
  const ended = run("done", { run: 8 });

  it("is offered of exports that ended alone", async () => {
    open([
      run("planned", { run: 11 }),
      run("sending", { run: 10 }),
      run("done", { run: 9, kind: "undo", source_run: 8 }),
      ended,
    ]);
    await rowOf(8);
    const offered = screen.getAllByRole("button", { name: /^Plan it again/ });
    expect(offered.map((one) => one.getAttribute("aria-label"))).toEqual(["Plan it again: run 8"]);
  });

  it("makes a new plan and opens that, not the run it came from", async () => {
    const again = runView(run("planned", { run: 12, source_run: 8 }));
    const { engine, user } = open([ended], { "runs.repeat": again, "runs.show": again });
    await user.click(await button("Plan it again: run 8"));
    await waitFor(() => expect(window.location.hash).toBe("#/runs/12"));
    expect(engine.asked("runs.repeat")).toEqual([{ run: 8 }]);
    expect(await screen.findByText("Nothing has been written yet.")).toBeVisible();
  });

  it("shows how far the plan is, and stops it as the run that is being planned", async () => {
    let stop: (reason: unknown) => void = () => undefined;
    const stopped = fault("cancelled", "The plan was stopped.");
    const { engine, user } = open([ended], {
      "runs.repeat": () =>
        new Promise((_, reject) => {
          stop = reject;
        }),
      "runs.cancel": () => {
        stop(stopped);
        throw stopped;
      },
    });
    await user.click(await button("Plan it again: run 8"));
    expect(await screen.findByText("Making the plan")).toBeVisible();
    engine.tell({
      type: "planning",
      progress: { run: 12, step: "map", mapped_records: 12, checked_records: 0, total_records: 40 },
    });
    expect(await screen.findAllByText("12 of 40 profiles mapped")).not.toHaveLength(0);
    await user.click(await button("Cancel planning"));
    await waitFor(() => expect(screen.queryByText("Making the plan")).toBeNull());
    expect(engine.asked("runs.cancel")).toEqual([{ run: 12 }]);
    expect(screen.queryByText("The plan was stopped.")).toBeNull();
    expect(window.location.hash).toBe("#/runs");
  });

  it("stays with the reason where it is refused", async () => {
    const { user } = open([ended], {
      "runs.repeat": () => {
        throw fault("not_found", "The list of run 8 was deleted.");
      },
    });
    await user.click(await button("Plan it again: run 8"));
    expect(await screen.findByText("The list of run 8 was deleted.")).toBeVisible();
    expect(window.location.hash).toBe("#/runs");
    await rowOf(8);
  });
});
