import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import type { MappingPreview, PreviewQuery } from "../../../ipc";
import { button, expectNoViolation, openApp, type Answers } from "../../../testing";
import {
  listCheck,
  mapping_rows,
  mappingAnswers,
  mappingFields,
  mappingPreview,
  mappingRow,
  savedMapping,
} from "../../../testing/samples";

const open = async (answers: Answers = {}) => {
  const app = openApp("/integration/mapping", { ...mappingAnswers, ...answers });
  await screen.findByRole("button", { name: "Source of row 1: Last Name" });
  return app;
};

const rowOf = (name: string | RegExp) => {
  const row = screen.getByRole("button", { name }).closest<HTMLElement>('[role="row"]');
  if (!row) throw new Error("The control stands in no row.");
  return row;
};

const handle = (name: string) => screen.getByRole("button", { name: new RegExp(`^Move ${name}`) });

const order = () =>
  screen
    .getAllByRole("button", { name: /^Source of row/ })
    .map((one) => one.getAttribute("aria-label")?.replace(/^Source of row \d+: /, ""));

const said = () =>
  [...document.querySelectorAll('[aria-live="assertive"]')].map((region) => region.textContent).join(" ");

const usual = [
  "Last Name",
  "“Web”",
  "Job Title",
  "Direct Phone Number",
  "Company HQ Phone",
  "Job Function",
];
const reordered = [...usual.slice(0, 3), "Company HQ Phone", "Direct Phone Number", "Job Function"];

describe("order", () => {
  it("is changed by keyboard, told as it goes, and put back by Escape", async () => {
    const { engine, user } = await open();
    act(() => handle("Direct Phone Number").focus());
    await user.keyboard("{Enter}");
    expect(said()).toContain("Direct Phone Number lifted, 1 of 2 for Business Phone.");
    await user.keyboard("{ArrowDown}");
    expect(said()).toContain("Direct Phone Number, 2 of 2 for Business Phone.");
    expect(order()).toEqual(reordered);
    // What would be written is told while it is tried.
    const asked = () => engine.asked("mapping.preview").at(-1)?.rows.map((one) => one.source);
    const phones = ["company_phone", "direct_phone"].map((field) => ({ kind: "field", field }));
    await waitFor(() => expect(asked()?.slice(3, 5)).toEqual(phones));
    await user.keyboard("{Escape}");
    expect(said()).toContain("Direct Phone Number is back, 1 of 2 for Business Phone.");
    expect(order()).toEqual(usual);
    await waitFor(() => expect(asked()?.slice(3, 5)).toEqual(phones.toReversed()));
    expect(handle("Direct Phone Number")).toHaveFocus();

    await user.keyboard(" {ArrowDown}{Enter}");
    expect(said()).toContain("Direct Phone Number dropped, 2 of 2 for Business Phone.");
    expect(order()).toEqual(reordered);
    expect(handle("Direct Phone Number")).toHaveFocus();
    await waitFor(() =>
      expect(engine.asked("mapping.preview").at(-1)?.rows[3]?.source).toEqual({
        kind: "field",
        field: "company_phone",
      }),
    );
  });

  it("is changed at once by Alt and an arrow, from any control of the row", async () => {
    const { user } = await open();
    act(() => screen.getByRole("button", { name: "Source of row 4: Direct Phone Number" }).focus());
    await user.keyboard("{Alt>}{ArrowDown}{/Alt}");
    expect(order()).toEqual(reordered);
    expect(said()).toContain("Direct Phone Number moved, 2 of 2 for Business Phone.");
  });

  it("is changed by a pointer at the handle, and Escape cancels", async () => {
    const { user } = await open();
    // Nothing is laid out here, so the rows are given places: 40 px each.
    vi.spyOn(Element.prototype, "getBoundingClientRect").mockImplementation(function place(this: Element) {
      const rows = [...document.querySelectorAll("[data-row-key]")];
      const index = rows.indexOf(this);
      return new DOMRect(0, Math.max(0, index) * 40, 1000, index < 0 ? 0 : 40);
    });
    // Pointer events are mouse events with more, and jsdom has only these.
    const pointer = (target: Element | Window, type: string, y: number) =>
      fireEvent(target, new MouseEvent(type, { bubbles: true, cancelable: true, clientX: 8, clientY: y }));
    const drag = (name: string, y: number) => {
      pointer(handle(name), "pointerdown", 125);
      pointer(window, "pointermove", 140);
      pointer(window, "pointermove", y);
    };
    drag("Direct Phone Number", 195);
    await user.keyboard("{Escape}");
    pointer(window, "pointerup", 195);
    expect(order()).toEqual(usual);
    expect(said()).toContain("Direct Phone Number is back");

    drag("Direct Phone Number", 195);
    pointer(window, "pointerup", 195);
    expect(order()).toEqual(reordered);
    expect(screen.queryByRole("menu")).toBeNull();

    // Between the two phones there is no place for another field's row.
    drag("Last Name", 158);
    pointer(window, "pointerup", 158);
    expect(order()).toEqual([
      "“Web”",
      "Job Title",
      "Company HQ Phone",
      "Direct Phone Number",
      "Last Name",
      "Job Function",
    ]);
  });

  it("is changed by the handle's menu, also to a position", async () => {
    const { user } = await open();
    await user.click(handle("Company HQ Phone"));
    await user.click(await screen.findByRole("menuitem", { name: "Move to position…" }));
    const field = await screen.findByRole("textbox", { name: "Position, 1 to 2 for Business Phone" });
    await user.clear(field);
    await user.type(field, "1{Enter}");
    expect(order()).toEqual(reordered);

    act(() => handle("Company HQ Phone").focus());
    await user.keyboard("{Shift>}{F10}{/Shift}");
    await user.click(await screen.findByRole("menuitem", { name: "Move down" }));
    expect(order()).toEqual(usual);
  });
});

