import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { DifferenceQuery, LedgerQuery } from "../../../ipc";
import { button, expectNoViolation, openApp, type Answers } from "../../../testing";
import { difference, ledgerLine, plan, run, runView } from "../../../testing/runSamples";
import { asUser, state, user_refusal } from "../../../testing/samples";

const counts = { fills_blank_values: 2, overwrites_values: 1, clears_values: 0, no_change_values: 3 };

const differences = ({ kind, target, offset }: DifferenceQuery) => ({
  matching_values: kind === "clears" ? 0 : kind === null ? 6 : counts[`${kind}_values`],
  counts,
  fields: [{ target: "Title", label: "Title", values: 3 }],
  offset,
  differences: [
    difference(1, { kind: kind ?? "overwrites" }),
    difference(2, { kind: "fills_blank", before: null, target: target ?? "MobilePhone", label: "Mobile" }),
  ],
});

const records = ({ action, object, offset }: LedgerQuery) => ({
  matching_lines: 1,
  total_lines: 40,
  offset,
  lines: [ledgerLine(1, { name: `A record to ${action ?? object ?? ""}`, action: action ?? "create" })],
});

const updating = runView(run("planned"), {
  plan: plan({
    create_records: 5,
    update_records: 3,
    skip_records: 2,
    filled_values: 2,
    overwritten_values: 1,
    budget: { daily_calls: 100, used_calls: 96 },
  }),
});

const open = (view = updating, answers: Answers = {}) =>
  openApp("/runs/7", {
    "runs.show": view,
    "runs.ledger": records,
    "runs.differences": differences,
    ...answers,
  });

describe("the parts of a plan", () => {
  it("are opened by their numbers", async () => {
    const { user } = open();
    const parts = within(await screen.findByRole("list", { name: "What the run will do" }));
    expect(parts.getByRole("button", { name: /Update/, pressed: true })).toHaveTextContent(
      "3Update3 values, 1 overwrite one",
    );
    await user.click(parts.getByRole("button", { name: /Create/ }));
    expect(await screen.findByText("A record to create")).toBeVisible();
    await user.click(parts.getByRole("button", { name: /Skip/ }));
    expect(await screen.findByText("A record to skip")).toBeVisible();
    await user.click(parts.getByRole("button", { name: /Refuse/ }));
    expect(await screen.findByText("A record to refuse")).toBeVisible();
    await expectNoViolation();
  });

  it("say how duplicates were looked for, who owns, what it costs of the budget, and what can be undone", async () => {
    open();
    expect(await screen.findByText(/40 records are few enough to ask for each value/)).toBeVisible();
    expect(screen.getByText("Owner: Priya Nair.")).toBeVisible();
    expect(screen.getByText(/of 4 left in today’s budget/)).toBeVisible();
    expect(screen.getByText(/It cannot be sent with so few calls left\. The budget is full again at midnight UTC/)).toBeVisible();
    expect(
      screen.getByText(/The old values of 3 leads are kept, and 5 new records can be deleted/),
    ).toBeVisible();
  });
});

describe("the differences", () => {
  it("show the old value beside the new, with filters that count the whole plan", async () => {
    const { engine, user } = open();
    expect(await button("Overwrites 1")).toHaveAttribute("aria-pressed", "true");
    await user.click(await button("All 6"));
    await waitFor(() => expect(engine.asked("runs.differences").at(-1)).toMatchObject({ kind: null }));
    const grid = await screen.findByRole("grid", { name: "Differences" });
    const [first] = within(grid).getAllByText("IT Director");
    expect(first?.tagName).toBe("S");
    expect(within(grid).getAllByText("(blank)")).toHaveLength(1);
    expect(screen.getByText("3 values in 3 updates")).toBeVisible();
    await user.click(await button("No change 3"));
    await user.click(await button(/^Any field/));
    await user.click(await screen.findByRole("option", { name: "Title 3" }));
    await waitFor(() =>
      expect(engine.asked("runs.differences").at(-1)).toMatchObject({ kind: "no_change", target: "Title" }),
    );
  });

  it("fill the page in a table of their own", async () => {
    const { user } = open();
    await user.click(await screen.findByRole("link", { name: "Open full table" }));
    expect(await screen.findByRole("link", { name: "Back to the plan" })).toHaveAttribute(
      "href",
      "#/runs/7/plan",
    );
    expect(await screen.findByRole("grid", { name: "Differences" })).toBeVisible();
    await expectNoViolation();
  });
});

