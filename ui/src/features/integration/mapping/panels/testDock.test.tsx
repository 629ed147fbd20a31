import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import type { MappingTest, TestedField } from "../../../../ipc";
import { button, expectNoViolation, fault, openApp, type Answers } from "../../../../testing";
import { mapping_rows, mappingAnswers, savedMapping, state } from "../../../../testing/samples";

const field = (row: number | null, change: Partial<TestedField> = {}): TestedField => ({
  row,
  target: "Title",
  target_label: "Title",
  source: "Job Title",
  sent: "HR Business Partner",
  read_back: "HR Business Partner",
  verdict: "written",
  sentence: "",
  ...change,
});

const passed = (change: Partial<MappingTest> = {}): MappingTest => ({
  test: 4,
  object: "contact",
  state: "passed",
  sentence: "Salesforce holds 1 field as sent. The test record is deleted.",
  sample_name: "Monica Yoder",
  fields: [field(3)],
  written_fields: 1,
  changed_fields: 0,
  refused_fields: 0,
  error: null,
  records: [{ object: "Contact", salesforce_id: "003000000000001AAA", deleted: true, sentence: "" }],
  deleted: true,
  api_calls: 4,
  seconds: 1.4,
  started_at: "2026-11-23T17:00:00Z",
  started_by: "Priya Nair",
  ...change,
});

const kept = { object: "Contact", salesforce_id: "003000000000009AAA", deleted: false, sentence: "A flow keeps it." };

const open = async (answers: Answers = {}) => {
  const app = openApp("/integration/mapping", { ...mappingAnswers, ...answers });
  await screen.findByRole("button", { name: "Source of row 1: Last Name" });
  return app;
};

const dock = () => screen.findByRole("region", { name: "Test result" });

const said = () => screen.getAllByRole("status").map((one) => one.textContent).join(" ");

/** A test that the engine answers when it is let. */
function waiting() {
  let answer: (test: MappingTest) => void = () => undefined;
  const result = new Promise<MappingTest>((resolve) => {
    answer = resolve;
  });
  return { answers: { "mapping.test": () => result } satisfies Answers, answer: (test: MappingTest) => answer(test) };
}

it("shows nothing before the first test, then sends the unsaved rows and says that they passed", async () => {
  const { engine, user } = await open({ "mapping.test": passed() });
  expect(screen.queryByRole("region", { name: "Test result" })).toBeNull();
  await user.click(await button("Delete row 2"));
  await user.click(await button("Test Mapping"));
  const region = await dock();
  expect(await within(region).findByText("Passed")).toBeVisible();
  expect(engine.asked("mapping.test")).toEqual([
    {
      object: "contact",
      rows: [mapping_rows[0], ...mapping_rows.slice(2)],
      sample: { list_id: null, index: 0 },
    },
  ]);
  expect(region).toHaveTextContent(/1 written · 0 refused.*Priya Nair · record deleted · 4 API calls · 1\.4 s/);
  expect(region).toHaveTextContent("Sample: Monica Yoder.");
  expect(said()).toContain("Test: Passed. Salesforce holds 1 field as sent.");
  await expectNoViolation();
});

it("tells its steps as they happen, also after another object and another tab were looked at", async () => {
  const slow = waiting();
  const { engine, user } = await open(slow.answers);
  await user.click(await button("Test Mapping"));
  expect(await button("Testing…")).toHaveAttribute("aria-disabled", "true");
  act(() => engine.tell({ type: "mapping_test", test: 4, step: "create" }));
  expect(within(await dock()).getByText("Creating the record…")).toHaveAttribute("aria-current", "step");
  await user.click(screen.getByRole("tab", { name: /Leads/ }));
  expect(await button("Test Mapping")).toHaveAccessibleDescription("Contacts are being tested.");
  await user.click(screen.getByRole("tab", { name: /General Settings/ }));
  act(() => engine.tell({ type: "mapping_test", test: 4, step: "read_back" }));
  await user.click(screen.getByRole("tab", { name: /^Mapping/ }));
  await user.click(await screen.findByRole("tab", { name: /Contacts/ }));
  expect(within(await dock()).getByText("Reading it back…")).toHaveAttribute("aria-current", "step");
  const shown = engine.asked("mapping.show").length;
  act(() => engine.tell({ type: "mapping_test", test: 4, step: "ended" }));
  await waitFor(() => expect(engine.asked("mapping.show").length).toBeGreaterThan(shown));
  slow.answer(passed());
  expect(await screen.findByText("Passed")).toBeVisible();
  expect(await button("Test Mapping")).not.toHaveAttribute("aria-disabled");
});