it("a row is put into a block, which then moves whole", async () => {
  const { engine, user } = await open();
  for (const name of ["Last Name", "Job Title"]) {
    await user.click(handle(name));
    await user.click(await screen.findByRole("menuitem", { name: "Put into block…" }));
    await user.type(await screen.findByRole("textbox", { name: "Name of the block" }), "Names{Enter}");
  }
  expect(order().slice(0, 3)).toEqual(["Last Name", "Job Title", "“Web”"]);
  await user.click(handle("Job Title"));
  await user.click(await screen.findByRole("menuitem", { name: "Move the block down" }));
  expect(order().slice(0, 3)).toEqual(["“Web”", "Last Name", "Job Title"]);
  await waitFor(() =>
    expect(engine.asked("mapping.preview").at(-1)?.rows.map((row) => row.block)).toEqual([
      null,
      "Names",
      "Names",
      null,
      null,
      null,
    ]),
  );
});

describe("edits", () => {
  it("are undone and redone by keys and buttons, typing as one step", async () => {
    const { user } = await open({
      "mapping.show": savedMapping({
        rows: [...mapping_rows, mappingRow({ source: { kind: "fixed", value: "A" }, target: "Department" })],
      }),
    });
    const text = screen.getByRole("textbox", { name: "Fixed value of row 7" });
    await user.type(text, "BC");
    expect(text).toHaveValue("ABC");
    await user.click(await button("Undo: Text of “A”"));
    expect(text).toHaveValue("A");
    act(() => handle("Last Name").focus());
    await user.keyboard("{Control>}y{/Control}");
    expect(text).toHaveValue("ABC");
    await user.keyboard("{Control>}z{/Control}");
    expect(text).toHaveValue("A");
    await user.keyboard("{Control>}{Shift>}z{/Shift}{/Control}");
    expect(text).toHaveValue("ABC");
  });

  it("delete a row with a way back", async () => {
    const { user } = await open();
    await user.click(await button("Delete row 3"));
    expect(order()).not.toContain("Job Title");
    await user.click(within(screen.getByRole("region", { name: "Messages" })).getByRole("button", { name: "Undo" }));
    expect(order()).toEqual(usual);
    act(() => handle("Job Title").focus());
    await user.keyboard("{Delete}");
    expect(order()).not.toContain("Job Title");
    await waitFor(() => expect(handle("Direct Phone Number")).toHaveFocus());
  });

  it("add a row, whose errors stand at their controls once it is left", async () => {
    const { user } = await open();
    await user.click(await button("Add field"));
    const source = await screen.findByRole("button", { name: "Source of row 7: none" });
    await waitFor(() => expect(source).toHaveFocus());
    expect(source).not.toHaveAccessibleDescription();
    act(() => handle("Last Name").focus());
    await waitFor(() =>
      expect(source).toHaveAccessibleDescription(
        "This row is empty. Choose a source and a Salesforce field, or delete it.",
      ),
    );
    await expectNoViolation();
    await user.click(source);
    await user.keyboard("management{Enter}");
    await waitFor(() =>
      expect(screen.getByRole("button", { name: "Salesforce field of row 7: none" })).toHaveAccessibleDescription(
        "No target field. Choose one, or delete this row.",
      ),
    );
    expect(screen.getByRole("button", { name: "1 error to fix before saving" })).toBeVisible();
  });

  it("that a save refuses are gone to, with one sentence", async () => {
    const { user } = await open({
      "mapping.show": savedMapping({ rows: [...mapping_rows, mappingRow({ target: "" })] }),
      "mapping.save": {
        saved: null,
        problems: [],
        sentence: "Row 7 has no target field.",
        warning: "",
      },
    });
    await user.click(await button("Delete row 1"));
    await user.click(await button("1 error to fix before saving"));
    await waitFor(() =>
      expect(screen.getByRole("button", { name: "Salesforce field of row 6: none" })).toHaveFocus(),
    );
    await user.click(await button("Save changes"));
    expect(await screen.findByText("Row 7 has no target field.")).toBeVisible();
  });

  it("are saved as a version that is based on the one that was edited", async () => {
    const { engine, user } = await open({
      "mapping.save": (params) => ({
        saved: savedMapping({ rows: params.rows, version: 13 }),
        problems: [],
        sentence: "",
        warning: "Not tested since the last change.",
      }),
    });
    await user.click(await button("Delete row 3"));
    await user.click(await button("Save changes"));
    expect(await screen.findByText("Contact mapping saved as version 13.")).toBeVisible();
    expect(screen.getByText("Not tested since the last change.")).toBeVisible();
    expect(engine.asked("mapping.save")[0]).toMatchObject({ object: "contact", based_on_version: 12 });
    expect(engine.asked("mapping.save")[0]?.rows).toHaveLength(5);
    expect(screen.queryByRole("region", { name: "Unsaved changes" })).toBeNull();
  });

  it("set what an update does for the whole hierarchy", async () => {
    const { engine, user } = await open();
    expect(within(rowOf("Source of row 5: Company HQ Phone")).getByText("As row 4")).toBeVisible();
    await user.click(screen.getByRole("button", { name: /On update of row 4/ }));
    await user.click(await screen.findByRole("option", { name: /^Never/ }));
    await waitFor(() =>
      expect(
        engine
          .asked("mapping.preview")
          .at(-1)
          ?.rows.map((row) => row.on_update),
      ).toEqual(["overwrite", "fill_if_blank", "overwrite", "never", "never", "fill_if_blank"]),
    );
  });
});

