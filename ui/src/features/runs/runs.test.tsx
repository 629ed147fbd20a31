import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { LedgerQuery, PlanningProgress } from "../../ipc";
import { button, expectNoViolation, fault, openApp } from "../../testing";
import { ledgerLine, run, runView, tally } from "../../testing/runSamples";
import { list, org, state } from "../../testing/samples";

const ledger = ({ outcome, offset }: LedgerQuery) => ({
  matching_lines: outcome === "failed" ? 1 : 3,
  total_lines: 3,
  offset,
  lines:
    outcome === "failed"
      ? [
          ledgerLine(2, {
            outcome: "failed" as const,
            error: "Phone must have 10 digits.",
            error_code: "FIELD_CUSTOM",
          }),
        ]
      : [ledgerLine(1), ledgerLine(2, { outcome: "failed" as const, salesforce_id: null }), ledgerLine(3)],
});

describe("choosing", () => {
  const lists = { lists: [list()], total_lists: 1 };

  it("shows what stands against the export with the page that mends it, and does not plan", async () => {
    const { engine, user } = openApp("/runs/new", {
      "lists.list": lists,
      "export.preflight": {
        chosen_records: 40,
        refusals: [
          { code: "exports_off", sentence: "Exports are off. An admin turns them on.", mend: "general" },
        ],
        warnings: [],
      },
    });
    expect(await screen.findByText("Exports are off. An admin turns them on.")).toBeVisible();
    expect(screen.getByRole("link", { name: "Open General Settings" })).toHaveAttribute(
      "href",
      "#/integration/general",
    );
    const plan = await button("Plan 40 records");
    expect(plan).toHaveAttribute("aria-disabled", "true");
    await user.click(plan);
    expect(engine.asked("export.plan")).toEqual([]);
    await expectNoViolation();
  });

  it("plans the first ones of a list and opens the plan", async () => {
    const planned = runView(run("planned"));
    const { engine, user } = openApp("/runs/new", {
      "lists.list": lists,
      "export.preflight": ({ limit_records }) => ({
        chosen_records: limit_records ?? 40,
        refusals: [],
        warnings: [],
      }),
      "export.plan": planned,
      "runs.show": planned,
      "runs.ledger": ledger,
    });
    await user.type(await screen.findByRole("textbox", { name: "Records at most" }), "25");
    await user.click(await screen.findByRole("radio", { name: /^Contacts/ }));
    await user.click(await button("Plan 25 records"));
    expect(engine.asked("export.plan")).toEqual([
      {
        object: "contact",
        list_id: 1,
        selection: { kind: "all" },
        limit_records: 25,
        on_duplicate: null,
        campaign: null,
        save_past_alerts: false,
        as_email: null,
      },
    ]);
    expect(await screen.findByText("Nothing has been written yet.")).toBeVisible();
    expect(window.location.hash).toBe("#/runs/7");
  });
});

describe("a plan", () => {
  it("says numbers, rules and cost, and sends only by its own button", async () => {
    const { engine, user } = openApp("/runs/7", {
      "runs.show": runView(run("planned")),
      "runs.ledger": ledger,
      "export.send": runView(run("sending")),
    });
    const counts = await screen.findByRole("list", { name: "What the run will do" });
    expect(counts).toHaveTextContent("38Create");
    expect(counts).toHaveTextContent("2Refuse");
    expect(screen.getByText("Lead assignment rule.")).toBeVisible();
    expect(screen.getByRole("table", { name: "Row faults" })).toHaveTextContent(
      "The same person is in this run.",
    );
    expect(screen.getByRole("table", { name: "Row faults" })).toHaveTextContent(
      "Email: not an email address, left out.",
    );
    await expectNoViolation();
    await user.keyboard("{Control>}{Enter}{/Control}");
    expect(engine.asked("export.send")).toEqual([]);
    await user.click(await button("Send 38 records to Landbridge demo org"));
    expect(engine.asked("export.send")).toEqual([{ run: 7 }]);
    expect(await screen.findByText("Safe to close the app: the run goes on at next start.")).toBeVisible();
  });

  it("says Production on the button that sends", async () => {
    openApp("/runs/7", {
      "app.state": state({ org: { ...org, kind: "production" } }),
      "runs.show": runView(run("planned", { org_kind: "production" })),
      "runs.ledger": ledger,
    });
    expect(await button("Send 38 records to Production")).toBeVisible();
  });

  it("stays with its fault when sending is refused", async () => {
    const { user } = openApp("/runs/7", {
      "runs.show": runView(run("planned")),
      "runs.ledger": ledger,
      "export.send": () => {
        throw fault("refused", "Exports are off. Ask an admin.");
      },
    });
    await user.click(await button(/^Send 38/));
    expect(await screen.findByText("Exports are off. Ask an admin.")).toBeVisible();
  });
});

