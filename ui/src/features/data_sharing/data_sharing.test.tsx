import { screen, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { button, expectNoViolation, fault, openApp, type Answers } from "../../testing";
import { storedData } from "../../testing/peopleSamples";
import { asUser, org, state, user_refusal } from "../../testing/samples";

const open = (answers: Answers = {}) => openApp("/data", { "stored_data.show": storedData(), ...answers });

it("says what is stored where, and that nothing else leaves", async () => {
  open();
  expect(await screen.findByText("48.2 MB")).toBeVisible();
  expect(screen.getByText(/^No telemetry/)).toBeVisible();
  expect(screen.getByText(/^Salesforce: the connected org/)).toBeVisible();
  expect(screen.queryByRole("button", { name: "Delete Audit log" })).toBeNull();
  await expectNoViolation();
});

it("deletes after a question, in production with the org's name, and refuses what is in use", async () => {
  const { engine, user } = open({
    "app.state": state({ org: { ...org, kind: "production", name: "Brightwater" } }),
    "stored_data.delete": storedData({ items: [], total_bytes: 0 }),
  });
  const runs = await button("Delete Runs");
  expect(runs).toHaveAccessibleDescription(/Run 119 is being sent/);
  await user.click(runs);
  expect(screen.queryByRole("alertdialog")).toBeNull();
  await user.click(await button("Delete Lists"));
  const dialog = await screen.findByRole("alertdialog", { name: "Delete lists?" });
  await user.click(within(dialog).getByRole("button", { name: "Delete lists" }));
  expect(engine.asked("stored_data.delete")).toEqual([]);
  await user.type(within(dialog).getByRole("textbox"), "Brightwater");
  await user.click(within(dialog).getByRole("button", { name: "Delete lists" }));
  expect(await screen.findByText("Lists deleted.")).toBeVisible();
  expect(engine.asked("stored_data.delete")).toEqual([{ kind: "lists" }]);
});

it("leads from the tokens to where they are revoked", async () => {
  open({
    "stored_data.show": storedData({
      items: [
        {
          kind: "tokens",
          label: "Sign-in to Salesforce",
          purpose: "Tokens.",
          place: "/home/priya/.config/landbridge/tokens.sealed",
          size_bytes: 2_100,
          records: null,
          deleting: null,
          refusal: "Disconnect revokes them.",
        },
      ],
    }),
  });
  expect(await screen.findByText("/home/priya/.config/landbridge/tokens.sealed")).toBeVisible();
  expect(screen.getByRole("link", { name: "Disconnect in General Settings…" })).toHaveAttribute(
    "href",
    "#/integration/general",
  );
});

it("can be measured again after it failed", async () => {
  let broken = true;
  const { user } = open({
    "stored_data.show": () => {
      if (broken) throw fault("file_system", "The folder could not be read. Mend its permissions.");
      return storedData();
    },
  });
  expect(await screen.findByText("What is stored could not be measured")).toBeVisible();
  broken = false;
  await user.click(await button("Try again"));
  expect(await screen.findByText("48.2 MB")).toBeVisible();
});

it("shows each file of the support bundle before it is saved", async () => {
  const { engine, user } = open({
    "support.preview": {
      files: [
        { name: "settings.json", text: "{}" },
        { name: "log.txt", text: "17:40 turned on" },
      ],
      size_bytes: 4812,
      promise: "It holds no names and no tokens.",
    },
    "support.save": { file_name: "support.zip", rows: 2 },
  });
  await user.click(await button("Look at the support bundle"));
  const dialog = await screen.findByRole("dialog", { name: "Support bundle" });
  await user.click(within(dialog).getByRole("button", { name: "log.txt" }));
  expect(within(dialog).getByText("17:40 turned on")).toBeVisible();
  expect(engine.asked("support.save")).toEqual([]);
  await expectNoViolation();
  await user.click(within(dialog).getByRole("button", { name: "Save the support bundle" }));
  expect(await screen.findByText("Saved the support bundle as “support.zip”.")).toBeVisible();
});

it("lets a user look, and says who may delete", async () => {
  const { user } = open({ "app.state": asUser() });
  const lists = await button("Delete Lists");
  expect(lists).toHaveAccessibleDescription(user_refusal);
  await user.click(lists);
  expect(screen.queryByRole("alertdialog")).toBeNull();
});
