import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { LedgerQuery, RunView } from "../../../ipc";
import { button, expectNoViolation, openApp, type Answers } from "../../../testing";
import { exportOptions } from "../../../testing/exportSamples";
import { ledgerLine, lineDetail, plan, run, runView, tally } from "../../../testing/runSamples";
import { org } from "../../../testing/samples";

const failed = ledgerLine(2, {
  name: "Ann Masson",
  outcome: "failed",
  salesforce_id: null,
  error: "Phone must have 10 digits.",
  error_code: "FIELD_CUSTOM",
});
const refused = ledgerLine(4, {
  name: "Ida Refused",
  outcome: "refused",
  salesforce_id: null,
  error: "Company: required field is blank.",
  error_code: "required_blank",
});
const lines = [ledgerLine(1), failed, ledgerLine(3)];

const done = runView(
  run("done", { tally: tally({ created_records: 2, failed_records: 1 }), total_records: 3 }),
  {
    reasons: [
      { outcome: "failed", code: "FIELD_CUSTOM", sentence: "Validation rule “Phone format”", records: 1 },
    ],
  },
);
const retryable: RunView = { ...done, may: { ...done.may, retry: true } };

const open = (view: RunView, answers: Answers = {}) =>
  openApp("/runs/7", {
    "runs.show": view,
    "runs.ledger": ({ outcome, error_code, member_state, offset }: LedgerQuery) => {
      const shown = lines.filter(
        (line) =>
          (outcome === null || line.outcome === outcome) &&
          (member_state === null || line.member?.state === member_state) &&
          (error_code === null || line.error_code === error_code),
      );
      return { matching_lines: shown.length, total_lines: lines.length, offset, lines: shown };
    },
    "runs.line": ({ line }) => lineDetail(lines[line - 1] ?? failed),
    "runs.retry": runView(run("planned", { run: 8, source_run: 7 })),
    ...answers,
  });

const cellOf = async (row: RegExp) =>
  within(await screen.findByRole("row", { name: row })).getAllByRole("gridcell")[2] as HTMLElement;

