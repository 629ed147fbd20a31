import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { LookupFields, MappingFields, MappingRow, TargetField } from "../../../../ipc";
import { button, expectNoViolation, fault, openApp, type Answers } from "../../../../testing";
import {
  mapping_rows,
  mappingAnswers,
  mappingFields,
  mappingRow,
  savedMapping,
} from "../../../../testing/samples";

const target = (name: string, label: string, kind: string, change: Partial<TargetField> = {}): TargetField => ({
  name,
  label,
  kind,
  type_label: kind,
  required: false,
  closed: null,
  updateable: true,
  picklist: [],
  restricted: false,
  refers_to: [],
  ...change,
});

const base = mappingFields();
const fields: MappingFields = {
  ...base,
  time_zones: ["America/New_York", "Europe/Berlin", "UTC"],
  groups: [
    ...base.groups,
    {
      label: "Company figures",
      fields: [
        { id: "revenue", label: "Revenue", kind_label: "Company field", unit: "thousands of USD" },
        { id: "employees", label: "Employees", kind_label: "Company field", unit: "" },
      ],
    },
  ],
  targets: [
    ...base.targets,
    target("Revenue__c", "Revenue", "currency"),
    target("Employees__c", "Employees", "int"),
    target("Growth__c", "Growth", "percent"),
    target("Born__c", "Founded on", "date"),
    target("Seen__c", "Last seen", "datetime"),
    target("AccountId", "Account", "reference", { refers_to: ["Account"] }),
    target("RecordTypeId", "Record Type", "reference", {
      refers_to: ["RecordType"],
      picklist: [{ value: "Partner", label: "Partner", active: true }],
    }),
  ],
};

const lookups: LookupFields = {
  object: "Account",
  label: "Company",
  fields: [
    { name: "ERP_Id__c", label: "ERP number" },
    { name: "Vat__c", label: "VAT number" },
  ],
};

const field = (id: string) => ({ kind: "field" as const, field: id });

/** The usual rows with one more, the seventh. */
const withRow = (row: Partial<MappingRow>, others: MappingRow[] = mapping_rows): Answers => ({
  "mapping.show": savedMapping({ rows: [...others, mappingRow(row)] }),
});

const open = async (number: number, answers: Answers = {}) => {
  const app = openApp("/integration/mapping", {
    ...mappingAnswers,
    "mapping.fields": fields,
    "mapping.lookup_fields": lookups,
    ...answers,
  });
  await screen.findByRole("button", { name: /^Source of row 1:/ });
  await app.user.click(await button(`Settings of row ${number}`));
  const dialog = await screen.findByRole("dialog", { name: new RegExp(`^Settings of row ${number}`) });
  const last = (index: number) => app.engine.asked("mapping.preview").at(-1)?.rows[index];
  const radio = (group: string, name: RegExp) =>
    within(within(dialog).getByRole("radiogroup", { name: group })).getByRole("radio", { name });
  const apply = () => app.user.click(within(dialog).getByRole("button", { name: "Apply" }));
  return { ...app, dialog, last, radio, apply };
};

const groupsOf = (dialog: HTMLElement) =>
  within(dialog)
    .getAllByRole("radiogroup")
    .map((group) => document.getElementById(group.getAttribute("aria-labelledby") ?? "")?.textContent);

const noUndo = () => expect(screen.getByRole("button", { name: "Undo" })).toHaveAttribute("aria-disabled", "true");

