import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { ListCheck, MappingRow, RowCheck, SourceValue, TargetField } from "../../../../ipc";
import { button, expectNoViolation, fault, openApp, type Answers } from "../../../../testing";
import {
  listCheck,
  mapping_rows,
  mappingAnswers,
  mappingFields,
  savedMapping,
} from "../../../../testing/samples";
import { matchByName, orgValues, stateOf, toRecord, valueLines, valueMapOf } from "./valueMap";

const fields = mappingFields();
const industry: Partial<TargetField> = {
  picklist: [
    { value: "ENG", label: "Engineering", active: true },
    { value: "Human Resources", label: "Human Resources", active: true },
    { value: "Sales & Marketing", label: "Sales & Marketing", active: true },
    { value: "Legacy", label: "Legacy", active: false },
  ],
};

const withTarget = (change: Partial<TargetField>) => ({
  ...fields,
  targets: fields.targets.map((target) =>
    target.name === "Function__c" ? { ...target, ...industry, ...change } : target,
  ),
});

const seen = (value: string, profiles: number, known = false): SourceValue => ({
  value,
  profiles,
  becomes: known ? value : null,
  known,
});

const usual = [
  seen("sales and marketing", 7),
  seen("Talent", 12),
  seen("Human Resources", 20, true),
  seen("Legacy", 1),
];

const checked = (values: SourceValue[], change: Partial<RowCheck> = {}) =>
  listCheck({
    rows: [
      {
        row: 6,
        written_profiles: 20,
        blank_profiles: 0,
        findings: [],
        values,
        more_values: 0,
        ...change,
      },
    ],
  });

const rowsWith = (value_map: MappingRow["value_map"]) =>
  mapping_rows.map((row) => (row.target === "Function__c" ? { ...row, value_map } : row));

const open = async (answers: Answers = {}) => {
  const app = openApp("/integration/mapping", {
    ...mappingAnswers,
    "mapping.fields": withTarget({}),
    "mapping.check_list": checked(usual),
    ...answers,
  });
  await screen.findByRole("button", { name: "Source of row 1: Last Name" });
  const link = await screen.findByRole("button", { name: /^Map “/ });
  await app.user.click(link);
  const dialog = await screen.findByRole("dialog", { name: "Values of Function" });
  // The list is checked in the background, and may come later than the dialog.
  const answer = answers["mapping.check_list"] ?? checked(usual);
  const told = typeof answer === "object" ? answer.rows[0]?.values[0]?.value : undefined;
  if (told) await waitFor(() => expect(dialog).toHaveTextContent(told.slice(0, 20)));
  const values = () =>
    [...dialog.querySelectorAll("tbody tr")].map((row) =>
      [...row.children].slice(0, 2).map((cell) => cell.textContent).join(" "),
    );
  const of = (name: string) =>
    within(dialog).getByRole("button", { name: new RegExp(`^Org value of “${name}`) });
  const choose = async (name: string, option: string | RegExp) => {
    await app.user.click(of(name));
    await app.user.click(await screen.findByRole("option", { name: option }));
  };
  const lastRow = () => app.engine.asked("mapping.preview").at(-1)?.rows[5];
  return { ...app, dialog, values, of, choose, lastRow };
};

const apply = () => screen.getByRole("button", { name: "Apply" });
const undo = (label: string) => screen.findByRole("button", { name: `Undo: ${label}` });

it("shows unmapped values first with their profiles, filters by state and finds by words", async () => {
  const { user, dialog, values } = await open({
    "mapping.show": savedMapping({ rows: rowsWith({ Boss: "ENG" }) }),
  });
  await waitFor(() =>
    expect(values()).toEqual(["Talent 12", "sales and marketing 7", "Legacy 1", "Human Resources 20", "Boss —"]),
  );
  expect(dialog).toHaveTextContent("Job Function to Function (Function__c, Restricted picklist).");
  expect(dialog).toHaveTextContent("Values of Q1 targets, 40 profiles.");
  const boss = within(dialog).getByRole("row", { name: /Boss/ });
  expect(boss).toHaveTextContent(/Engineering\s*ENG.*Mapped/);
  await expectNoViolation();

  await user.click(within(dialog).getByRole("button", { name: "Unmapped 3" }));
  expect(values()).toEqual(["Talent 12", "sales and marketing 7", "Legacy 1"]);
  await user.click(within(dialog).getByRole("button", { name: "Mapped 1" }));
  expect(values()).toEqual(["Boss —"]);
  await user.click(within(dialog).getByRole("button", { name: "All 5" }));
  await user.type(within(dialog).getByRole("searchbox", { name: "Find a value" }), "engin");
  expect(values()).toEqual(["Boss —"]);
  await user.type(within(dialog).getByRole("searchbox", { name: "Find a value" }), "zzz");
  expect(within(dialog).getByText("No value with “enginzzz”")).toBeVisible();
  await user.click(within(dialog).getByRole("button", { name: "Clear filters" }));
  expect(values()).toHaveLength(5);
});