it("puts a refusal at its row, and tells every field's verdict", async () => {
  const { user } = await open({
    "mapping.test": passed({
      state: "refused",
      sentence: "Title: the value is too long.",
      error: { code: "STRING_TOO_LONG", sentence: "Title: the value is too long.", targets: ["Title"], rows: [3] },
      fields: [
        field(3, { verdict: "refused", sentence: "Too long." }),
        field(4, { target: "Phone", target_label: "Business Phone", verdict: "changed", read_back: "+1 219" }),
        field(null, { target: "DOZISF__ZoomInfo_Id__c", target_label: "ZoomInfo Id" }),
        field(null, { target: "AccountId", target_label: "Account", verdict: "not_read" }),
      ],
    }),
  });
  await user.click(await button("Test Mapping"));
  const region = await dock();
  const table = await within(region).findByRole("table", { name: "Tested fields" });
  const rows = within(table).getAllByRole("row");
  expect(rows[1]).toHaveTextContent(/Row 3.*Title.*Title.*Job Title.*HR Business Partner.*Refused Too long\./);
  expect(rows[2]).toHaveTextContent(/Business Phone.*Phone.*\+1 219.*Changed by the org/);
  expect(rows[3]).toHaveTextContent(/^Locked/);
  expect(rows[4]).toHaveTextContent(/^Test’s own/);
  expect(region).toHaveTextContent("STRING_TOO_LONG");
  expect(within(region).getByText("0 written · 1 changed by the org · 1 refused")).toBeVisible();
  await user.click(within(region).getByRole("button", { name: "Show row 3" }));
  const flashed = () => document.querySelector("[data-flashed]");
  await waitFor(() => expect(flashed()).toHaveTextContent("Job Title"));
  await user.click(within(table).getByRole("button", { name: "Show row 4: Business Phone" }));
  await waitFor(() => expect(flashed()).toHaveTextContent("Direct Phone Number"));
  await expectNoViolation();
});

it("stands at the rows of the table too, until they are changed", async () => {
  const { user } = await open({
    "mapping.test": passed({
      state: "refused",
      fields: [
        field(3, { verdict: "refused", sentence: "Salesforce refused the record for this field." }),
        field(4, { target: "Phone", verdict: "changed", read_back: "+1 219", sentence: "Changed by the org." }),
        field(5, { target: "Phone", verdict: "truncated", sentence: "Cut before it was sent." }),
      ],
    }),
  });
  await user.click(await button("Test Mapping"));
  await dock();
  const rowOf = (number: number) =>
    screen.getByRole("button", { name: new RegExp(`^Source of row ${number}:`) }).closest<HTMLElement>('[role="row"]');
  await waitFor(() => expect(rowOf(3)).toHaveTextContent("Test: Salesforce refused the record for this field."));
  expect(within(rowOf(3) as HTMLElement).getByRole("img", { name: "Error" })).toBeVisible();
  expect(rowOf(4)).toHaveTextContent("Test: Changed by the org.");
  expect(within(rowOf(4) as HTMLElement).getByRole("img", { name: "To check" })).toBeVisible();
  expect(rowOf(5)).not.toHaveTextContent("Test:");
  await user.click(await button("Salesforce field of row 3: Title"));
  await user.click(screen.getByRole("option", { name: /^Department/ }));
  await waitFor(() => expect(screen.queryByText(/^Test: Salesforce refused/)).toBeNull());
  expect(rowOf(4)).toHaveTextContent("Test: Changed by the org.");
});

it("says where a record was left, opens it, and deletes it; a failed try keeps it there", async () => {
  let fails = true;
  const { engine, user } = await open({
    "mapping.test": passed({ records: [kept], deleted: false }),
    "mapping.open_record": {},
    "mapping.clean_test": () => {
      if (fails) throw fault("unreachable", "Salesforce did not answer. Try again in a minute.");
      return passed();
    },
  });
  await user.click(await button("Test Mapping"));
  const left = await screen.findByRole("region", { name: "Left in Salesforce" });
  expect(left).toHaveTextContent(/Contact 003000000000009AAA A flow keeps it\./);
  expect(screen.getByText("1 record left")).toBeVisible();
  await user.click(await button("Open Contact 003000000000009AAA in Salesforce"));
  expect(engine.asked("mapping.open_record")).toEqual([{ test: 4, salesforce_id: "003000000000009AAA" }]);
  await user.click(await button("Delete the test record"));
  expect(await screen.findByText("Salesforce did not answer. Try again in a minute.")).toBeVisible();
  fails = false;
  await user.click(await button("Delete the test record"));
  expect(await screen.findByText("The test record is deleted.")).toBeVisible();
  expect(engine.asked("mapping.clean_test")).toEqual([{ test: 4 }, { test: 4 }]);
  expect(screen.queryByRole("region", { name: "Left in Salesforce" })).toBeNull();
});