describe("the combobox of fields", () => {
  it("finds by label and API name, marks what is mapped, and says why one is closed", async () => {
    const { user } = await open();
    await user.click(await button("Salesforce field of row 3: Title"));
    await user.keyboard("phone");
    expect(screen.getByText("3 of 8 fields")).toBeVisible();
    expect(screen.getByRole("option", { name: /Business Phone/ })).toHaveTextContent("mapped in row 4");
    const closed = screen.getByRole("option", { name: /Assistant Phone/ });
    expect(closed).toHaveAttribute("aria-disabled", "true");
    expect(closed).toHaveTextContent("cannot be edited by this user");
    await user.click(closed);
    expect(screen.getByRole("combobox", { name: /row 3/ })).toBeVisible();
    await expectNoViolation();
    await user.clear(screen.getByRole("combobox", { name: /row 3/ }));
    await user.keyboard("function__c");
    expect(screen.getByRole("option", { name: /Function/ })).toBeVisible();
    await user.keyboard("{Escape}");
    expect(await button("Salesforce field of row 3: Title")).toHaveFocus();
  });

  it("opens at the first letter, is walked by arrows, and Tab accepts and moves on", async () => {
    const { user } = await open();
    act(() => screen.getByRole("button", { name: "Salesforce field of row 3: Title" }).focus());
    await user.keyboard("phone{ArrowDown}");
    const field = screen.getByRole("combobox", { name: /row 3/ });
    expect(document.getElementById(field.getAttribute("aria-activedescendant") ?? "")).toHaveTextContent(
      "Mobile Phone",
    );
    await user.tab();
    expect(await button("Salesforce field of row 3: Mobile Phone")).toBeVisible();
    expect(screen.getByRole("button", { name: /On update of row 3/ })).toHaveFocus();
  });

  it("brings a row that joins a target to the end of its hierarchy", async () => {
    const { user } = await open();
    await user.click(await button("Salesforce field of row 6: Function"));
    await user.keyboard("business{Enter}");
    expect(await button("Salesforce field of row 6: Business Phone")).toHaveFocus();
    expect(screen.getByRole("img", { name: "3 of 3" })).toBeVisible();
  });

  it("draws at most a part of 500 fields and says how many more there are", async () => {
    const fields = mappingFields();
    const [first] = fields.targets.slice(1);
    if (!first) throw new Error("The samples have no field.");
    const targets = Array.from({ length: 500 }, (_, at) => ({ ...first, name: `F${at}__c`, label: `Field ${at}` }));
    const { user } = await open({ "mapping.fields": { ...fields, targets: [...fields.targets, ...targets] } });
    await user.click(await button("Salesforce field of row 3: Title"));
    expect(screen.getAllByRole("option").length).toBeLessThan(160);
    expect(screen.getByRole("option", { name: /more: type to narrow/ })).toBeVisible();
    await user.keyboard("Field 499");
    expect(screen.getByText("1 of 508 fields")).toBeVisible();
    await user.keyboard("{Enter}");
    expect(await button("Salesforce field of row 3: Field 499")).toBeVisible();
  });
});