describe("a ledger", () => {
  it("is filtered by a reason", async () => {
    const { engine, user } = open(done);
    await user.click(await button(/^Validation rule/));
    await waitFor(() => expect(screen.queryByText("Person 1")).toBeNull());
    expect(engine.asked("runs.ledger").at(-1)).toMatchObject({
      outcome: "failed",
      error_code: "FIELD_CUSTOM",
    });
    expect(screen.getByText("Ann Masson")).toBeVisible();
    await user.click(await button(/^Validation rule/));
    expect(await screen.findByText("Person 1")).toBeVisible();
  });

  it("shows all of a line by Enter, and opens its record by O", async () => {
    const { engine, user } = open(done, { "runs.open_record": {} });
    (await cellOf(/Person 1/)).focus();
    await user.keyboard("o");
    expect(engine.asked("runs.open_record")).toEqual([{ run: 7, line: 1, candidate: null }]);
    await user.keyboard("{Enter}");
    const dialog = await screen.findByRole("dialog", { name: "Person 1" });
    expect(await within(dialog).findByText("Chief Information Officer")).toBeVisible();
    expect(within(dialog).getByText("HR Business Partner")).toBeVisible();
    await expectNoViolation();
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(await cellOf(/Person 1/)).toHaveFocus();
  });

  it("retries the selected ones by R, and only those that failed", async () => {
    const { engine, user } = open(retryable);
    (await cellOf(/Person 1/)).focus();
    await user.keyboard(" {ArrowDown} ");
    expect(await screen.findByText("2 selected")).toBeVisible();
    await user.keyboard("r");
    await waitFor(() => expect(window.location.hash).toBe("#/runs/8"));
    expect(engine.asked("runs.retry")).toEqual([
      { run: 7, lines: { kind: "picked", lines: [2] }, edits: [], on_duplicate: null },
    ]);
  });

  it("retries with another action for duplicates than the run had, where it is offered", async () => {
    const waiting = {
      ...retryable,
      reasons: [{ outcome: "skipped" as const, code: "not_answered", sentence: "Nobody answered", records: 2 }],
    };
    const { engine, user } = open(waiting, {
      "export.options": exportOptions({ offered: ["update", "create"] }),
    });
    const choice = await button(/^As in this run/);
    await user.click(choice);
    const offered = within(await screen.findByRole("listbox")).getAllByRole("option");
    expect(offered.map((option) => option.textContent)).toEqual([
      "As in this runAs the Export tab says.",
      "Update existingThe record that is there gets the new values.",
      "Create duplicateA second record is created beside the first.",
    ]);
    await user.click(await screen.findByRole("option", { name: /Create duplicate/ }));
    await expectNoViolation();
    await user.click(await button("Plan the 2 without an answer again"));
    await waitFor(() => expect(window.location.hash).toBe("#/runs/8"));
    expect(engine.asked("runs.retry")).toEqual([
      { run: 7, lines: { kind: "unanswered" }, edits: [], on_duplicate: "create" },
    ]);
  });

  it("retries one record with another action for duplicates", async () => {
    const { engine, user } = open(retryable);
    await user.click(await button("Edit and retry Ann Masson"));
    const dialog = await screen.findByRole("dialog", { name: "Edit and retry Ann Masson" });
    await user.click(await within(dialog).findByRole("button", { name: /As in this run/ }));
    await user.click(await screen.findByRole("option", { name: /Do not export/ }));
    await user.click(within(dialog).getByRole("button", { name: "Retry this record" }));
    await waitFor(() =>
      expect(engine.asked("runs.retry")).toEqual([
        { run: 7, lines: { kind: "picked", lines: [2] }, edits: [], on_duplicate: "skip" },
      ]),
    );
  });

  it("sends a record again with the value that was typed for it", async () => {
    const { engine, user } = open(retryable);
    await user.click(await button("Edit and retry Ann Masson"));
    const dialog = await screen.findByRole("dialog", { name: "Edit and retry Ann Masson" });
    const phone = await within(dialog).findByRole("textbox", { name: "Business Phone" });
    expect(phone).toBeInvalid();
    expect(within(dialog).getAllByRole("textbox")[0]).toBe(phone);
    await expectNoViolation();
    await user.clear(phone);
    await user.type(phone, "(219) 606-2399");
    expect(phone).toBeValid();
    await user.click(within(dialog).getByRole("button", { name: "Retry this record" }));
    await waitFor(() => expect(window.location.hash).toBe("#/runs/8"));
    expect(engine.asked("runs.retry")).toEqual([
      {
        run: 7,
        lines: { kind: "picked", lines: [2] },
        edits: [{ line: 2, values: { Phone: "(219) 606-2399" } }],
        on_duplicate: null,
      },
    ]);
  });

  it("keeps an edit for later, and sends it with all that failed", async () => {
    const { engine, user } = open(retryable);
    await user.click(await button("Edit and retry Ann Masson"));
    await user.click(await button(/^Lead Source/));
    await user.click(await screen.findByRole("option", { name: "Partner" }));
    await user.click(await button("Keep for later"));
    expect(await screen.findByText(/1 record is edited and not sent/)).toBeVisible();
    await user.click(await button("Retry the failed one"));
    await waitFor(() =>
      expect(engine.asked("runs.retry")).toEqual([
        {
          run: 7,
          lines: { kind: "failed" },
          edits: [{ line: 2, values: { LeadSource: "Partner" } }],
          on_duplicate: null,
        },
      ]),
    );
  });

  it("keeps an edit while the page is not in sight, until the retry has it", async () => {
    const { engine, user } = open(retryable);
    await user.click(await button("Edit and retry Ann Masson"));
    const dialog = await screen.findByRole("dialog", { name: "Edit and retry Ann Masson" });
    await user.type(await within(dialog).findByRole("textbox", { name: "Business Phone" }), "1");
    await user.click(await button("Keep for later"));
    expect(await screen.findByText(/is kept until the window is closed/)).toBeVisible();
    window.location.hash = "#/runs";
    await waitFor(() => expect(screen.queryByRole("grid", { name: "Ledger" })).toBeNull());
    window.location.hash = "#/runs/7";
    expect(await screen.findByText(/1 record is edited and not sent/)).toBeVisible();
    await user.click(await button("Retry the failed one"));
    await waitFor(() => expect(window.location.hash).toBe("#/runs/8"));
    expect(engine.asked("runs.retry")).toMatchObject([{ run: 7, edits: [{ line: 2 }] }]);
    window.location.hash = "#/runs/7";
    await waitFor(() => expect(screen.getByText("Edit and retry")).toBeVisible());
    expect(screen.queryByText(/edited and not sent/)).toBeNull();
  });

  it("retries what our rules refused, too, edited or with all that failed", async () => {
    const { engine, user } = open(
      {
        ...retryable,
        summary: {
          ...done.summary,
          tally: tally({ created_records: 1, failed_records: 1, refused_records: 1 }),
        },
      },
      {
        "runs.ledger": { matching_lines: 2, total_lines: 2, offset: 0, lines: [ledgerLine(1), refused] },
        "runs.line": lineDetail(refused),
      },
    );
    expect(await button("Edit and retry Ida Refused")).toBeVisible();
    await user.click(await button("Retry 1 failed and 1 refused"));
    await waitFor(() =>
      expect(engine.asked("runs.retry")).toMatchObject([
        { run: 7, lines: { kind: "failed" }, edits: [] },
      ]),
    );
  });

  it("shows who did not become a member of the campaign, and why", async () => {
    const outside = ledgerLine(1, {
      member: { state: "failed", error_code: "members_refused", error: "The campaign takes nobody." },
    });
    const { engine, user } = open(
      {
        ...done,
        options: {
          ...done.options,
          campaign: { campaign_id: "701000000000001AAA", name: "Spring Webinar", status: "Sent" },
        },
        members: {
          waiting_members: 0,
          added_members: 2,
          known_members: 0,
          removed_members: 0,
          failed_members: 1,
        },
      },
      { "runs.ledger": { matching_lines: 1, total_lines: 3, offset: 0, lines: [outside] } },
    );
    expect(await screen.findByRole("columnheader", { name: "Campaign" })).toBeVisible();
    await user.click(await button(/^Not a member/));
    await waitFor(() =>
      expect(engine.asked("runs.ledger").at(-1)).toMatchObject({ member_state: "failed", outcome: null }),
    );
    (await cellOf(/Person 1/)).focus();
    await user.keyboard("{Enter}");
    const dialog = await screen.findByRole("dialog", { name: "Person 1" });
    expect(within(dialog).getByText(/The campaign takes nobody\./)).toBeVisible();
    expect(within(dialog).getByText("members_refused")).toBeVisible();
    await expectNoViolation();
  });

  it("is saved as an Excel workbook", async () => {
    const { engine, user } = open(done, { "runs.save_ledger": { file_name: "run-7.xlsx", rows: 3 } });
    await user.click(await button("Save ledger"));
    await user.click(await screen.findByRole("menuitem", { name: "As XLSX, for Excel" }));
    expect(await screen.findByText("Saved 3 lines as run-7.xlsx.")).toBeVisible();
    expect(engine.asked("runs.save_ledger")).toEqual([{ run: 7, format: "xlsx" }]);
  });
});