it("sets several things as one undo step, on update for every row of the target", async () => {
  const { user, dialog, last, radio, apply } = await open(5);
  expect(dialog).toHaveTextContent("Written to Business Phone (Phone, Phone(40)).");
  expect(dialog).toHaveTextContent("For all 2 rows of Business Phone.");
  expect(groupsOf(dialog)).toEqual(["On update", "Phone format"]);
  await expectNoViolation();
  act(() => radio("On update", /^Fill if blank/).focus());
  await user.keyboard("{ArrowDown}{ArrowDown}");
  await user.click(radio("Phone format", /^International/));
  await apply();
  expect(screen.queryByRole("dialog")).toBeNull();
  await waitFor(() => expect(last(4)).toMatchObject({ on_update: "never", phone_format: "international" }));
  expect(last(3)).toMatchObject({ on_update: "never", phone_format: "as_is" });
  await user.click(await button("Undo: Settings of Company HQ Phone"));
  await waitFor(() => expect(last(4)).toEqual(mapping_rows[4]));
  expect(last(3)).toEqual(mapping_rows[3]);
  noUndo();
});

it("closes without a step when nothing is changed", async () => {
  const { user, apply } = await open(3);
  await apply();
  expect(screen.queryByRole("dialog")).toBeNull();
  noUndo();
  await user.click(await button("Settings of row 3"));
  await user.keyboard("{Escape}");
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(screen.queryByRole("alertdialog")).toBeNull();
});

it("Escape asks before changed settings are lost", async () => {
  const { user, radio } = await open(3);
  await user.click(radio("On update", /^Never/));
  await user.keyboard("{Escape}");
  await user.click(await button("Keep editing"));
  expect(radio("On update", /^Never/)).toBeChecked();
  await user.click(await button("Cancel"));
  await user.click(await button("Discard changes"));
  expect(screen.queryByRole("dialog")).toBeNull();
  noUndo();
});

describe("clear when blank", () => {
  const name = "Clear the field when the source is blank";

  it("goes only with Overwrite, says so, and comes back with it", async () => {
    const { user, dialog, last, radio, apply } = await open(3);
    const box = () => within(dialog).getByRole("checkbox", { name });
    await user.click(box());
    expect(box()).toBeChecked();
    await user.click(radio("On update", /^Fill if blank/));
    expect(box()).not.toBeChecked();
    expect(box()).toHaveAccessibleDescription(/^Only with “Overwrite”/);
    await user.click(box());
    expect(box()).not.toBeChecked();
    await user.click(radio("On update", /^Overwrite/));
    expect(box()).toBeChecked();
    await apply();
    await waitFor(() => expect(last(2)).toMatchObject({ on_update: "overwrite", clear_when_blank: true }));
  });

  it("is the first row's in a hierarchy", async () => {
    const { dialog } = await open(5);
    expect(within(dialog).getByRole("checkbox", { name })).toHaveAccessibleDescription(
      "Row 4, the first for Business Phone, decides.",
    );
  });

  it("one that has no effect can be switched off", async () => {
    const { user, dialog, last, apply } = await open(7, withRow({ target: "Department", clear_when_blank: true }));
    const box = within(dialog).getByRole("checkbox", { name });
    expect(box).toBeChecked();
    expect(dialog).toHaveTextContent("Only with “Overwrite”");
    await user.click(box);
    await apply();
    await waitFor(() => expect(last(6)).toMatchObject({ clear_when_blank: false }));
  });
});