describe("sources", () => {
  it("are found in groups, with the picklist's values where the target has some", async () => {
    const { user } = await open();
    await user.click(await button("Source of row 2: “Web”"));
    const values = screen.getByRole("group", { name: "Fixed value: values of Lead Source" });
    expect(within(values).getAllByRole("option")).toHaveLength(3);
    for (const group of ["Person", "Company", "Extra columns"]) {
      expect(screen.getByRole("group", { name: group })).toBeVisible();
    }
    await user.click(within(values).getByRole("option", { name: /Partner Referral/ }));
    expect(await button("Source of row 2: “Partner Referral”")).toBeVisible();
  });

  it("can be a fixed value that is typed where it stands", async () => {
    const { engine, user } = await open();
    await user.click(await button("Source of row 3: Job Title"));
    await user.keyboard("Chief");
    await user.click(screen.getByRole("option", { name: /Fixed value/ }));
    const text = await screen.findByRole("textbox", { name: "Fixed value of row 3" });
    expect(text).toHaveFocus();
    expect(text).toHaveValue("Chief");
    await user.type(text, " of all");
    await waitFor(() =>
      expect(engine.asked("mapping.preview").at(-1)?.rows[2]?.source).toEqual({
        kind: "fixed",
        value: "Chief of all",
      }),
    );
  });

  it("can be a template, whose error shows while it is typed and which fields are put into", async () => {
    const { user } = await open();
    await user.click(await button("Source of row 3: Job Title"));
    await user.click(screen.getByRole("option", { name: /Template/ }));
    const text = await screen.findByRole("textbox", { name: "Template of row 3" });
    expect(text).toHaveValue("{Job Title}");
    await user.type(text, " {{Nobody}");
    await waitFor(() => expect(text).toHaveAccessibleDescription("There is no field “Nobody”."));
    await user.clear(text);
    await user.type(text, "x");
    await waitFor(() => expect(text).not.toHaveAccessibleDescription());
    await user.click(await button("Insert a field or function into row 3"));
    await user.keyboard("upper{Enter}");
    await waitFor(() => expect(text).toHaveValue("x{upper(Last Name)}"));
  });

  it("can be a template with columns of the lists, in quotes where a header has signs of its own", async () => {
    const { user } = await open({
      "mapping.fields": {
        ...mappingFields(),
        extra_columns: ["Query Name", 'Region ("new")'].map((column) => ({ column, lists: ["Q1 targets"] })),
      },
    });
    await user.click(await button("Source of row 3: Job Title"));
    await user.click(screen.getByRole("option", { name: /Template/ }));
    const text = await screen.findByRole("textbox", { name: "Template of row 3" });
    await user.clear(text);
    for (const typed of ["query{Enter}", "region{Enter}"]) {
      await user.click(await button("Insert a field or function into row 3"));
      await user.keyboard(typed);
      await waitFor(() => expect(text).toHaveFocus());
    }
    expect(text).toHaveValue('{column:Query Name}{column:"Region (""new"")"}');
  });
});