describe("a run that is being planned", () => {
  const planning = runView(run("planning", { state_sentence: "" }));
  const progress = (mapped_records: number, of = 7): PlanningProgress => ({
    run: of,
    step: "map",
    mapped_records,
    checked_records: 0,
    total_records: 40,
  });

  it("shows how far it is, then its plan", async () => {
    const { engine } = openApp("/runs/7", { "runs.show": planning, "runs.ledger": ledger });
    expect(await screen.findByText("Making the plan")).toBeVisible();
    engine.tell({ type: "planning", progress: progress(30, 8) });
    engine.tell({ type: "planning", progress: progress(12) });
    expect(await screen.findAllByText("12 of 40 profiles mapped")).not.toHaveLength(0);
    await expectNoViolation();
    engine.tell({ type: "run", run: runView(run("planned")) });
    expect(await button("Send 38 records to Landbridge demo org")).toBeVisible();
    expect(screen.queryByText("Making the plan")).toBeNull();
  });

  it("is stopped from its page, where it is made", async () => {
    const { engine, user } = openApp("/runs/7", {
      "runs.show": { ...planning, may: { ...planning.may, cancel: true } },
      "runs.list": { matching_runs: 0, total_runs: 0, offset: 0, runs: [] },
      "runs.cancel": () => {
        throw fault("cancelled", "The plan was stopped. Nothing was written, and no run is left.");
      },
    });
    expect(screen.queryByRole("button", { name: "Cancel run" })).toBeNull();
    await user.click(await button("Cancel planning"));
    expect(engine.asked("runs.cancel")).toEqual([{ run: 7 }]);
    await waitFor(() => expect(window.location.hash).toBe("#/runs"));
  });

  it("offers no way to stop it where another window makes it", async () => {
    openApp("/runs/7", { "runs.show": { ...planning, may: { ...planning.may, cancel: false } } });
    expect(await screen.findByText("Making the plan")).toBeVisible();
    expect(screen.queryByRole("button", { name: "Cancel planning" })).toBeNull();
  });

  it("says so while sending plans it again", async () => {
    const { engine, user } = openApp("/runs/7", {
      "runs.show": runView(run("planned")),
      "runs.ledger": ledger,
      "export.send": () => new Promise(() => undefined),
    });
    await user.click(await button(/^Send 38/));
    expect(await button("Starting…")).toBeVisible();
    engine.tell({ type: "planning", progress: progress(25) });
    expect(await screen.findAllByText("25 of 40 profiles mapped")).not.toHaveLength(0);
  });
});