describe("only what applies is shown", () => {
  it.each([
    ["text", { source: field("job_title"), target: "Department" }, ["On update", "Text that is too long"]],
    [
      "text of a telephone number",
      { source: field("direct_phone"), target: "Department" },
      ["On update", "Text that is too long", "Phone format"],
    ],
    ["a date", { source: field("job_title"), target: "Born__c" }, ["On update", "Order of dates"]],
    ["a record type", { source: field("job_title"), target: "RecordTypeId" }, ["On update"]],
    ["a picklist", { source: field("job_title"), target: "LeadSource" }, ["On update"]],
    ["a number", { source: field("employees"), target: "Employees__c" }, ["On update"]],
    ["a field that nobody knows", { source: field("email"), target: "Gone__c" }, ["On update"]],
  ] as const)("for %s", async (_, row, groups) => {
    const { dialog } = await open(7, withRow(row));
    expect(groupsOf(dialog)).toEqual(groups);
    expect(within(dialog).queryByText("Unit of the source")).toBeNull();
    expect(within(dialog).queryByRole("button", { name: /^Time zone/ })).toBeNull();
  });

  it("the unit where the source has one, and always for percent", async () => {
    const { user, dialog, last, apply } = await open(7, withRow({ source: field("revenue"), target: "Revenue__c" }));
    await user.click(
      within(dialog).getByRole("button", { name: /As the ZoomInfo field: thousands of USD.*Unit of the source/ }),
    );
    const options = (await screen.findAllByRole("option")).map((option) => option.textContent);
    expect(options).toEqual(["As the ZoomInfo field: thousands of USD", "Thousands of US dollars", "US dollars"]);
    await user.click(screen.getByRole("option", { name: "US dollars" }));
    await apply();
    await waitFor(() => expect(last(6)).toMatchObject({ source_unit: "usd" }));
  });

  it("parts of one for percent", async () => {
    const { user, dialog } = await open(7, withRow({ source: field("employees"), target: "Growth__c" }));
    await user.click(within(dialog).getByRole("button", { name: /Unit of the source/ }));
    expect(await screen.findByRole("option", { name: "Parts of one: 0.125 means 12.5 %" })).toBeVisible();
  });

  it("date order and a zone for moments", async () => {
    const { user, dialog, last, radio, apply } = await open(7, withRow({ target: "Seen__c" }));
    await user.click(radio("Order of dates", /^Day first/));
    act(() => within(dialog).getByRole("button", { name: "Time zone: UTC" }).focus());
    await user.keyboard("berl{Enter}");
    expect(within(dialog).getByRole("button", { name: "Time zone: Europe/Berlin" })).toHaveFocus();
    await apply();
    await waitFor(() =>
      expect(last(6)).toMatchObject({ date_order: "day_first", time_zone: "Europe/Berlin" }),
    );
  });

  it("what happens to text that is too long", async () => {
    const { user, last, radio, apply } = await open(3);
    await user.click(radio("Text that is too long", /^Refuse/));
    await apply();
    await waitFor(() => expect(last(2)).toMatchObject({ overflow: "refuse" }));
  });
});

describe("lookup", () => {
  const row = { source: { kind: "extra" as const, column: "ERP" }, target: "AccountId" };

  it("finds by an external id field of the other object, label and API name", async () => {
    const { engine, user, dialog, last, radio, apply } = await open(7, withRow(row));
    expect(radio("Find the record by", /^Record id/)).toBeChecked();
    expect(engine.asked("mapping.lookup_fields")).toEqual([]);
    await user.click(radio("Find the record by", /^External id of Account/));
    const field_button = await within(dialog).findByRole("button", { name: "External id field of Company: none" });
    expect(engine.asked("mapping.lookup_fields")).toEqual([{ object: "Account" }]);
    await apply();
    expect(within(dialog).getByText(/^No field\. Choose one/)).toBeVisible();
    expect(field_button).toHaveAccessibleDescription(/^No field/);
    await user.click(field_button);
    expect((await screen.findAllByRole("option")).map((option) => option.textContent)).toEqual([
      "ERP numberERP_Id__c",
      "VAT numberVat__c",
    ]);
    await user.keyboard("vat{Enter}");
    await expectNoViolation();
    await apply();
    await waitFor(() => expect(last(6)?.lookup).toEqual({ object: "Account", field: "Vat__c" }));
  });

  it("goes back to the record id, and tells of a field that is gone", async () => {
    const { dialog, user, last, radio, apply } = await open(
      7,
      withRow({ ...row, lookup: { object: "Account", field: "Old__c" } }),
    );
    expect(
      await within(dialog).findByText("Company has no external id field Old__c. Choose another, or use the record id."),
    ).toBeVisible();
    await user.click(radio("Find the record by", /^Record id/));
    await apply();
    await waitFor(() => expect(last(6)?.lookup).toBeNull());
  });

  it("says when there is no such field", async () => {
    const { user, dialog, radio } = await open(7, {
      ...withRow(row),
      "mapping.lookup_fields": { ...lookups, fields: [] },
    });
    await user.click(radio("Find the record by", /^External id of Account/));
    expect(await within(dialog).findByText(/has no external id field/)).toHaveTextContent(
      "Company (Account) has no external id field that the connected user may see.",
    );
  });

  it("says why the fields could not be read, and reads them again", async () => {
    let fails = true;
    const { user, dialog, radio } = await open(7, {
      ...withRow(row),
      "mapping.lookup_fields": () => {
        if (fails) throw fault("not_found", "The org has no object Account that the connected user may see.");
        return lookups;
      },
    });
    await user.click(radio("Find the record by", /^External id of Account/));
    expect(await within(dialog).findByText(/^The org has no object Account/)).toBeVisible();
    fails = false;
    await user.click(within(dialog).getByRole("button", { name: "Try again" }));
    expect(await within(dialog).findByRole("button", { name: /^External id field of Company/ })).toBeVisible();
  });
});

