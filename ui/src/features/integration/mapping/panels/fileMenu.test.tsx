import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { button, expectNoViolation, fault, openApp, type Answers } from "../../../../testing";
import {
  mapping_rows,
  mappingAnswers,
  mappingPreview,
  mappingRow,
  savedMapping,
} from "../../../../testing/samples";

const open = async (answers: Answers = {}) => {
  const app = openApp("/integration/mapping", { ...mappingAnswers, ...answers });
  await screen.findByRole("button", { name: "Source of row 1: Last Name" });
  return {
    ...app,
    choose: async (name: string) => {
      await app.user.click(await button("File"));
      await app.user.click(await screen.findByRole("menuitem", { name }));
    },
  };
};

const sources = () =>
  screen
    .getAllByRole("button", { name: /^Source of row/ })
    .map((one) => one.getAttribute("aria-label")?.replace(/^Source of row \d+: /, ""));

const usual = ["Last Name", "“Web”", "Job Title", "Direct Phone Number", "Company HQ Phone", "Job Function"];
const file_rows = [
  mappingRow(),
  mappingRow({ source: { kind: "field", field: "mobile_phone" }, target: "MobilePhone" }),
];

it("imports a file's rows as one step that is not saved and can be undone", async () => {
  const { engine, user, choose } = await open({
    "mapping.open_file": { rows: file_rows, origin: "contacts.json" },
  });
  await user.click(await button("Delete row 3"));
  await choose("Import mapping…");
  expect(await screen.findByText("2 rows of contacts.json in the editor, not saved yet.")).toBeVisible();
  expect(sources()).toEqual(["Last Name", "Mobile phone"]);
  expect(engine.asked("mapping.save")).toEqual([]);
  await user.click(await button("Undo: Import contacts.json"));
  expect(sources()).toEqual(usual.toSpliced(2, 1));
});

it("tells what of a file was not understood, row by row, and leads there", async () => {
  const { user, choose } = await open({
    "mapping.open_file": {
      rows: [...file_rows, mappingRow({ source: { kind: "field", field: "job_title" }, target: "" })],
      origin: "contacts.json",
    },
    "mapping.preview": (query) => mappingPreview(query),
  });
  await choose("Import mapping…");
  const dialog = await screen.findByRole("dialog", { name: "contacts.json is in the editor" });
  expect(dialog).toHaveTextContent("3 rows, not saved yet. 1 row is to be mended.");
  expect(dialog).toHaveTextContent("Row 3 No target field. Choose one, or delete this row.");
  await expectNoViolation();
  await user.click(within(dialog).getByRole("button", { name: "Show row 3" }));
  expect(screen.queryByRole("dialog")).toBeNull();
  await waitFor(() => expect(document.activeElement?.closest('[role="row"]')).toHaveTextContent("Job Title"));
});

it("takes an import back from its report", async () => {
  const { user, choose } = await open({
    "mapping.open_file": { rows: [mappingRow({ target: "" })], origin: "contacts.json" },
  });
  await choose("Import mapping…");
  await user.click(await button("Take the import back"));
  expect(sources()).toEqual(usual);
  expect(screen.queryByRole("region", { name: "Unsaved changes" })).toBeNull();
});

it.each([
  "This mapping file has version 9, and this app reads versions up to 1. Update Landbridge, then import the file again; nothing was changed.",
  "This mapping file is for Leads, and Contacts was asked for. Import it on the sub-tab of Leads.",
])("refuses a file kindly and keeps the rows: %s", async (sentence) => {
  let refuses = true;
  const { user, choose } = await open({
    "mapping.open_file": () => {
      if (refuses) throw fault("bad_file", sentence);
      return null;
    },
  });
  await choose("Import mapping…");
  const dialog = await screen.findByRole("alertdialog", { name: "The mapping was not imported" });
  expect(dialog).toHaveTextContent(sentence);
  await expectNoViolation();
  refuses = false;
  await user.click(within(dialog).getByRole("button", { name: "Choose another file" }));
  await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
  expect(sources()).toEqual(usual);
  expect(screen.queryByRole("region", { name: "Unsaved changes" })).toBeNull();
});

it("exports the rows as they stand", async () => {
  const { engine, user, choose } = await open({
    "mapping.save_file": { file_name: "contacts.json", rows: 5 },
  });
  await user.click(await button("Delete row 1"));
  await choose("Export mapping…");
  expect(await screen.findByText("5 rows exported to contacts.json, with the unsaved changes.")).toBeVisible();
  expect(engine.asked("mapping.save_file")).toEqual([{ object: "contact", rows: mapping_rows.slice(1) }]);
});

it("goes back to the defaults as one step", async () => {
  const { user, choose } = await open({
    "mapping.defaults": { rows: file_rows, origin: "Defaults" },
  });
  await choose("Back to defaults");
  expect(await screen.findByText("The default 2 rows are in the editor, not saved yet.")).toBeVisible();
  expect(sources()).toEqual(["Last Name", "Mobile phone"]);
  const messages = screen.getByRole("region", { name: "Messages" });
  await user.click(within(messages).getByRole("button", { name: "Undo" }));
  expect(sources()).toEqual(usual);
});

it("reads the org's fields again and keeps unsaved rows", async () => {
  const { engine, user, choose } = await open({ "mapping.refresh": savedMapping() });
  await user.click(await button("Delete row 1"));
  await choose("Refresh fields");
  expect(
    await screen.findByText("Contact fields read from the org. Nothing that is mapped changed."),
  ).toBeVisible();
  await waitFor(() => expect(engine.asked("mapping.fields").length).toBeGreaterThan(3));
  expect(sources()).toEqual(usual.slice(1));
});

it("who may not change mappings may still export", async () => {
  const { user } = await open({
    "mapping.show": savedMapping({ may_edit: false, may_edit_sentence: "Only admins may change mappings." }),
  });
  await user.click(await button("File"));
  await screen.findByRole("menu");
  expect(screen.getAllByRole("menuitem").map((item) => item.textContent)).toEqual([
    "Export mapping…",
    "Refresh fields",
  ]);
});
