import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import type { People } from "../../ipc";
import { button, expectNoViolation, fault, openApp, type Answers } from "../../testing";
import { boundary, person, three_people } from "../../testing/peopleSamples";
import { asSecondaryAdmin, asUser, user_refusal } from "../../testing/samples";

const all: People = { people: three_people, boundary };
const open = (answers: Answers = {}) => openApp("/people", { "people.list": all, ...answers });

it("shows who is who and what roles do not guard against", async () => {
  open();
  expect(await screen.findByText(boundary)).toBeVisible();
  const grid = screen.getByRole("grid", { name: "People" });
  const row = within(grid).getByText("Sam Ortiz").closest('[role="row"]');
  expect(row).toHaveTextContent("Everything but disconnecting.");
  expect(within(grid).getByText("Uses this window")).toBeVisible();
  await expectNoViolation();
});

it("adds a person after both fields are right, and puts a refusal at its field", async () => {
  let refuses = true;
  const { engine, user } = open({
    "people.add": (added) => {
      if (refuses) throw fault("invalid", "Somebody has this address already: Sam Ortiz.", "email");
      return { ...all, people: [...three_people, person(9, added)] };
    },
  });
  await user.click(await button("Add a person"));
  const dialog = await screen.findByRole("dialog", { name: "Add a person" });
  const add = within(dialog).getByRole("button", { name: "Add person" });
  await user.click(add);
  expect(within(dialog).getByText("Enter the full name.")).toBeVisible();
  expect(engine.asked("people.add")).toEqual([]);
  await user.type(within(dialog).getByRole("textbox", { name: "Full name" }), "Lea Brandt");
  await user.type(within(dialog).getByRole("textbox", { name: "E-mail address" }), "lea@demo.example");
  await user.click(within(dialog).getByRole("radio", { name: /^Admin/ }));
  await user.click(add);
  expect(await within(dialog).findByText("Somebody has this address already: Sam Ortiz.")).toBeVisible();
  refuses = false;
  await user.click(add);
  expect(await screen.findByText("Added Lea Brandt.")).toBeVisible();
  expect(engine.asked("people.add").at(-1)).toEqual({
    name: "Lea Brandt",
    email: "lea@demo.example",
    role: "admin",
  });
});

it("removes by the Delete key and takes it back", async () => {
  const { engine, user } = open({
    "people.remove": ({ people }) => ({
      ...all,
      people: three_people.filter((one) => !people.includes(one.person)),
    }),
    "people.restore": all,
  });
  const cell = (await screen.findByText("Mina Park")).closest<HTMLElement>('[role="gridcell"]');
  cell?.focus();
  await user.keyboard("{Delete}");
  const toast = (await screen.findByText("Removed Mina Park.")).parentElement as HTMLElement;
  expect(screen.queryByText("Mina Park")).toBeNull();
  await user.click(within(toast).getByRole("button", { name: "Undo" }));
  expect(await screen.findByText("Mina Park")).toBeVisible();
  expect(engine.asked("people.restore")).toEqual([{ people: [3] }]);
});

it("shows what a file brings and which rows it refuses, before anybody is taken", async () => {
  const { engine, user } = open({
    "people.choose_file": {
      file_id: "f7",
      file_name: "people.csv",
      read_rows: 4,
      new_people: 2,
      changed_people: 0,
      unchanged_people: 1,
      refused_rows: 1,
      shown_people: [
        { name: "Lea Brandt", email: "lea@demo.example", role: "admin" },
        { name: "Ole Berg", email: "ole@demo.example", role: "user" },
      ],
      refusals: [{ line: 4, why: "The role “boss” is unknown. Write admin or user." }],
    },
    "people.import_file": { ...all, people: [...three_people, person(9)] },
    "people.save_refusals": { file_name: "Refused rows.csv", rows: 1 },
  });
  await user.click(await button("Import a CSV file"));
  const dialog = await screen.findByRole("alertdialog", { name: "Import people" });
  expect(dialog).toHaveTextContent("The role “boss” is unknown. Write admin or user.");
  expect(engine.asked("people.import_file")).toEqual([]);
  await expectNoViolation();
  await user.click(within(dialog).getByRole("button", { name: "Save refused rows…" }));
  expect(await screen.findByText("Saved 1 refused row as “Refused rows.csv”.")).toBeVisible();
  expect(engine.asked("people.save_refusals")).toEqual([{ file_id: "f7" }]);
  await user.click(within(dialog).getByRole("button", { name: "Import 2 people" }));
  expect(await screen.findByText("2 people taken from “people.csv”.")).toBeVisible();
  expect(engine.asked("people.import_file")).toEqual([{ file_id: "f7" }]);
});

it("can be read again after it failed", async () => {
  let broken = true;
  const { user } = open({
    "people.list": () => {
      if (broken) throw fault("workspace", "The workspace database could not be read. Try again.");
      return all;
    },
  });
  expect(await screen.findByText(/could not be read. Try again/)).toBeVisible();
  broken = false;
  await user.click(await button("Try again"));
  expect(await screen.findByRole("grid", { name: "People" })).toBeVisible();
});

it("lets a user look, and says who may change people", async () => {
  const { engine, user } = open({ "app.state": asUser() });
  await screen.findAllByText(user_refusal);
  const add = await button("Add a person");
  await waitFor(() => expect(add).toHaveAccessibleDescription(user_refusal));
  await user.click(add);
  expect(screen.queryByRole("dialog")).toBeNull();
  const grid = screen.getByRole("grid", { name: "People" });
  const cell = within(grid).getByText("Mina Park").closest<HTMLElement>('[role="gridcell"]');
  cell?.focus();
  await user.keyboard("{Delete}");
  await user.click(screen.getByRole("button", { name: "Remove Mina Park" }));
  expect(engine.asked("people.remove")).toEqual([]);
  await expectNoViolation();
});

it("is reached from the operator menu, where the window is handed to somebody else", async () => {
  const { engine, user } = open({
    "people.switch_operator": asSecondaryAdmin(),
  });
  await user.click(await screen.findByRole("button", { name: /Operator menu/ }));
  expect(await screen.findByRole("menuitem", { name: "Audit log" })).toBeVisible();
  await user.click(screen.getByRole("menuitem", { name: "Switch operator…" }));
  const dialog = await screen.findByRole("dialog", { name: "Who uses this window?" });
  await user.type(within(dialog).getByRole("searchbox"), "ortiz{Enter}");
  await waitFor(() => expect(engine.asked("people.switch_operator")).toEqual([{ person: 2 }]));
  expect(await screen.findByText("Sam Ortiz uses this window now.")).toBeVisible();
});
