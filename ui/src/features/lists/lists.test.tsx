import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { button, expectNoViolation, fault, openApp } from "../../testing";
import { check, list, profile } from "../../testing/samples";

const two = { lists: [list(), list({ list_id: 2, name: "Ohio", kind: "companies" })], total_lists: 2 };

describe("the lists", () => {
  it("start with what a list is and two ways to get one", async () => {
    const { engine, user } = openApp("/lists", { "lists.import_samples": two });
    expect(await screen.findByRole("heading", { name: "No lists yet" })).toBeVisible();
    await expectNoViolation();
    await user.click(await button("Use sample lists"));
    expect(engine.asked("lists.import_samples")).toHaveLength(1);
  });

  it("say what failed and try again", async () => {
    const { engine, user } = openApp("/lists", {
      "lists.list": () => {
        throw fault("workspace_busy", "Another window uses the workspace.");
      },
    });
    expect(await screen.findByRole("alert")).toHaveTextContent("Another window uses the workspace.");
    engine.answers["lists.list"] = two;
    await user.click(await button("Try again"));
    expect(await screen.findByRole("grid", { name: "Lists" })).toBeVisible();
  });

  it("distinguish no match from nothing, and clear the filter", async () => {
    const { user } = openApp("/lists", {
      "lists.list": ({ search }) => (search ? { lists: [], total_lists: 2 } : two),
    });
    await user.type(await screen.findByRole("searchbox", { name: "Find a list" }), "zzz");
    expect(await screen.findByText("2 lists in all.")).toBeVisible();
    await user.click(await button("Clear filters"));
    expect(await screen.findByRole("grid", { name: "Lists" })).toBeVisible();
  });

  it("are deleted by keyboard alone and taken back by Undo", async () => {
    const { engine, user } = openApp("/lists", {
      "lists.list": two,
      "lists.delete": {},
      "lists.restore": list({ list_id: 2 }),
    });
    const grid = await screen.findByRole("grid", { name: "Lists" });
    within(grid).getAllByRole("gridcell")[0]?.focus();
    await user.keyboard("{ArrowDown} ");
    expect(await screen.findByText("1 list selected")).toBeVisible();
    await user.click(await button("Delete 1 list"));
    await user.click(await button("Undo"));
    expect(engine.asked("lists.delete")).toEqual([{ list_id: 2 }]);
    await waitFor(() => expect(engine.asked("lists.restore")).toEqual([{ list_id: 2 }]));
  });
});

describe("an import", () => {
  const file = check().file;

  it("shows counts and refusals before anything is written, then imports under the given name", async () => {
    const { engine, user } = openApp("/lists", {
      "lists.choose_file": file,
      "lists.check_file": check(),
      "lists.import_file": {
        list: list({ name: "Mine" }),
        read_rows: 42,
        imported_rows: 40,
        refused_rows: 2,
        refusals: [],
      },
      "lists.profiles": { list: list({ name: "Mine" }), matching_profiles: 0, offset: 0, profiles: [] },
    });
    await user.click(await button("Import a CSV file"));
    const dialog = await screen.findByRole("dialog", { name: "Import a list" });
    expect(dialog).toHaveTextContent("57–58Last Name(blank)Salesforce contacts need a last name.");
    expect(engine.asked("lists.import_file")).toEqual([]);
    await expectNoViolation();
    const name = within(dialog).getByRole("textbox", { name: "List name" });
    await user.clear(name);
    expect(name).toHaveAccessibleDescription("Enter a name for the list.");
    await user.type(name, "Mine");
    await user.click(within(dialog).getByRole("button", { name: "Import 40 contacts" }));
    expect(engine.asked("lists.import_file")).toEqual([{ file_id: "f1", name: "Mine" }]);
    expect(await screen.findByText("Imported 40 contacts into “Mine”.")).toBeInTheDocument();
    expect(window.location.hash).toBe("#/lists/1");
  });

  it("puts a taken name at the field and lets it be mended", async () => {
    const { user } = openApp("/lists", {
      "lists.choose_file": file,
      "lists.check_file": check(),
      "lists.import_file": () => {
        throw fault("name_taken", "There is a list of this name. Choose another.", "name");
      },
    });
    await user.click(await button("Import a CSV file"));
    await user.click(await button("Import 40 contacts"));
    const name = await screen.findByRole("textbox", { name: "List name" });
    await waitFor(() =>
      expect(name).toHaveAccessibleDescription("There is a list of this name. Choose another."),
    );
    await user.type(name, "2");
    expect(name).not.toHaveAccessibleDescription();
  });

  it("explains a file that cannot be read", async () => {
    const { user } = openApp("/lists", {
      "lists.choose_file": file,
      "lists.check_file": () => {
        throw fault("bad_file", "The file is an image. Choose a CSV file.");
      },
    });
    await user.click(await button("Import a CSV file"));
    expect(
      await screen.findByRole("dialog", { name: "“contacts_40.csv” was not imported" }),
    ).toHaveTextContent("The file is an image.");
  });

  it("takes a file that is dropped on the window", async () => {
    const { engine } = openApp("/lists", { "lists.drop_file": file, "lists.check_file": check() });
    await screen.findByRole("heading", { name: "No lists yet" });
    const dropped = new File(["Last Name\nYoder\n"], "contacts_40.csv");
    const dataTransfer = { files: [dropped], types: ["Files"] };
    fireEvent.dragEnter(window, { dataTransfer });
    expect(screen.getByText("Drop the CSV file to import it")).toBeVisible();
    expect(fireEvent.drop(window, { dataTransfer })).toBe(false);
    expect(await button("Import 40 contacts")).toBeVisible();
    expect(screen.queryByText("Drop the CSV file to import it")).toBeNull();
    expect(engine.asked("lists.drop_file")).toEqual([
      { file_name: "contacts_40.csv", size_bytes: dropped.size },
    ]);
    expect(String.fromCharCode(...(engine.chunks[0] ?? []))).toBe("Last Name\nYoder\n");
  });

  it("takes one file at a time", async () => {
    const { engine } = openApp("/lists", {});
    await screen.findByRole("heading", { name: "No lists yet" });
    const files = [new File(["a"], "a.csv"), new File(["b"], "b.csv")];
    fireEvent.drop(window, { dataTransfer: { files, types: ["Files"] } });
    expect(await screen.findByText(/Drop one file at a time: 2 were dropped/)).toBeVisible();
    expect(engine.asked("lists.drop_file")).toEqual([]);
  });

  it("gives the file back when it is cancelled", async () => {
    const { engine, user } = openApp("/lists", {
      "lists.choose_file": file,
      "lists.check_file": check(),
      "lists.cancel_file": {},
    });
    await user.click(await button("Import a CSV file"));
    await screen.findByRole("dialog", { name: "Import a list" });
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(engine.asked("lists.cancel_file")).toEqual([{ file_id: "f1" }]);
  });
});