it("says why it could not test, and tests again", async () => {
  let fails = true;
  const { user } = await open({
    "mapping.test": () => {
      if (fails) throw fault("unreachable", "Salesforce could not be reached. Look at the network and try again.");
      return passed();
    },
  });
  await user.click(await button("Test Mapping"));
  expect(await screen.findByText(/^Salesforce could not be reached/)).toBeVisible();
  expect(screen.getByText("Not tested")).toBeVisible();
  fails = false;
  await user.click(await button("Test again"));
  expect(await screen.findByText("Passed")).toBeVisible();
});

it("says that rows have changed since, follows a row that moved, and takes the words back with the edit", async () => {
  const { user } = await open({ "mapping.test": passed() });
  await user.click(await button("Test Mapping"));
  await screen.findByText("Passed");
  expect(screen.queryByText(/changed since this test/)).toBeNull();
  await user.click(await button("Delete row 1"));
  expect(await screen.findByText("Rows have changed since this test.")).toBeVisible();
  expect(await button("Show row 2: Title")).toBeVisible();
  await user.click(await button(/^Undo: /));
  await waitFor(() => expect(screen.queryByText("Rows have changed since this test.")).toBeNull());
});

it("shows the last saved test, folded when it passed, and closes it", async () => {
  const { user } = await open({ "mapping.show": savedMapping({ last_test: passed() }) });
  const region = await dock();
  expect(region).toHaveTextContent(/Passed.*Rows have changed since this test\./);
  expect(within(region).queryByRole("table")).toBeNull();
  const unfold = within(region).getByRole("button", { name: "Show the test’s details" });
  expect(unfold).toHaveAttribute("aria-expanded", "false");
  await user.click(unfold);
  expect(within(region).getByRole("table", { name: "Tested fields" })).toBeVisible();
  await user.click(within(region).getByRole("button", { name: "Close the test result" }));
  expect(screen.queryByRole("region", { name: "Test result" })).toBeNull();
  expect(await button("Test Mapping")).toHaveFocus();
});

it("is pressed by Ctrl Enter anywhere on the tab, but not behind a dialog", async () => {
  const { engine, user } = await open({ "mapping.test": passed(), "mapping.history": { versions: [] } });
  await user.click(await button("History"));
  await screen.findByRole("dialog");
  await user.keyboard("{Control>}{Enter}{/Control}");
  expect(engine.asked("mapping.test")).toEqual([]);
  await user.keyboard("{Escape}");
  act(() => screen.getByRole("button", { name: /^Move Job Title/ }).focus());
  await user.keyboard("{Control>}{Enter}{/Control}");
  expect(await screen.findByText("Passed")).toBeVisible();
  expect(engine.asked("mapping.test")).toHaveLength(1);
});

it.each<[string, Answers, string]>([
  ["no org is connected", { "app.state": state({ org: null }) }, "Connect an org first."],
  [
    "the operator may not",
    { "mapping.show": savedMapping({ may_edit: false, may_edit_sentence: "Only admins may change mappings." }) },
    "Only admins may change mappings.",
  ],
  ["nothing is mapped", { "mapping.show": savedMapping({ rows: [] }) }, "Map a field first."],
])("is off while %s, with the reason", async (_, answers, reason) => {
  const { engine, user } = openApp("/integration/mapping", { ...mappingAnswers, ...answers });
  const test = await button("Test Mapping");
  await waitFor(() => expect(test).toHaveAccessibleDescription(reason));
  await user.click(test);
  expect(engine.asked("mapping.test")).toEqual([]);
});

it("is off while a row cannot be saved", async () => {
  const { user } = await open();
  await user.click(await button("Add field"));
  await waitFor(async () => expect(await button("Test Mapping")).toHaveAccessibleDescription("Mend 1 error first."));
});
