import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { ExportChoice } from "../../../ipc";
import { button, expectNoViolation, fault, openApp, type Answers } from "../../../testing";
import { exportOptions } from "../../../testing/exportSamples";
import { run, runView } from "../../../testing/runSamples";
import { list } from "../../../testing/samples";

const planned = runView(run("planned"));

const open = (answers: Answers = {}) =>
  openApp("/runs/new", {
    "lists.list": { lists: [list()], total_lists: 1 },
    "export.preflight": { chosen_records: 40, refusals: [], warnings: [] },
    "export.plan": planned,
    "runs.show": planned,
    "runs.ledger": { matching_lines: 0, total_lines: 40, offset: 0, lines: [] },
    ...answers,
  });

const plan = async (engine: ReturnType<typeof open>["engine"], user: ReturnType<typeof open>["user"]) => {
  await user.click(await button("Plan 40 records"));
  await waitFor(() => expect(engine.asked("export.plan")).toHaveLength(1));
  return engine.asked("export.plan")[0] as ExportChoice;
};

describe("what may be chosen", () => {
  it("names the default, says who will own what is created, and sends what was chosen", async () => {
    const { engine, user } = open({
      "export.options": exportOptions({
        default_action: "skip",
        owner_sentence: "Sam Ortiz owns new records.",
      }),
      "export.campaigns": ({ search }) => ({
        campaigns: ["Spring webinar", "Trade fair Ohio"]
          .filter((name) => name.toLowerCase().includes(search))
          .map((name, index) => ({ campaign_id: `701${index}`, name, statuses: ["Invited", "Came"] })),
        has_more: false,
      }),
    });
    expect(await screen.findByRole("radio", { name: /^Do not export \(the default\)/ })).toBeChecked();
    expect(screen.getByText("Sam Ortiz owns new records.")).toBeVisible();
    await expectNoViolation();

    await user.click(screen.getByRole("radio", { name: /^Do not export, all alike/ }));
    await user.click(screen.getByRole("button", { name: "Campaign" }));
    await user.keyboard("fair");
    await user.click(await screen.findByRole("option", { name: /Trade fair Ohio/ }));
    await user.click(await button(/^Invited/));
    await user.click(await screen.findByRole("option", { name: "Came" }));
    await user.click(screen.getByRole("checkbox", { name: "Save past alerting duplicate rules" }));
    expect(engine.asked("export.campaigns").at(-1)).toEqual({ search: "fair" });
    expect(await plan(engine, user)).toMatchObject({
      on_duplicate: "skip",
      campaign: { name: "Trade fair Ohio", status: "Came" },
      save_past_alerts: true,
    });
  });

  it("offers only what the admin offers, and no campaign for accounts", async () => {
    open({
      "lists.list": { lists: [list({ kind: "companies" })], total_lists: 1 },
      "export.options": exportOptions({ object: "account", campaigns: false, offered: ["update"] }),
    });
    expect(await screen.findByRole("radio", { name: /^Update existing \(the default\)/ })).toBeVisible();
    expect(screen.queryByRole("radio", { name: /^Create duplicate/ })).toBeNull();
    expect(screen.queryByRole("region", { name: "Campaign" })).toBeNull();
  });

  it("says why it could not be read, and tries again", async () => {
    const { engine, user } = open({
      "export.options": () => {
        throw fault("workspace", "The workspace cannot be read.");
      },
    });
    expect(await screen.findByText("What may be chosen could not be read")).toBeVisible();
    engine.answers["export.options"] = exportOptions();
    await user.click(await button("Try again"));
    expect(await screen.findByRole("radio", { name: /^Update existing/ })).toBeVisible();
  });
});