describe("a list of 100,000", () => {
  const big = list({ profiles: 100_000 });
  const answers = {
    "lists.profiles": ({ search, offset, limit }: { search: string; offset: number; limit: number }) => {
      const matching = search ? 500 : 100_000;
      const rows = Math.max(0, Math.min(limit, matching - offset));
      return {
        list: big,
        matching_profiles: matching,
        offset,
        profiles: Array.from({ length: rows }, (_, index) => profile(offset + index)),
      };
    },
    "lists.list": { lists: [big], total_lists: 1 },
    "export.preflight": { chosen_records: 1, refusals: [], warnings: [] },
  };

  it("keeps few rows in the document and says how many there are", async () => {
    openApp("/lists/1", answers);
    const grid = await screen.findByRole("grid", { name: "Profiles of Q1 targets" });
    expect(grid).toHaveAttribute("aria-rowcount", "100001");
    expect(within(grid).getAllByRole("row").length).toBeLessThan(60);
    await expectNoViolation();
  });

  it("selects all that fits a search, less one, and exports just that", async () => {
    const { engine, user } = openApp("/lists/1", answers);
    await user.type(await screen.findByRole("searchbox", { name: "Find a profile" }), "reyes");
    await button("Export 500 contacts as Leads");
    await user.click(screen.getByRole("checkbox", { name: "Select all rows" }));
    await user.click(screen.getByRole("checkbox", { name: "Select Person 3" }));
    await user.click(await button("Export 499 contacts as Leads"));
    await waitFor(() =>
      expect(engine.asked("export.preflight").at(-1)).toMatchObject({
        object: "lead",
        list_id: 1,
        selection: { kind: "matching", search: "reyes", except_profile_ids: [1003] },
        limit_records: null,
      }),
    );
  });

  it("extends and shrinks a selection with Shift and the arrows", async () => {
    const { user } = openApp("/lists/1", answers);
    const grid = await screen.findByRole("grid", { name: "Profiles of Q1 targets" });
    within(grid).getAllByRole("gridcell")[0]?.focus();
    await user.keyboard(" {Shift>}{ArrowDown}{ArrowDown}{ArrowDown}{/Shift}");
    expect(await button("Export 4 contacts as Leads")).toBeVisible();
    await user.keyboard("{Shift>}{ArrowUp}{/Shift}");
    expect(await button("Export 3 contacts as Leads")).toBeVisible();
    expect(document.activeElement).toHaveAttribute("data-cell", "2:0");
  });
});
