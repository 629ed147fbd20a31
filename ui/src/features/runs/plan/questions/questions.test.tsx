import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { AnswerLines, LineAnswer, Question, QuestionQuery } from "../../../../ipc";
import { expectNoViolation, fault, openApp, type Answers } from "../../../../testing";
import { plan, question, run, runView } from "../../../../testing/runSamples";

/** An engine that keeps answers, as the real one does. */
function open(all: Question[], answers: Answers = {}) {
  const given = new Map<number, LineAnswer | null>();
  const waiting = () => all.filter((one) => !given.get(one.line));
  const view = () => runView(run("planned"), { plan: plan({ ask_records: waiting().length }) });
  const opened = openApp("/runs/7", {
    "runs.show": view,
    "runs.ledger": { matching_lines: 0, total_lines: 40, offset: 0, lines: [] },
    "runs.questions": ({ waiting_only, offset, limit }: QuestionQuery) => {
      const shown = waiting_only ? waiting() : all;
      return {
        matching_questions: shown.length,
        total_questions: all.length,
        waiting_questions: waiting().length,
        offset,
        questions: shown
          .slice(offset, offset + limit)
          .map((one) => ({ ...one, answer: given.get(one.line) ?? null })),
      };
    },
    "runs.answer": ({ line, answer, alike }: AnswerLines) => {
      for (const one of all) if (one.line === line || alike) given.set(one.line, answer);
      return view();
    },
    ...answers,
  });
  return { ...opened, grid: () => screen.findByRole("group", { name: /^Question/ }) };
}

const three = () => [question(1), question(2), question(3)];

describe("a duplicate question", () => {
  it("shows profile and candidates side by side, with what agrees and why", async () => {
    const { grid } = open(three());
    const table = within(await grid()).getByRole("table");
    const row = within(table).getByRole("row", { name: /^Mobile/ });
    expect(row).toHaveTextContent("(549) 316-4771agrees:(549) 316-4771(blank)");
    expect(within(table).getByRole("row", { name: /^Owner, changed/ })).toHaveTextContent("Sam Ortiz");
    expect(screen.getByText("Both leads have the same name and company.")).toBeVisible();
    await expectNoViolation();
  });

  it("opens a candidate in Salesforce", async () => {
    const { engine, user, grid } = open(three(), { "runs.open_record": {} });
    const table = within(await grid()).getByRole("table");
    await user.click(within(table).getByRole("button", { name: /^Open Lead 2 in Salesforce/ }));
    expect(engine.asked("runs.open_record")).toEqual([{ run: 7, line: 1, candidate: 2 }]);
    expect(engine.asked("runs.answer")).toEqual([]);
  });

  it("is answered by keys while it has the focus, and taken back", async () => {
    const { engine, user, grid } = open(three());
    (await grid()).focus();
    await user.keyboard("2");
    await screen.findByRole("table", { name: /^Monica Yoder 2/ });
    await user.keyboard("x");
    await screen.findByRole("table", { name: /^Monica Yoder 3/ });
    await user.keyboard("u");
    await screen.findByRole("table", { name: /^Monica Yoder 2/ });
    expect(engine.asked("runs.answer")).toEqual([
      { run: 7, line: 1, alike: false, answer: { kind: "update", candidate: 2 } },
      { run: 7, line: 2, alike: false, answer: { kind: "skip" } },
      { run: 7, line: 2, alike: false, answer: null },
    ]);
    expect(await grid()).toHaveFocus();
  });

  it("gives the same answer to all alike, and leads back to the answers", async () => {
    const { engine, user, grid } = open(three());
    (await grid()).focus();
    await user.keyboard("a");
    expect(screen.getByRole("checkbox", { name: /^Same for 2 more/ })).toBeChecked();
    await user.keyboard("c");
    expect(await screen.findByText("Every question is answered")).toBeVisible();
    expect(engine.asked("runs.answer")).toEqual([
      { run: 7, line: 1, alike: true, answer: { kind: "create" } },
    ]);
    await user.keyboard("u");
    expect(await grid()).toHaveAccessibleName("Question 1 of 1");
    await user.keyboard("c");
    await user.click(await screen.findByRole("button", { name: "Look at the answers" }));
    expect(await screen.findByText("Your answer: Create duplicate")).toBeVisible();
  });

  it("moves by J and K, marks by arrows and updates by Enter", async () => {
    const { engine, user, grid } = open(three());
    (await grid()).focus();
    await user.keyboard("jk{ArrowRight}{Enter}");
    await waitFor(() =>
      expect(engine.asked("runs.answer")).toEqual([
        { run: 7, line: 1, alike: false, answer: { kind: "update", candidate: 2 } },
      ]),
    );
  });

  it("takes no letter elsewhere, nor what is not offered", async () => {
    const contact = question(1).candidates.map((one) => ({
      ...one,
      object: "contact" as const,
      may_be_updated: false,
    }));
    const { engine, user, grid } = open([question(1, { candidates: contact, offered: ["update", "skip"] })]);
    await grid();
    await user.keyboard("x");
    (await grid()).focus();
    await user.keyboard("1c");
    expect(engine.asked("runs.answer")).toEqual([]);
    expect(screen.getAllByText("A Contact: this run cannot update it.")).toHaveLength(2);
    expect(screen.queryByRole("button", { name: /^Create duplicate/ })).toBeNull();
  });

  it("takes no letter when single letters are turned off in the list of keys", async () => {
    const { engine, user, grid } = open(three());
    await grid();
    await user.keyboard("?");
    await user.click(await screen.findByRole("switch", { name: "Single-letter keys" }));
    await user.keyboard("{Escape}");
    (await grid()).focus();
    await user.keyboard("x");
    expect(engine.asked("runs.answer")).toEqual([]);
    await user.keyboard("{Enter}");
    expect(engine.asked("runs.answer")).toHaveLength(1);
  });

  it("stays, with the reason, when its answer is refused", async () => {
    const { user, grid } = open(three(), {
      "runs.answer": () => {
        throw fault("wrong_state", "The run is being sent already.");
      },
    });
    (await grid()).focus();
    await user.keyboard("1");
    expect(await screen.findByText("The run is being sent already.")).toBeVisible();
    expect(screen.getByRole("table", { name: /^Monica Yoder 1/ })).toBeVisible();
  });
});