it("maps by keyboard, keeps the edited line where it is, and applies as one undo step", async () => {
  const { user, dialog, of, values, lastRow } = await open();
  await user.click(within(dialog).getByRole("button", { name: "Unmapped 3" }));
  act(() => of("Talent").focus());
  await user.keyboard("huma{Enter}");
  expect(of("Talent")).toHaveFocus();
  expect(of("Talent")).toHaveAccessibleName("Org value of “Talent”: Human Resources");
  expect(within(dialog).getByRole("button", { name: "Unmapped 2" })).toBeVisible();
  expect(values()).toEqual(["Talent 12", "sales and marketing 7", "Legacy 1"]);
  act(() => of("Legacy").focus());
  await user.keyboard("engin{Tab}");
  expect(of("Legacy")).toHaveAccessibleName("Org value of “Legacy”: Engineering");
  await user.click(apply());
  expect(screen.queryByRole("dialog")).toBeNull();
  await waitFor(() => expect(lastRow()?.value_map).toEqual({ Talent: "Human Resources", Legacy: "ENG" }));
  await user.click(await undo("Map values of Function"));
  await waitFor(() => expect(lastRow()?.value_map).toEqual({}));
  expect(screen.getByRole("button", { name: "Undo" })).toHaveAttribute("aria-disabled", "true");
});

it("offers label and API value, and no retired value; a restricted picklist takes no other text", async () => {
  const { user, of } = await open();
  await user.click(of("Talent"));
  const options = (await screen.findAllByRole("option")).map((option) => option.textContent);
  expect(options).toEqual([
    "Leave as it isLeft out where the org has no such value",
    "EngineeringENG",
    "Human Resources",
    "Sales & Marketing",
  ]);
});

it("an open picklist takes what is typed, and says that the org lacks it", async () => {
  const { user, dialog, of, lastRow } = await open({ "mapping.fields": withTarget({ restricted: false }) });
  await user.click(of("Talent"));
  await user.keyboard("People team");
  await user.click(await screen.findByRole("option", { name: /^Write what is typed/ }));
  expect(within(dialog).getByRole("row", { name: /Talent/ })).toHaveTextContent(/People team.*Not in the org/);
  await user.click(apply());
  await waitFor(() => expect(lastRow()?.value_map).toEqual({ Talent: "People team" }));
});

it("matches by name, saying how many", async () => {
  const { user, dialog, lastRow } = await open();
  await user.click(within(dialog).getByRole("button", { name: "Match by name" }));
  expect(within(dialog).getByText("1 value of 3 matched by name.")).toBeVisible();
  expect(within(dialog).getByRole("row", { name: /sales and marketing/ })).toHaveTextContent("Mapped");
  await user.click(within(dialog).getByRole("button", { name: "Match by name" }));
  expect(within(dialog).getByText("No unmapped value has the name of an org value.")).toBeVisible();
  await user.click(apply());
  await waitFor(() =>
    expect(lastRow()?.value_map).toEqual({ "sales and marketing": "Sales & Marketing" }),
  );
});