describe("an undo", () => {
  const undoing = runView(run("planned", { run: 9, kind: "undo", source_run: 7, org_kind: "production" }), {
    plan: plan({
      create_records: 0,
      refuse_records: 0,
      delete_records: 2,
      restore_records: 1,
      skip_records: 1,
      faults: [],
    }),
  });

  it("is planned from the ledger, which names the runs that followed", async () => {
    const { engine, user } = open(
      {
        ...done,
        followers: [
          { run: 8, kind: "export", state: "done" },
          { run: 9, kind: "undo", state: "done" },
        ],
      },
      { "runs.plan_undo": undoing },
    );
    const related = await screen.findByRole("list", { name: "Related runs" });
    expect(related).toHaveTextContent("Sent again by run 8Undone by run 9");
    await user.click(await button("Plan the undo"));
    await waitFor(() => expect(window.location.hash).toBe("#/runs/9"));
    expect(engine.asked("runs.plan_undo")).toEqual([{ run: 7 }]);
  });

  it("in Production is sent only after the org's name was typed", async () => {
    const { engine, user } = openApp("/runs/9", {
      "runs.show": undoing,
      "runs.ledger": { matching_lines: 0, total_lines: 4, offset: 0, lines: [] },
      "export.send": undoing,
    });
    const parts = within(await screen.findByRole("list", { name: "What the run will do" }));
    expect(parts.getAllByRole("button").map((part) => part.textContent)).toEqual([
      "1RestoreGet their values from before",
      "2DeleteCreated by run 7",
      "1Leave aloneChanged since, or gone",
    ]);
    await user.click(await button("Undo 3 records in Production"));
    const dialog = await screen.findByRole("alertdialog", { name: "Undo 3 records in Production?" });
    await user.click(within(dialog).getByRole("button", { name: "Undo 3 records" }));
    expect(engine.asked("export.send")).toEqual([]);
    await user.type(within(dialog).getByRole("textbox"), org.name);
    await expectNoViolation();
    await user.click(within(dialog).getByRole("button", { name: "Undo 3 records" }));
    await waitFor(() => expect(engine.asked("export.send")).toEqual([{ run: 9 }]));
  });
});
