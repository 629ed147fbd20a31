import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import type { AuditQuery } from "../../ipc";
import { button, expectNoViolation, fault, openApp, type Answers } from "../../testing";
import { auditEntry } from "../../testing/peopleSamples";
import { asUser, user_refusal } from "../../testing/samples";

const page = ({ offset, limit, search }: AuditQuery) => {
  const total = search === "nothing such" ? 0 : 870;
  return {
    entries: Array.from({ length: Math.min(limit, total - offset) }, (_, index) =>
      auditEntry(total - offset - index),
    ),
    offset,
    matching_entries: total,
    total_entries: 870,
  };
};

const open = (path = "/audit", answers: Answers = {}) => openApp(path, { "audit.list": page, ...answers });

it("shows what was before beside what is after", async () => {
  const { user } = open();
  const cell = (await screen.findByText("Turned exports on, time 870.")).closest<HTMLElement>('[role="gridcell"]');
  cell?.focus();
  await user.keyboard("{Enter}");
  const dialog = await screen.findByRole("dialog", { name: "Turned exports on, time 870." });
  expect(within(dialog).getByRole("region", { name: "Before" })).toHaveTextContent("Off");
  expect(within(dialog).getByRole("region", { name: "After" })).toHaveTextContent("On");
  expect(dialog).toHaveTextContent("exports_turned_on");
  await expectNoViolation();
});

it("filters by area and words, and saves just these as CSV", async () => {
  const { engine, user } = open("/audit?search=run%207", {
    "audit.save_file": { file_name: "audit.csv", rows: 870 },
  });
  await user.click(await screen.findByRole("button", { name: /Area/ }));
  await user.click(await screen.findByRole("option", { name: "Runs" }));
  await waitFor(() =>
    expect(engine.asked("audit.list").at(-1)).toMatchObject({ search: "run 7", area: "runs", since: null }),
  );
  await user.click(await button("Save 870 entries as CSV"));
  expect(await screen.findByText("Saved 870 entries as “audit.csv”.")).toBeVisible();
  expect(engine.asked("audit.save_file")).toEqual([{ search: "run 7", area: "runs", since: null }]);
});

it("names the words that no entry has, and clears them", async () => {
  const { user } = open("/audit?search=nothing%20such");
  expect(await screen.findByText("No entry for “nothing such”")).toBeVisible();
  await user.click(await button("Clear filters"));
  expect(await screen.findByText("Turned exports on, time 870.")).toBeVisible();
});

it("is for admins, and says who they are", async () => {
  const { engine } = open("/audit", { "app.state": asUser() });
  expect(await screen.findByText(user_refusal)).toBeVisible();
  expect(engine.asked("audit.list")).toEqual([]);
});

it("can be read again after it failed, and says when there is nothing yet", async () => {
  let broken = true;
  const { user } = open("/audit", {
    "audit.list": () => {
      if (broken) throw fault("workspace", "The workspace database could not be read. Try again.");
      return { entries: [], offset: 0, matching_entries: 0, total_entries: 0 };
    },
  });
  expect(await screen.findByText(/could not be read. Try again/)).toBeVisible();
  broken = false;
  await user.click(await button("Try again"));
  await waitFor(() => expect(screen.queryByText(/could not be read. Try again/)).toBeNull());
  expect(screen.queryByRole("grid", { name: "Audit log" })).toBeNull();
});