describe("block", () => {
  const others = mapping_rows.map((row) => (row.target === "LastName" ? { ...row, block: "Address" } : row));

  it("joins one that there is: the row moves beside the others, in the same step", async () => {
    const { user, dialog, engine, apply } = await open(7, withRow({ target: "Department" }, others));
    expect(dialog).toHaveTextContent("A block is written whole or not at all");
    act(() => within(dialog).getByRole("button", { name: "Block: none" }).focus());
    await user.keyboard("addr{Enter}");
    expect(dialog).toHaveTextContent("This row moves beside the others of “Address”.");
    await apply();
    const rows = () => engine.asked("mapping.preview").at(-1)?.rows ?? [];
    await waitFor(() => expect(rows().slice(0, 2).map((row) => row.block)).toEqual(["Address", "Address"]));
    expect(rows()[1]?.target).toBe("Department");
    await user.click(await button("Undo: Settings of Last Name"));
    await waitFor(() => expect(rows()[6]).toMatchObject({ target: "Department", block: null }));
    noUndo();
  });

  it("makes a new one from what is typed, and takes out of one", async () => {
    const { user, dialog, last, apply } = await open(1, { "mapping.show": savedMapping({ rows: others }) });
    await user.click(within(dialog).getByRole("button", { name: "Block: Address" }));
    await user.keyboard("Names");
    await user.click(await screen.findByRole("option", { name: /^New block/ }));
    expect(within(dialog).getByRole("button", { name: "Block: Names" })).toBeVisible();
    await apply();
    await waitFor(() => expect(last(0)?.block).toBe("Names"));
    await user.click(await button("Settings of row 1"));
    await user.click(await button("Block: Names"));
    await user.click(await screen.findByRole("option", { name: /^No block/ }));
    await user.click(await button("Apply"));
    await waitFor(() => expect(last(0)?.block).toBeNull());
  });

  it("asks for the name where none was typed", async () => {
    const { user, dialog, last, apply } = await open(3);
    await user.click(within(dialog).getByRole("button", { name: "Block: none" }));
    await user.click(await screen.findByRole("option", { name: /^New block/ }));
    await user.type(within(dialog).getByRole("textbox", { name: "Name of the new block" }), "Job ");
    await apply();
    await waitFor(() => expect(last(2)?.block).toBe("Job"));
  });
});

it("who may not change mappings only looks", async () => {
  const { user, dialog } = await open(3, {
    "mapping.show": savedMapping({ may_edit: false, may_edit_sentence: "Only admins may change mappings." }),
  });
  expect(within(dialog).getByText("Only admins may change mappings.")).toBeVisible();
  expect(dialog).toHaveTextContent(/On updateOverwrite.*Too longTruncate.*BlockNone/);
  expect(within(dialog).queryByRole("radio")).toBeNull();
  expect(within(dialog).queryByRole("button", { name: "Apply" })).toBeNull();
  await expectNoViolation();
  await user.keyboard("{Escape}");
  expect(screen.queryByRole("dialog")).toBeNull();
});
