import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import type { Drift } from "../../../../ipc";
import { button, expectNoViolation, openApp, type Answers } from "../../../../testing";
import { mapping_rows, mappingAnswers, org, savedMapping, state } from "../../../../testing/samples";

const gone: Drift = {
  row: 6,
  kind: "field_gone",
  target: "Function__c",
  stops_exports: true,
  sentence: "Function__c was deleted or renamed. It was probably renamed to Department.",
  renamed_to: "Department",
};
const relabelled: Drift = {
  row: 3,
  kind: "relabelled",
  target: "Title",
  stops_exports: false,
  sentence: "Title is called “Position” now; it was “Title”.",
  renamed_to: null,
};

const open = async (drift: Drift[], answers: Answers = {}) => {
  const app = openApp("/integration/mapping", {
    ...mappingAnswers,
    "mapping.show": ({ object }) => savedMapping({ object, drift: object === "contact" ? drift : [] }),
    ...answers,
  });
  await screen.findByRole("button", { name: "Source of row 1: Last Name" });
  return app;
};

const banner = () => screen.findByRole("region", { name: "Changes in the org" });

it("says what changed, worst first, and leads to the row where it stands now", async () => {
  const { user } = await open([relabelled, gone]);
  expect(await banner()).toHaveTextContent("2 things in the org changed since version 12 was saved");
  expect(within(await banner()).getAllByRole("listitem")[0]).toHaveTextContent(/^Row 6/);
  await expectNoViolation();
  await user.click(await button("Delete row 1"));
  await user.click(within(await banner()).getByRole("button", { name: /^Row 5/ }));
  await waitFor(() => expect(document.activeElement?.closest('[role="row"]')).toHaveTextContent("Job Function"));
});

it("is told at the rows too, in words and as a warning, until they do without it", async () => {
  const { user } = await open([relabelled, gone]);
  const rowOf = async (name: string) => (await button(name)).closest<HTMLElement>('[role="row"]');
  const title = await rowOf("Salesforce field of row 3: Title");
  expect(title).toHaveTextContent("Title is called “Position” now; it was “Title”.");
  expect(within(title as HTMLElement).getByRole("img", { name: "To check" })).toBeVisible();
  expect(await rowOf("Source of row 6: Job Function")).toHaveTextContent("It was probably renamed to Department.");
  expect(await rowOf("Source of row 1: Last Name")).not.toHaveTextContent("renamed");
  await user.click(within(await banner()).getByRole("button", { name: "Use Department" }));
  expect(await rowOf("Source of row 6: Job Function")).not.toHaveTextContent("renamed");
});

it("mends a renamed field by one press, as an undo step", async () => {
  const { user } = await open([gone]);
  await user.click(within(await banner()).getByRole("button", { name: "Use Department" }));
  expect(await button("Salesforce field of row 6: Department")).toBeVisible();
  expect(await banner()).toHaveTextContent("Mended in the unsaved changes.");
  expect(await button("Undo: Change to Department")).toBeVisible();
});

it("checks the org again, and goes when nothing is left", async () => {
  const { user } = await open([gone], { "mapping.refresh": savedMapping() });
  await user.click(within(await banner()).getByRole("button", { name: "Check again" }));
  await waitFor(() => expect(screen.queryByRole("region", { name: "Changes in the org" })).toBeNull());
});

it("marks as seen by saving the saved rows, never the edited ones", async () => {
  const { engine, user } = await open([gone, relabelled], {
    "mapping.save": {
      saved: savedMapping({ drift: [gone] }),
      problems: [],
      sentence: "",
      warning: "Nothing differs from version 12, so there is no new version.",
    },
  });
  await user.click(await button("Delete row 1"));
  await user.click(within(await banner()).getByRole("button", { name: "Mark as seen" }));
  await waitFor(async () => expect(within(await banner()).getAllByRole("listitem")).toHaveLength(1));
  expect(engine.asked("mapping.save")).toEqual([
    { object: "contact", rows: mapping_rows, note: "", based_on_version: 12 },
  ]);
  // What stops exports is not waved away.
  expect(within(await banner()).queryByRole("button", { name: "Mark as seen" })).toBeNull();
  expect(screen.getByRole("region", { name: "Unsaved changes" })).toBeVisible();
});

it("arrives when the engine tells that the state of the workspace changed", async () => {
  let drift: Drift[] = [];
  const { engine } = await open([], {
    "mapping.show": ({ object }) => savedMapping({ object, drift: object === "contact" ? drift : [] }),
  });
  expect(screen.queryByRole("region", { name: "Changes in the org" })).toBeNull();
  drift = [relabelled];
  act(() =>
    engine.tell({ type: "state", state: state({ org: { ...org, connected_at: "2026-11-24T17:00:00Z" } }) }),
  );
  expect(await banner()).toHaveTextContent("1 thing in the org changed since version 12 was saved. Exports go on.");
});
