import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { button, expectNoViolation, openApp, type Answers } from "../../../testing";
import { duplicates, exportSettings } from "../../../testing/exportSamples";
import { asUser, user_refusal } from "../../../testing/samples";

const rules = {
  rules: [
    { rule_id: "01Q000000000001AAA", name: "Standard" },
    { rule_id: "01Q000000000002AAA", name: "EMEA round robin" },
  ],
  active_rule_id: "01Q000000000001AAA",
};

const open = (answers: Answers = {}) =>
  openApp("/integration/export", {
    "settings.assignment_rules": rules,
    "settings.save_export": (saved) => exportSettings(saved),
    ...answers,
  });

const object = (name: string) => screen.findByRole("region", { name });
const bar = () => screen.getByRole("region", { name: "Unsaved changes" });

describe("duplicate handling", () => {
  it("keeps the default among what is offered, and refuses to offer nothing", async () => {
    const { engine, user } = open();
    const leads = within(await object("Leads"));
    await user.click(leads.getByRole("radio", { name: /^The org’s duplicate rules/ }));
    await user.click(leads.getByRole("checkbox", { name: "Update existing" }));
    expect(leads.getByRole("button", { name: /^Create duplicate/ })).toBeVisible();
    await user.click(leads.getByRole("checkbox", { name: "Create duplicate" }));
    await user.click(leads.getByRole("checkbox", { name: "Do not export" }));
    expect(leads.getByText(/Offer at least one action/)).toBeVisible();
    await user.click(await button("Save changes"));
    expect(engine.asked("settings.save_export")).toEqual([]);
    await user.click(leads.getByRole("checkbox", { name: "Do not export" }));
    await user.click(leads.getByRole("checkbox", { name: /^Likely and possible matches/ }));
    expect(bar()).toHaveTextContent("duplicates of Leads");
    await expectNoViolation();
    await user.click(await button("Save changes"));
    await waitFor(() =>
      expect(engine.asked("settings.save_export")[0]?.objects[2]?.duplicates).toEqual(
        duplicates({
          checking: "org_rules",
          offers_update: false,
          offers_create: false,
          default_action: "skip",
          unsure_follow_default: true,
        }),
      ),
    );
  });
});

describe("what holds for all exports", () => {
  it("recommends manual accounts, and makes all three manual again", async () => {
    const { user } = open({
      "settings.export": exportSettings({
        rules: { ...exportSettings().rules, no_account: "create", several_accounts: "best_match" },
      }),
    });
    expect(await screen.findByText(/Manual is recommended for exports of 26 contacts or more/)).toBeVisible();
    await user.click(await button("Make all three manual"));
    expect(bar()).toHaveTextContent("accounts of contacts");
    expect(screen.queryByText(/Manual is recommended/)).toBeNull();
    expect(await button(/^Manual: confirm the creation/)).toBeVisible();
  });

  it("chooses an assignment rule of the org, and none again", async () => {
    const { engine, user } = open();
    await user.click(await button("Rule for 26 leads or more, none"));
    expect(await screen.findByRole("option", { name: /^Standard.*active/ })).toBeVisible();
    await user.keyboard("emea{Enter}");
    expect(bar()).toHaveTextContent("assignment rule");
    await user.click(await button("Save changes"));
    await waitFor(() =>
      expect(engine.asked("settings.save_export")[0]?.rules.bulk_assignment_rule).toEqual(rules.rules[1]),
    );
    await user.click(await button("Rule for 26 leads or more, EMEA round robin"));
    await user.click(await screen.findByRole("option", { name: /^None/ }));
    expect(await button("Rule for 26 leads or more, none")).toBeVisible();
  });

  it("checks the budget, and shows what was used of it today", async () => {
    const { engine, user } = open();
    const budget = await screen.findByRole("textbox", { name: "API calls a day" });
    await user.type(budget, "0");
    await user.tab();
    expect(budget).toBeInvalid();
    await user.clear(budget);
    await user.type(budget, "1,000");
    expect(budget).toBeValid();
    expect(screen.getByRole("meter", { name: "API calls of the budget used today" })).toHaveAttribute(
      "aria-valuetext",
      "112 of 1,000 used today",
    );
    await user.click(await button("Save changes"));
    await waitFor(() => expect(engine.asked("settings.save_export")[0]?.rules.daily_budget_calls).toBe(1000));
  });

  it("is locked for whoever is not an admin, with the reason", async () => {
    const { engine } = open({ "app.state": asUser() });
    expect((await screen.findAllByText(user_refusal))[0]).toBeVisible();
    expect(screen.getByRole("textbox", { name: "API calls a day" })).toHaveAttribute("readonly");
    const leads = screen.getByRole("switch", { name: "Leads may be exported" });
    expect(leads).toHaveAttribute("aria-disabled", "true");
    expect(leads).toHaveAccessibleDescription(user_refusal);
    expect(engine.asked("settings.assignment_rules")).toEqual([]);
    await expectNoViolation();
  });
});
