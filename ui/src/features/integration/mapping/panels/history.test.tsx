import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import type { MappingVersion } from "../../../../ipc";
import { button, expectNoViolation, fault, openApp, type Answers } from "../../../../testing";
import { mapping_rows, mappingAnswers, mappingRow, savedMapping } from "../../../../testing/samples";

const version = (number: number, change: Partial<MappingVersion> = {}): MappingVersion => ({
  version: number,
  saved_at: "2026-11-23T17:00:00Z",
  saved_by: "Priya Nair",
  note: "",
  rows: 6,
  changes: [`change ${number}`],
  tested: false,
  ...change,
});

const versions = [
  version(12, { tested: true }),
  version(11, { note: "Before the trade fair" }),
  version(10, { saved_by: "Dana Whitfield" }),
  version(1, { changes: [] }),
];

const open = async (answers: Answers = {}) => {
  const app = openApp("/integration/mapping", {
    ...mappingAnswers,
    "mapping.history": { versions },
    ...answers,
  });
  await screen.findByRole("button", { name: "Source of row 1: Last Name" });
  await app.user.click(await button("History"));
  const dialog = await screen.findByRole("dialog", { name: "History of the Contact mapping" });
  return { ...app, dialog };
};

it("lists every version with who saved it, its note, its differences and whether it was tested", async () => {
  const { dialog } = await open();
  const [first, second, third, last] = await within(dialog).findAllByRole("listitem");
  expect(first).toHaveTextContent(/Version 12\s*Current\s*Tested/);
  expect(within(first as HTMLElement).queryByRole("button")).toBeNull();
  expect(second).toHaveTextContent(/Not tested.*Priya Nair.*Before the trade fair.*change 11 · 6 rows/);
  expect(third).toHaveTextContent("Dana Whitfield");
  expect(last).toHaveTextContent("The first version");
  await expectNoViolation();
});

it("compares any two by keyboard, grouped by what happened", async () => {
  const { engine, user, dialog } = await open({
    "mapping.compare": {
      same_rows: 4,
      changes: [
        {
          kind: "changed",
          source: "Job Title",
          target_label: "Title",
          target: "Title",
          row_before: 3,
          row_after: 3,
          details: [{ what: "On update", before: "Fill if blank", after: "Overwrite" }],
        },
        {
          kind: "added",
          source: "Mobile phone",
          target_label: "Mobile Phone",
          target: "MobilePhone",
          row_before: null,
          row_after: 5,
          details: [],
        },
      ],
    },
  });
  const box = (number: number) =>
    within(dialog).getByRole("checkbox", { name: `Choose version ${number} to compare` });
  await within(dialog).findAllByRole("listitem");
  box(12).focus();
  await user.keyboard("{ArrowDown} {ArrowDown} ");
  expect(box(10)).toBeChecked();
  expect(box(11)).toBeChecked();
  await user.click(within(dialog).getByRole("button", { name: "Compare" }));
  const compared = await screen.findByRole("dialog", { name: "Version 10 and version 11" });
  expect(engine.asked("mapping.compare")).toEqual([{ object: "contact", from: 10, to: 11, rows: [] }]);
  const added = await within(compared).findByRole("region", { name: "Added" });
  expect(added).toHaveTextContent(/Mobile phone.*Mobile Phone.*MobilePhone.*row 5/);
  expect(within(compared).getByRole("region", { name: "Changed" })).toHaveTextContent(
    /On update: Fill if blank.*Overwrite/,
  );
  expect(compared).toHaveTextContent("4 rows are the same.");
  await expectNoViolation();
  await user.click(within(compared).getByRole("button", { name: "Back to versions" }));
  expect(await screen.findByRole("dialog", { name: "History of the Contact mapping" })).toBeVisible();
});

it("compares one that is chosen with the current one, and the unsaved rows too", async () => {
  const app = openApp("/integration/mapping", {
    ...mappingAnswers,
    "mapping.history": { versions },
    "mapping.compare": { same_rows: 5, changes: [] },
  });
  await app.user.click(await button("Delete row 1"));
  await app.user.click(await button("History"));
  await app.user.click(await screen.findByRole("checkbox", { name: "Choose the unsaved changes to compare" }));
  await app.user.click(await button("Compare with the current one"));
  expect(await screen.findByText("No difference")).toBeVisible();
  expect(app.engine.asked("mapping.compare")).toEqual([
    { object: "contact", from: 12, to: null, rows: mapping_rows.slice(1) },
  ]);
});

it("restores a version as a new one; Undo brings back the former, and what was not saved", async () => {
  const older = [mappingRow(), mappingRow({ source: { kind: "field", field: "email" }, target: "Department" })];
  let newest = 12;
  const { engine, user } = await (async () => {
    const app = openApp("/integration/mapping", {
      ...mappingAnswers,
      "mapping.history": { versions },
      "mapping.restore": ({ version: wanted }) =>
        savedMapping({ version: ++newest, rows: wanted === 10 ? older : mapping_rows }),
    });
    await app.user.click(await button("Delete row 2"));
    await app.user.click(await button("History"));
    return app;
  })();
  await user.click(await button("Restore version 10"));
  expect(await screen.findByText("Restored version 10 as version 13.")).toBeVisible();
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(await button("Source of row 2: Email Address")).toBeVisible();
  expect(screen.queryByRole("region", { name: "Unsaved changes" })).toBeNull();

  const toast = screen.getByText("Restored version 10 as version 13.").parentElement as HTMLElement;
  await user.click(within(toast).getByRole("button", { name: "Undo" }));
  expect(await screen.findByText("Version 12 is back, as version 14.")).toBeVisible();
  expect(engine.asked("mapping.restore")).toEqual([
    { object: "contact", version: 10 },
    { object: "contact", version: 12 },
  ]);
  expect(await button("Source of row 2: Job Title")).toBeVisible();
  expect(screen.getByRole("region", { name: "Unsaved changes" })).toBeVisible();
});

it("says why a version could not be restored, and keeps the list", async () => {
  const { user, dialog } = await open({
    "mapping.restore": () => {
      throw fault("not_allowed", "Only admins may change mappings.");
    },
  });
  await user.click(await button("Restore version 11"));
  expect(await within(dialog).findByText("Only admins may change mappings.")).toBeVisible();
  expect(within(dialog).getAllByRole("listitem")).toHaveLength(4);
});

it("who may not change mappings only looks", async () => {
  const { dialog } = await open({
    "mapping.show": savedMapping({ may_edit: false, may_edit_sentence: "Only admins may change mappings." }),
  });
  await within(dialog).findAllByRole("listitem");
  expect(within(dialog).queryByRole("button", { name: /^Restore/ })).toBeNull();
  expect(within(dialog).getByText("Only admins may change mappings.")).toBeVisible();
});

it("has words for no version, and for versions that could not be read", async () => {
  let fails = true;
  const { user } = await open({
    "mapping.history": () => {
      if (fails) throw fault("workspace", "The workspace file is in use by another window.");
      return { versions: [] };
    },
  });
  expect(await screen.findByText("The workspace file is in use by another window.")).toBeVisible();
  fails = false;
  await user.click(await button("Try again"));
  await waitFor(() => expect(screen.getByText("No version yet")).toBeVisible());
});
