import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import type { Workspaces } from "../../ipc";
import { expectNoViolation, fault, openApp, type Answers } from "../../testing";
import { org, state } from "../../testing/samples";

const workspaces: Workspaces = {
  can_switch: true,
  workspaces: [
    {
      folder: "/a",
      name: "Brightwater",
      org: { name: "Brightwater Supply", kind: "production" },
      is_open: true,
      refusal: null,
    },
    { folder: "/b", name: "Sandbox", org: { name: "Brightwater UAT", kind: "sandbox" }, is_open: false, refusal: null },
    {
      folder: "/c",
      name: "Old laptop",
      org: null,
      is_open: false,
      refusal: "The folder is gone. Put it back, or take it off the list.",
    },
  ],
};

const production = state({ org: { ...org, name: "Brightwater Supply", kind: "production" } });

const open = async (answers: Answers = {}) => {
  const app = openApp("/lists", { "app.state": production, "workspaces.list": workspaces, ...answers });
  await app.user.click(await screen.findByRole("button", { name: /Brightwater Supply.*orgs and workspaces/ }));
  return { ...app, panel: await screen.findByRole("dialog", { name: "Workspaces" }) };
};

it("shows the org with its badge, and every workspace with its own", async () => {
  const { panel, user, engine } = await open();
  expect(screen.getAllByText("Production").length).toBeGreaterThan(0);
  const sandbox = await within(panel).findByRole("button", { name: /^Sandbox/ });
  expect(sandbox).toHaveTextContent("Brightwater UAT");
  const gone = within(panel).getByRole("button", { name: /^Old laptop/ });
  expect(gone).toHaveTextContent("The folder is gone.");
  await user.click(gone);
  expect(engine.asked("workspaces.open")).toEqual([]);
  await expectNoViolation();
});

it("opens another one and reads everything anew", async () => {
  let now = production;
  const { panel, user, engine } = await open({
    "app.state": () => now,
    "workspaces.open": () => {
      now = state({ org: { ...org, name: "Brightwater UAT", kind: "sandbox" } });
      return {};
    },
  });
  await user.click(await within(panel).findByRole("button", { name: /^Sandbox/ }));
  expect(await screen.findByRole("button", { name: /Brightwater UAT.*orgs and workspaces/ })).toBeVisible();
  expect(engine.asked("workspaces.open")).toEqual([{ folder: "/b" }]);
});

it("makes one with a name, and says at the field why it cannot", async () => {
  const { panel, user, engine } = await open({
    "workspaces.create": () => {
      throw fault("name_taken", "A workspace has this name already. Choose another.", "name");
    },
  });
  await user.click(within(panel).getByRole("button", { name: "New workspace" }));
  const dialog = await screen.findByRole("dialog", { name: "New workspace" });
  await user.click(within(dialog).getByRole("button", { name: "Make and open it" }));
  expect(within(dialog).getByText("Enter a name.")).toBeVisible();
  await user.type(within(dialog).getByRole("textbox"), "Sandbox{Enter}");
  expect(await within(dialog).findByText(/has this name already/)).toBeVisible();
  expect(engine.asked("workspaces.create")).toEqual([{ name: "Sandbox" }]);
});

it("takes one off the list after a question; its folder stays", async () => {
  const { panel, user, engine } = await open({
    "workspaces.forget": { ...workspaces, workspaces: workspaces.workspaces.slice(0, 2) },
    "workspaces.restore": workspaces,
  });
  await user.click(await within(panel).findByRole("button", { name: "Take Old laptop off the list" }));
  const dialog = await screen.findByRole("alertdialog", { name: "Take “Old laptop” off the list?" });
  expect(dialog).toHaveTextContent("/c");
  await user.click(within(dialog).getByRole("button", { name: "Take it off the list" }));
  await waitFor(() => expect(engine.asked("workspaces.forget")).toEqual([{ folder: "/c" }]));
  await user.click(await screen.findByRole("button", { name: "Undo" }));
  await waitFor(() =>
    expect(engine.asked("workspaces.restore")).toEqual([{ folder: "/c", name: "Old laptop" }]),
  );
});

it("opens a folder that no list knows, and says why it cannot", async () => {
  let refuses = true;
  const { panel, user, engine } = await open({
    "workspaces.open_folder": () => {
      if (refuses) throw fault("not_found", "There is no workspace in /d. Choose another folder.");
      return { folder: "/d" };
    },
  });
  await user.click(within(panel).getByRole("button", { name: "Open a folder…" }));
  expect(await within(panel).findByText(/There is no workspace in/)).toBeVisible();
  refuses = false;
  await user.click(within(panel).getByRole("button", { name: "Open a folder…" }));
  await waitFor(() => expect(screen.queryByRole("dialog", { name: "Workspaces" })).toBeNull());
  expect(engine.asked("workspaces.open_folder")).toHaveLength(2);
});