it("adds a value that no list has, and removes mappings", async () => {
  const { user, dialog, of, values, choose, lastRow } = await open({
    "mapping.show": savedMapping({ rows: rowsWith({ Boss: "ENG", talent: "ENG" }) }),
  });
  const field = within(dialog).getByRole("textbox", { name: "Another source value" });
  await user.type(field, " TALENT {Enter}");
  expect(within(dialog).getByText("“TALENT” is listed already.")).toBeVisible();
  await user.clear(field);
  await user.keyboard("{Enter}");
  expect(within(dialog).getByText("Type the value as the source has it.")).toBeVisible();
  await user.type(field, "Recruiting{Enter}");
  expect(values()[0]).toBe("Recruiting —");
  await waitFor(() => expect(of("Recruiting")).toHaveFocus());
  await choose("Recruiting", "Human Resources");

  await user.click(within(dialog).getByRole("button", { name: "Remove the mapping of “Boss”" }));
  expect(values().some((value) => value.startsWith("Boss"))).toBe(false);
  expect(field).toHaveFocus();
  await user.click(within(dialog).getByRole("button", { name: "Remove the mapping of “Talent”" }));
  expect(within(dialog).getByRole("row", { name: /Talent/ })).toHaveTextContent("Unmapped");
  await waitFor(() => expect(of("Talent")).toHaveFocus());
  await user.click(apply());
  await waitFor(() => expect(lastRow()?.value_map).toEqual({ Recruiting: "Human Resources" }));
});

it("leaving a value as it is takes its mapping away and keeps the line to be mapped again", async () => {
  const { user, values, choose, lastRow } = await open({
    "mapping.show": savedMapping({ rows: rowsWith({ Boss: "ENG" }) }),
  });
  await choose("Boss", /^Leave as it is/);
  expect(values().at(-1)).toBe("Boss —");
  await user.click(apply());
  await waitFor(() => expect(lastRow()?.value_map).toEqual({}));
});

it("loses nothing silently: Escape and Cancel ask when something is changed", async () => {
  const { user, choose, of, engine } = await open();
  const asked = engine.asked("mapping.preview").length;
  await choose("Talent", "Human Resources");
  await user.keyboard("{Escape}");
  await user.click(await button("Keep editing"));
  expect(of("Talent")).toHaveAccessibleName("Org value of “Talent”: Human Resources");
  await user.click(await button("Cancel"));
  await user.click(await button("Discard changes"));
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(screen.getByRole("button", { name: "Undo" })).toHaveAttribute("aria-disabled", "true");
  expect(engine.asked("mapping.preview")).toHaveLength(asked);
});

it("closes at once when nothing is changed, and Apply then makes no step", async () => {
  const { user } = await open();
  await user.click(apply());
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(screen.getByRole("button", { name: "Undo" })).toHaveAttribute("aria-disabled", "true");
  await user.click(await button(/^Map “/));
  await user.keyboard("{Escape}");
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(screen.queryByRole("alertdialog")).toBeNull();
});

it("says “at least” where the list has more values than were told", async () => {
  const all_unmapped = await open({
    "mapping.check_list": checked([seen("Talent", 12), seen("Legacy", 1)], { more_values: 50 }),
  });
  expect(await within(all_unmapped.dialog).findByRole("button", { name: "All at least 2" })).toBeVisible();
  expect(within(all_unmapped.dialog).getByRole("button", { name: "Unmapped at least 2" })).toBeVisible();
  expect(all_unmapped.dialog).toHaveTextContent("50 further values of the list, or more, are not shown.");
});

it("knows the number of unmapped values when known ones were told too", async () => {
  const { dialog } = await open({ "mapping.check_list": checked(usual, { more_values: 50 }) });
  expect(await within(dialog).findByRole("button", { name: "All at least 4" })).toBeVisible();
  expect(within(dialog).getByRole("button", { name: "Unmapped 3" })).toBeVisible();
});

it("draws many values in parts", async () => {
  const many = Array.from({ length: 450 }, (_, index) => seen(`Value ${index}`, 450 - index));
  const { user, dialog, values } = await open({ "mapping.check_list": checked(many) });
  await waitFor(() => expect(values()).toHaveLength(200));
  await user.click(within(dialog).getByRole("button", { name: "Show 200 more of 250" }));
  expect(values()).toHaveLength(400);
  await user.type(within(dialog).getByRole("searchbox", { name: "Find a value" }), "value 449");
  expect(values()).toEqual(["Value 449 1"]);
});

it("maps no value of which only the beginning was told", async () => {
  const cut = `${"Very ".repeat(16)}long…`;
  const { of } = await open({ "mapping.check_list": checked([seen(cut, 12)]) });
  expect(of("Very")).toHaveAttribute("aria-disabled", "true");
  expect(of("Very")).toHaveAttribute("title", "Only its beginning is known. Type the whole value below.");
});