describe("filters", () => {
  it("count the whole mapping, and a search that finds nothing can be cleared", async () => {
    const { user } = await open();
    const chips = screen.getByRole("group", { name: "Filter" });
    await waitFor(() => expect(chips).toHaveTextContent("All7Warnings1Required1Locked1Mapped6"));
    await user.click(within(chips).getByRole("button", { name: /^Warnings/ }));
    expect(order()).toEqual(["Job Function"]);
    expect(screen.getByText("1 of 7 rows")).toBeVisible();
    await user.keyboard("/");
    await user.keyboard("phone");
    expect(screen.getByText("No field with “phone” among Warnings")).toBeVisible();
    expect(chips).toHaveTextContent("All7");
    await user.click(await button("Clear filters"));
    expect(order()).toEqual(usual);
    await user.keyboard("{Control>}f{/Control}");
    await user.keyboard("Phone");
    expect(order()).toEqual(["Direct Phone Number", "Company HQ Phone"]);
  });

  it("show a required field without a row, and add it", async () => {
    const { user } = await open({ "mapping.show": savedMapping({ rows: mapping_rows.slice(0, 4) }) });
    await user.click(await button("Delete row 1"));
    await user.click(await screen.findByRole("button", { name: /^Unmapped required/ }));
    await user.click(await button("Add a row for Last Name"));
    expect(await button("Salesforce field of row 4: Last Name")).toBeVisible();
    await waitFor(() => expect(screen.queryByRole("button", { name: "Add a row for Last Name" })).toBeNull());
  });
});