describe("a run that is being sent", () => {
  const sending = run("sending", { tally: tally({ created_records: 10, waiting_records: 30 }) });

  it("follows what the engine tells", async () => {
    const { engine } = openApp("/runs/7", { "runs.show": runView(sending), "runs.ledger": ledger });
    expect(await screen.findByText("10 of 40 records")).toBeVisible();
    const later = {
      ...sending,
      tally: tally({ created_records: 20, failed_records: 1, waiting_records: 19 }),
    };
    const pace = { records_per_minute: 1380, seconds_left: 480 };
    engine.tell({ type: "run", run: runView(later, { pace }) });
    expect(await screen.findByText("21 of 40 records")).toBeVisible();
    expect(screen.getByText("About 8 min")).toBeVisible();
    expect(screen.getByText("50 % of the records are settled")).toBeInTheDocument();
  });

  it("shows what was settled in each minute, also before anybody watched", async () => {
    const minutes = [400, 0, 120].map((records, index) => ({ minute: 29_000_000 + index, records }));
    openApp("/runs/7", { "runs.show": runView(sending, { minutes }), "runs.ledger": ledger });
    const chart = await screen.findByRole("img", { name: /^Records settled a minute/ });
    expect(chart.getAttribute("aria-label")).toMatch(/: 400, .*: 0, .*: 120$/);
  });

  it("says what it waits for, with the button that goes on", async () => {
    const sentence = "The org's limit of calls is reached. It goes on by itself at 14:00 UTC while the app is open.";
    const waiting = runView(run("waiting", { state_sentence: sentence }));
    const { engine, user } = openApp("/runs/7", {
      "runs.show": { ...waiting, may: { ...waiting.may, resume: true } },
      "runs.ledger": ledger,
      "runs.resume": runView(sending),
    });
    expect(await screen.findByText(sentence)).toBeVisible();
    await user.click(await button("Go on now"));
    await waitFor(() => expect(engine.asked("runs.resume")).toEqual([{ run: 7 }]));
  });

  it("leads to the login that it waits for", async () => {
    const sentence = "Salesforce ended the session. Log in again; the run goes on where it was.";
    const waiting = runView(run("waiting", { state_sentence: sentence }));
    openApp("/runs/7", {
      "app.state": state({ session: "signed_out" }),
      "runs.show": { ...waiting, may: { ...waiting.may, resume: true } },
      "runs.ledger": ledger,
    });
    expect(await screen.findByText(sentence)).toBeVisible();
    expect(await screen.findByRole("link", { name: "Log in" })).toHaveAttribute("href", "#/integration/general");
    expect(screen.queryByRole("button", { name: "Go on now" })).toBeNull();
  });

  it("asks before it is cancelled, with what stays and what is left out", async () => {
    const { engine, user } = openApp("/runs/7", {
      "runs.show": runView(sending),
      "runs.ledger": ledger,
      "runs.cancel": runView(run("cancelled")),
    });
    await user.click(await button("Cancel run"));
    const dialog = await screen.findByRole("alertdialog", { name: "Cancel run 7?" });
    expect(dialog).toHaveTextContent("10 records are in Salesforce and stay there.");
    await user.click(within(dialog).getByRole("button", { name: "Cancel run" }));
    await waitFor(() => expect(engine.asked("runs.cancel")).toEqual([{ run: 7 }]));
  });
});

describe("a ledger", () => {
  it("filters by outcome, opens a record, and is saved as CSV", async () => {
    const done = run("done", { tally: tally({ created_records: 2, failed_records: 1 }), total_records: 3 });
    const { engine, user } = openApp("/runs/7", {
      "runs.show": runView(done),
      "runs.ledger": ledger,
      "runs.open_record": {},
      "runs.save_ledger": { file_name: "run-7.csv", rows: 3 },
    });
    await user.click(await button("Open Person 1 in Salesforce, 00Q000000000001AAA"));
    expect(engine.asked("runs.open_record")).toEqual([{ run: 7, line: 1, candidate: null }]);
    await user.click(await button("Failed 1"));
    expect(await screen.findByText("Phone must have 10 digits.")).toBeVisible();
    expect(screen.getByText("FIELD_CUSTOM")).toBeVisible();
    await user.click(await button("Save ledger"));
    await user.click(await screen.findByRole("menuitem", { name: "As CSV" }));
    expect(engine.asked("runs.save_ledger")).toEqual([{ run: 7, format: "csv" }]);
    expect(await screen.findByText("Saved 3 lines as run-7.csv.")).toBeVisible();
    await expectNoViolation();
  });
});

describe("all runs", () => {
  it("open by Enter in their table", async () => {
    const { user } = openApp("/runs", {
      "runs.list": { matching_runs: 1, total_runs: 1, offset: 0, runs: [run("done")] },
      "runs.show": runView(run("done")),
      "runs.ledger": ledger,
    });
    const grid = await screen.findByRole("grid", { name: "Runs" });
    within(grid).getAllByRole("gridcell")[3]?.focus();
    await expectNoViolation();
    await user.keyboard("{Enter}");
    expect(await screen.findByRole("heading", { name: "Export “Q1 targets” as Leads" })).toBeVisible();
  });

  it("start with the way to the first one", async () => {
    openApp("/runs", {});
    expect(await screen.findByRole("heading", { name: "No runs yet" })).toBeVisible();
    expect(screen.getByRole("link", { name: "Choose a list" })).toHaveAttribute("href", "#/lists");
  });
});
