import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { SaveMapping } from "../../ipc";
import { button, expectNoViolation, openApp, type Answers } from "../../testing";
import { exportSettings } from "../../testing/exportSamples";
import { mapping_rows, mappingAnswers, savedMapping } from "../../testing/samples";

const saves = ({ object, rows }: SaveMapping) => ({
  saved: savedMapping({ object, rows, version: 13 }),
  problems: [],
  sentence: "",
  warning: "It was not tested since its last change.",
});

const open = async (answers: Answers = {}) => {
  const app = openApp("/integration/mapping", { ...mappingAnswers, "mapping.save": saves, ...answers });
  await app.user.click(await button("Delete row 3"));
  await screen.findByRole("region", { name: "Unsaved changes" });
  return app;
};

const bar = () => screen.getByRole("region", { name: "Unsaved changes" });

describe("the save bar", () => {
  it("saves a mapping with its note by Ctrl S, warned but not blocked, and takes it back", async () => {
    const { engine, user } = await open({
      "mapping.restore": savedMapping({ version: 14 }),
    });
    expect(bar()).toHaveTextContent("No test passed since the last change.");
    await expectNoViolation();
    await user.type(screen.getByRole("textbox", { name: "Note for the mapping’s history" }), " No titles ");
    await user.keyboard("{Control>}s{/Control}");
    expect(await screen.findByText("Contact mapping saved as version 13.")).toBeVisible();
    expect(engine.asked("mapping.save")).toEqual([
      {
        object: "contact",
        rows: mapping_rows.toSpliced(2, 1),
        note: "No titles",
        based_on_version: 12,
      },
    ]);
    expect(screen.getByText("It was not tested since its last change.")).toBeVisible();
    expect(screen.queryByRole("region", { name: "Unsaved changes" })).toBeNull();

    const toast = screen.getByText("Contact mapping saved as version 13.").parentElement as HTMLElement;
    await user.click(within(toast).getByRole("button", { name: "Undo" }));
    expect(await screen.findByText("Version 12 is back, as version 14.")).toBeVisible();
    expect(engine.asked("mapping.restore")).toEqual([{ object: "contact", version: 12 }]);
    expect(await button("Source of row 3: Job Title")).toBeVisible();
  });

  it("holds both tabs' changes: both are saved, and both are discarded", async () => {
    const { engine, user } = await open({
      "settings.save_export": (saved) => exportSettings(saved),
    });
    await user.click(screen.getByRole("tab", { name: /^Export/ }));
    await user.click(await screen.findByRole("switch", { name: "Accounts may be exported" }));
    expect(bar()).toHaveTextContent(/Accounts off, .*rows/);
    expect(screen.getAllByRole("img", { name: "unsaved changes" })).toHaveLength(2);
    await user.keyboard("{Meta>}s{/Meta}");
    await waitFor(() => expect(screen.queryByRole("region", { name: "Unsaved changes" })).toBeNull());
    expect(engine.asked("settings.save_export")).toHaveLength(1);
    expect(engine.asked("mapping.save")).toHaveLength(1);

    await user.click(await screen.findByRole("switch", { name: "Leads may be exported" }));
    await user.click(within(bar()).getByRole("button", { name: "Discard" }));
    expect(screen.queryByRole("region", { name: "Unsaved changes" })).toBeNull();
  });

  it("refuses blank rows with one sentence, marks them, and shows the first, from any tab", async () => {
    const sentence =
      "The mapping was not saved, because row 6 is not complete. Mend or delete it, then save again.";
    const { user } = await open({
      "mapping.save": ({ rows }) => ({
        saved: null,
        problems: [
          {
            row: rows.length,
            code: "row_blank",
            part: "whole",
            stops_saving: true,
            sentence: "This row is empty. Choose a source and a Salesforce field, or delete it.",
          },
        ],
        sentence,
        warning: "",
      }),
    });
    await user.click(await button("Add field"));
    await user.click(screen.getByRole("tab", { name: "General Settings" }));
    expect(await within(bar()).findByText("1 error to fix before saving")).toBeVisible();
    await user.click(within(bar()).getByRole("button", { name: "Save changes" }));
    expect(await screen.findByText(sentence)).toBeVisible();
    const row = (await button("Source of row 6: none")).closest('[role="row"]');
    expect(row).toHaveTextContent("This row is empty.");
    await user.click(screen.getByRole("button", { name: "Show first" }));
    await waitFor(() => expect(row).toContainElement(document.activeElement as HTMLElement));
  });

  it("saves on top of what somebody else saved meanwhile, once that was told", async () => {
    let newest = 12;
    const { engine, user } = await open({
      "mapping.show": ({ object }) => savedMapping({ object, version: newest }),
      "mapping.save": (asked) =>
        asked.based_on_version === 13
          ? { ...saves(asked), saved: savedMapping({ rows: asked.rows, version: 14 }) }
          : {
              saved: null,
              problems: [
                {
                  row: null,
                  code: "newer_version",
                  part: "whole",
                  stops_saving: true,
                  sentence: "Dana Whitfield saved version 13.",
                },
              ],
              sentence: "Dana Whitfield saved version 13.",
              warning: "",
            },
    });
    newest = 13;
    await user.click(within(bar()).getByRole("button", { name: "Save changes" }));
    expect(await screen.findByText("Dana Whitfield saved version 13.")).toBeVisible();
    await waitFor(() => expect(screen.getByText(/^13, saved/)).toBeVisible());
    await user.click(within(bar()).getByRole("button", { name: "Save changes" }));
    expect(await screen.findByText("Contact mapping saved as version 14.")).toBeVisible();
    expect(engine.asked("mapping.save").map((one) => one.based_on_version)).toEqual([12, 13]);
  });
});