describe("the steps before a plan", () => {
  it("are looked at again, and lead back to the plan", async () => {
    const { user } = open();
    const path = async () => within(await screen.findByRole("list", { name: "Steps of this run" }));
    await user.click((await path()).getByRole("link", { name: /^Choose/ }));
    expect(await screen.findByText("Q1 targets", { selector: "dd" })).toBeVisible();
    // Looking back undoes nothing.
    expect((await path()).getByRole("link", { name: /^Map.*done/ })).toBeVisible();
    expect(screen.getByText("As the Export tab says")).toBeVisible();
    await user.click((await path()).getByRole("link", { name: /^Find duplicates/ }));
    expect(await screen.findByText(/40 records are few enough to ask for each value/)).toBeVisible();
    await expectNoViolation();
    await user.click((await path()).getByRole("link", { name: "Plan" }));
    expect(await button(/^Send 8 records/)).toBeVisible();
  });
});

describe("records of a plan", () => {
  it("are opened in Salesforce from their differences", async () => {
    const { engine, user } = open(updating, { "runs.open_record": {} });
    await user.click((await screen.findAllByRole("button", { name: /^Open Person 1 in Salesforce/ }))[0] as HTMLElement);
    expect(engine.asked("runs.open_record")).toEqual([{ run: 7, line: 1, candidate: null }]);
  });
});

describe("a plan with memberships alone", () => {
  it("says on its button what is written", async () => {
    const nobody = plan({ create_records: 0, refuse_records: 0, skip_records: 40, faults: [] });
    open(
      runView(run("planned"), {
        plan: nobody,
        options: {
          on_duplicate: null,
          campaign: { campaign_id: "701000000000001AAA", name: "Spring Webinar", status: "Sent" },
          save_past_alerts: false,
        },
        members: {
          waiting_members: 40,
          added_members: 0,
          known_members: 0,
          removed_members: 0,
          failed_members: 0,
        },
      }),
    );
    expect(await button("Add 40 members to “Spring Webinar” in Landbridge demo org")).toBeVisible();
  });
});

describe("a plan that the org has overtaken", () => {
  const replanned = {
    ...updating,
    plan: { ...updating.plan, replanned_sentence: "2 records changed in the org and were planned again." },
  };

  it("is planned again instead of sent, and says so", async () => {
    const { engine, user } = open(updating, { "export.send": replanned });
    await user.click(await button(/^Send 8 records/));
    expect(await screen.findByText(/2 records changed in the org/)).toBeVisible();
    expect(await button(/^Send 8 records/)).toBeVisible();
    expect(engine.asked("export.send")).toHaveLength(1);
  });

  it("is looked at again by Refresh", async () => {
    const { engine, user } = open(replanned, { "runs.refresh": updating });
    await user.click(await button("Refresh"));
    expect(engine.asked("runs.refresh")).toEqual([{ run: 7 }]);
    await waitFor(() => expect(screen.queryByText(/2 records changed in the org/)).toBeNull());
    expect(await screen.findByText("Nothing changed in the org since the plan.")).toBeVisible();
  });
});

describe("a plan that cannot be sent now", () => {
  it.each([
    [state({ exports_on: false }), "Exports are off. Turn them on in General Settings first."],
    [asUser({ exports_on: false }), `Exports are off. ${user_refusal}`],
    [state({ session: "signed_out" }), "Log in to Salesforce in General Settings first."],
    [asUser({ session: "signed_out" }), `Nobody is logged in to Salesforce. ${user_refusal}`],
    [state({ accounts: "user" }), "Connect your Salesforce user in General Settings first."],
  ])("names a mend that the reader may do", async (seen, words) => {
    const { engine, user } = open(updating, { "app.state": seen });
    const send = await button(/^Send 8 records/);
    await waitFor(() => expect(send).toHaveAccessibleDescription(words));
    await user.click(send);
    expect(engine.asked("export.send")).toEqual([]);
  });
});