describe("what the engine says", () => {
  it("of a whole list stands at its row and leads to an example", async () => {
    const { engine, user } = await open({
      "mapping.check_list": listCheck({
        rows: [
          {
            row: 3,
            written_profiles: 28,
            blank_profiles: 0,
            findings: [
              {
                code: "too_long",
                left_out: true,
                profiles: 12,
                sentence: "Too long for 12 of 40 profiles.",
                example_value: "a",
                example_index: 17,
              },
            ],
            values: [],
            more_values: 0,
          },
        ],
      }),
    });
    await screen.findByText(/Too long for 12 of 40 profiles/);
    const row = rowOf("Source of row 3: Job Title");
    expect(within(row).getByRole("img", { name: "To check" })).toBeVisible();
    await user.click(within(row).getByRole("button", { name: /^Show one/ }));
    await waitFor(() =>
      expect(engine.asked("mapping.preview").at(-1)?.sample).toEqual({ list_id: 1, index: 17 }),
    );
    await user.keyboard("{Alt>}{ArrowRight}{/Alt}");
    await waitFor(() => expect(engine.asked("mapping.preview").at(-1)?.sample.index).toBe(18));
  });

  it("about older rows is dropped, and what was said of other rows stays meanwhile", async () => {
    const answers: ((answer: MappingPreview) => void)[] = [];
    const asked: PreviewQuery[] = [];
    const { user } = await open({
      "mapping.preview": (query) => {
        if (query.object !== "contact") return mappingPreview(query);
        asked.push(query);
        return asked.length === 1
          ? mappingPreview(query)
          : new Promise<MappingPreview>((resolve) => answers.push(resolve));
      },
    });
    await screen.findAllByText("HR Business Partner");
    await user.click(await button("Delete row 1"));
    await user.click(await button("Delete row 1"));
    expect(rowOf("Source of row 1: Job Title")).toHaveTextContent("HR Business Partner");
    // The second edit waits for the first answer, which is of older rows then.
    await waitFor(() => expect(asked).toHaveLength(2));
    await act(async () => answers[0]?.(mappingPreview(asked[1] as PreviewQuery, { changes: ["older"] })));
    await waitFor(() => expect(asked).toHaveLength(3));
    expect(screen.queryByText("older")).toBeNull();
    await act(async () => answers[1]?.(mappingPreview(asked[2] as PreviewQuery, { changes: ["newest"] })));
    expect(await screen.findByText("newest")).toBeVisible();
  });

  it("is told for an update of the org's record", async () => {
    const record = { salesforce_id: "003A", name: "Monica Yoder", found_by: "same e-mail", values: { Title: "HR" } };
    const { engine, user } = await open({ "mapping.find_record": record });
    await user.click(await button("As an update"));
    expect(await screen.findByText("Updates Monica Yoder, found by same e-mail.")).toBeVisible();
    await waitFor(() => expect(engine.asked("mapping.preview").at(-1)?.record).toEqual(record));
    await user.click(await button("As a new record"));
    await waitFor(() => expect(engine.asked("mapping.preview").at(-1)?.record).toBeNull());
  });
});

it("rows that the app sets are locked, and cannot be deleted", async () => {
  await open();
  const row = (await screen.findByText("ZoomInfo Id")).closest<HTMLElement>('[role="row"]');
  if (!row) throw new Error("The locked row is missing.");
  expect(within(row).getByRole("img", { name: "Locked: set by the app" })).toBeVisible();
  expect(row).toHaveTextContent("Set by the app");
  expect(within(row).queryByRole("button")).toBeNull();
});

it("who may not change mappings sees them, and who may", async () => {
  await open({
    "mapping.show": savedMapping({ may_edit: false, may_edit_sentence: "Only admins change mappings." }),
  });
  expect(screen.getAllByText("Only admins change mappings.")[0]).toBeVisible();
  expect(screen.queryByRole("button", { name: "Add field" })).toBeNull();
  expect(screen.queryByRole("button", { name: "Delete row 1" })).toBeNull();
  expect(screen.getByRole("button", { name: "Source of row 1: Last Name" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
});

it("a mapping without rows says what a row is and starts one", async () => {
  const { user } = openApp("/integration/mapping", {
    ...mappingAnswers,
    "mapping.show": savedMapping({ rows: [] }),
    "mapping.preview": (query) => mappingPreview(query, { locked_rows: [], unmapped_required: [] }),
  });
  expect(await screen.findByText("No field is mapped")).toBeVisible();
  await user.click(await button("Add field"));
  expect(await screen.findByRole("button", { name: "Source of row 1: none" })).toBeVisible();
});

it("2,000 rows are drawn only where they are looked at", async () => {
  const rows = Array.from({ length: 2000 }, (_, at) => mappingRow({ target: `F${at}__c` }));
  await open({
    "mapping.show": savedMapping({ rows }),
    "mapping.preview": (query) => mappingPreview({ ...query, rows: [] }),
  });
  expect(document.querySelectorAll("[data-row-key]").length).toBeLessThan(60);
});

it("has no violation that axe can see", async () => {
  await open();
  await screen.findByText("No value in the org");
  await expectNoViolation();
});