describe("leaving with unsaved changes", () => {
  const question = (name: string) => screen.findByRole("alertdialog", { name });

  it("asks once for all: stay, save, or discard", async () => {
    const { engine, user } = await open();
    await user.keyboard("{Alt>}1{/Alt}");
    const dialog = await question("Leave with unsaved changes?");
    expect(dialog).toHaveTextContent("the rows");
    await expectNoViolation();
    await user.keyboard("{Escape}");
    expect(window.location.hash).toBe("#/integration/mapping");
    await user.keyboard("{Alt>}1{/Alt}");
    await user.click(
      within(await question("Leave with unsaved changes?")).getByRole("button", { name: "Save changes" }),
    );
    expect(await screen.findByRole("heading", { name: "Lists" })).toBeVisible();
    expect(engine.asked("mapping.save")).toHaveLength(1);
  });

  it("stays when the save is refused", async () => {
    const { user } = await open({
      "mapping.save": { saved: null, problems: [], sentence: "The mapping was not saved.", warning: "" },
    });
    await user.keyboard("{Alt>}1{/Alt}");
    await user.click(
      within(await question("Leave with unsaved changes?")).getByRole("button", { name: "Save changes" }),
    );
    expect(await screen.findByText("The mapping was not saved.")).toBeVisible();
    expect(window.location.hash).toBe("#/integration/mapping");
    expect(screen.queryByRole("alertdialog")).toBeNull();
  });

  it("asks before the org is disconnected", async () => {
    const { user } = await open();
    await user.click(screen.getByRole("tab", { name: "General Settings" }));
    await user.click(await button("Disconnect"));
    const dialog = await question("Disconnect with unsaved changes?");
    await user.click(within(dialog).getByRole("button", { name: "Discard changes" }));
    expect(await question("Disconnect Landbridge demo org?")).toBeVisible();
    expect(screen.queryByRole("region", { name: "Unsaved changes" })).toBeNull();
  });
});

describe("closing the window", () => {
  it("asks while something is not saved, each time, and closes after the answer", async () => {
    const { engine, user } = await open();
    expect(engine.held()).toBe(true);
    act(() => engine.requestClose());
    let dialog = await screen.findByRole("alertdialog", { name: "Close Landbridge with unsaved changes?" });
    await user.click(within(dialog).getByRole("button", { name: "Stay here" }));
    expect(engine.closed()).toBe(0);
    act(() => engine.requestClose());
    dialog = await screen.findByRole("alertdialog", { name: "Close Landbridge with unsaved changes?" });
    await user.click(within(dialog).getByRole("button", { name: "Save changes" }));
    await waitFor(() => expect(engine.closed()).toBe(1));
    expect(engine.asked("mapping.save")).toHaveLength(1);
  });

  it("is free again once nothing is unsaved", async () => {
    const { engine, user } = await open();
    const reload = () => {
      const event = new Event("beforeunload", { cancelable: true });
      window.dispatchEvent(event);
      return event.defaultPrevented;
    };
    expect(reload()).toBe(true);
    await user.click(await button("Undo: Delete Job Title"));
    await waitFor(() => expect(engine.held()).toBe(false));
    expect(reload()).toBe(false);
    act(() => engine.requestClose());
    expect(engine.closed()).toBe(1);
    expect(screen.queryByRole("alertdialog")).toBeNull();
  });
});