it("has words while the list is looked at, when it cannot be, and when it has no values", async () => {
  let answer: (check: ListCheck) => void = () => undefined;
  const later = new Promise<ListCheck>((resolve) => (answer = resolve));
  const { dialog } = await open({ "mapping.check_list": () => later });
  expect(await within(dialog).findByRole("status", { name: "Looking at the values of the list" })).toBeVisible();
  act(() => answer(checked([])));
  expect(await within(dialog).findByText("No values")).toBeVisible();
});

it("says why the list was not looked at; values can be typed all the same", async () => {
  const { dialog } = await open({
    "mapping.check_list": () => {
      throw fault("workspace", "The workspace file is in use by another window.");
    },
  });
  expect(await within(dialog).findByText("The workspace file is in use by another window.")).toBeVisible();
  expect(within(dialog).getByRole("textbox", { name: "Another source value" })).toBeVisible();
});

it("without a list says that there is none", async () => {
  const { dialog } = await open({
    "mapping.fields": { ...withTarget({}), lists: [] },
    "mapping.check_list": checked([]),
  });
  expect(await within(dialog).findByText("No list yet")).toBeVisible();
});

it("who may not change mappings only looks", async () => {
  const { user, dialog, values } = await open({
    "mapping.show": savedMapping({
      rows: rowsWith({ Boss: "ENG" }),
      may_edit: false,
      may_edit_sentence: "Only admins may change mappings.",
    }),
  });
  await waitFor(() => expect(values()).toHaveLength(5));
  expect(within(dialog).getByText("Only admins may change mappings.")).toBeVisible();
  expect(within(dialog).queryByRole("button", { name: /^Org value|Apply|Match by name|Add value|^Remove/ })).toBeNull();
  expect(within(dialog).getByRole("row", { name: /Boss/ })).toHaveTextContent(/Engineering\s*ENG/);
  await expectNoViolation();
  await user.keyboard("{Escape}");
  expect(screen.queryByRole("dialog")).toBeNull();
});

it("opens from the row's menu also where every value is mapped", async () => {
  const { user } = openApp("/integration/mapping", {
    ...mappingAnswers,
    "mapping.fields": withTarget({}),
    "mapping.check_list": checked([seen("Human Resources", 20, true)]),
  });
  await user.click(await button(/^Move Job Function/));
  await user.click(await screen.findByRole("menuitem", { name: "Map values…" }));
  const dialog = await screen.findByRole("dialog", { name: "Values of Function" });
  expect(await within(dialog).findByRole("row", { name: /Human Resources/ })).toHaveTextContent("As it is");
});

describe("the rules", () => {
  const target = withTarget({}).targets.find((one) => one.name === "Function__c") as TargetField;
  const org = orgValues(target);
  const check = (values: SourceValue[]): RowCheck => ({
    row: 1,
    written_profiles: 0,
    blank_profiles: 0,
    findings: [],
    values,
    more_values: 0,
  });

  it("a multi-select source is taken apart, and profiles of one value are added up", () => {
    const multi = { ...target, kind: "multipicklist" };
    const lines = valueLines(
      new Map(),
      multi,
      org,
      check([seen("Talent; Engineering", 3), seen("talent", 2), seen("Human Resources", 4, true)]),
    );
    expect(lines.map(({ value, profiles }) => [value, profiles])).toEqual([
      ["Talent", 5],
      ["Human Resources", 4],
      ["Engineering", 3],
    ]);
  });

  it("a mapping to what the org lacks or has retired counts as unmapped", () => {
    const map = valueMapOf({ ...(mapping_rows[5] as MappingRow), value_map: { A: "Legacy", B: "gone", C: "eng" } });
    const lines = valueLines(map, target, org, undefined);
    expect(lines.map((line) => [line.value, stateOf(line, map, target, org)])).toEqual([
      ["A", "missing"],
      ["B", "missing"],
      ["C", "mapped"],
    ]);
  });

  it("a name that two org values share matches none", () => {
    const twins = orgValues({
      ...target,
      picklist: ["R&D", "R and D"].map((value) => ({ value, label: value, active: true })),
    });
    const line = (value: string) => ({ key: value.toLowerCase(), value, profiles: 1, known: false });
    expect(matchByName([line("R-and-D")], twins).size).toBe(0);
    expect(toRecord(matchByName([line("r and d")], twins))).toEqual({ "r and d": "R and D" });
  });
});
