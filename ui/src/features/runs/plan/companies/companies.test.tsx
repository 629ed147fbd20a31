import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { AnswerCompanies, CompanyAnswer, CompanyQuery } from "../../../../ipc";
import { expectNoViolation, openApp } from "../../../../testing";
import { companyQuestion, plan, run, runView } from "../../../../testing/runSamples";

const all = [
  companyQuestion(1),
  companyQuestion(2, { accounts: "none", candidates: [] }),
  companyQuestion(3, { accounts: "none", candidates: [], cannot_create: "Accounts may not be exported." }),
];

function open() {
  const given = new Map<number, CompanyAnswer | null>();
  const waiting = () => all.filter((one) => !given.get(one.company));
  const view = () =>
    runView(run("planned", { object: "contact" }), {
      plan: plan({ ask_companies: waiting().length, create_account_records: 0 }),
    });
  return openApp("/runs/7", {
    "runs.show": view,
    "runs.ledger": { matching_lines: 0, total_lines: 40, offset: 0, lines: [] },
    "runs.companies": ({ waiting_only, offset }: CompanyQuery) => {
      const companies = (waiting_only ? waiting() : all).map((one) => ({
        ...one,
        answer: given.get(one.company) ?? null,
      }));
      return {
        matching_companies: companies.length,
        total_companies: all.length,
        waiting_companies: waiting().length,
        offset,
        companies,
      };
    },
    "runs.answer_companies": ({ companies, answer }: AnswerCompanies) => {
      for (const company of companies) given.set(company, answer);
      return view();
    },
  });
}

describe("the companies of contacts", () => {
  it("are answered one by one, from what each may be", async () => {
    const { engine, user } = open();
    await user.click(await screen.findByRole("button", { name: /Account of Company 3/ }));
    expect(screen.queryByRole("option", { name: /^Create account/ })).toBeNull();
    await user.click(await screen.findByRole("option", { name: /^No account/ }));
    await waitFor(() =>
      expect(engine.asked("runs.answer_companies")).toEqual([
        { run: 7, companies: [3], answer: { kind: "without_account" } },
      ]),
    );
    await expectNoViolation();
  });

  it("are answered many at once by the keyboard, each as it can be", async () => {
    const { engine, user } = open();
    const grid = await screen.findByRole("grid", { name: "Companies" });
    within(grid).getAllByRole("gridcell")[1]?.focus();
    await user.keyboard("{Control>}a{/Control}");
    expect(await screen.findByText("3 selected")).toBeVisible();
    await user.keyboard("c");
    await waitFor(() =>
      expect(engine.asked("runs.answer_companies")).toEqual([
        { run: 7, companies: [1, 2], answer: { kind: "create" } },
      ]),
    );
    await waitFor(() => expect(screen.queryByText("3 selected")).toBeNull());
  });

  it("get the best account of each by B, also alone", async () => {
    const { engine, user } = open();
    const grid = await screen.findByRole("grid", { name: "Companies" });
    within(grid).getAllByRole("gridcell")[1]?.focus();
    await user.keyboard("b");
    await waitFor(() =>
      expect(engine.asked("runs.answer_companies")).toEqual([
        { run: 7, companies: [1], answer: { kind: "associate", account_id: "001000000000001AAA" } },
      ]),
    );
  });
});
