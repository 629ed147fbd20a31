import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import type { Proposal } from "../../../../ipc";
import { button, expectNoViolation, fault, openApp, type Answers } from "../../../../testing";
import { mappingAnswers, savedMapping } from "../../../../testing/samples";

const proposal = (field: string, label: string, target: string, change: Partial<Proposal> = {}): Proposal => ({
  source: { kind: "field", field },
  source_label: label,
  target,
  target_label: target,
  target_type: "Text(80)",
  confidence: "sure",
  reason: "same label",
  ...change,
});

const proposals = [
  proposal("first_name", "First Name", "FirstName"),
  proposal("department", "Department", "Department"),
  proposal("mobile_phone", "Mobile Phone", "MobilePhone", { confidence: "likely", reason: "means the same" }),
  proposal("person_city", "Person City", "MailingCity", { confidence: "possible", reason: "shares “city”" }),
];

const open = async (answers: Answers = {}) => {
  const app = openApp("/integration/mapping", { ...mappingAnswers, "mapping.match": { proposals }, ...answers });
  await screen.findByRole("button", { name: "Source of row 1: Last Name" });
  await app.user.click(await button("Match automatically"));
  const dialog = await screen.findByRole("dialog", { name: "Match automatically" });
  return { ...app, dialog };
};

const box = (dialog: HTMLElement, name: string) => within(dialog).getByRole("checkbox", { name });

it("asks with the rows as they stand, and ticks only what is sure", async () => {
  const { engine, dialog } = await open();
  const sure = await within(dialog).findByRole("region", { name: "Sure" });
  expect(engine.asked("mapping.match").at(-1)).toMatchObject({ object: "contact" });
  expect(within(sure).getAllByRole("listitem")).toHaveLength(2);
  expect(box(dialog, "Add First Name to FirstName")).toBeChecked();
  expect(box(dialog, "Add Mobile Phone to MobilePhone")).not.toBeChecked();
  expect(box(dialog, "Add Person City to MailingCity")).not.toBeChecked();
  expect(within(dialog).getByRole("region", { name: "Likely" })).toHaveTextContent("means the same");
  expect(within(dialog).getByText("2 of 4 rows chosen")).toBeVisible();
  await expectNoViolation();
});

it("adds what is ticked as one undo step", async () => {
  const { user, dialog } = await open();
  await user.click(await within(dialog).findByRole("checkbox", { name: "Choose all that are sure" }));
  expect(within(dialog).getByRole("button", { name: "Add rows" })).toHaveAttribute("aria-disabled", "true");
  await user.click(box(dialog, "Choose all that are sure"));
  await user.click(box(dialog, "Add Mobile Phone to MobilePhone"));
  await user.click(within(dialog).getByRole("button", { name: "Add 3 rows" }));
  expect(await screen.findByText("3 rows added.")).toBeVisible();
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(await screen.findByRole("button", { name: "Delete row 9" })).toBeVisible();
  await user.click(await button("Undo: Add 3 rows by name"));
  await waitFor(() => expect(screen.queryByRole("button", { name: "Delete row 9" })).toBeNull());
  expect(screen.getByRole("button", { name: "Delete row 6" })).toBeVisible();
});

it("takes its rows back by the message, and nothing that came after", async () => {
  const { user, dialog } = await open();
  await user.click(await within(dialog).findByRole("button", { name: "Add 2 rows" }));
  await user.click(await button("Delete row 1"));
  const message = (await screen.findByText("2 rows added.")).closest("[role=alertdialog], [role=alert], li, div");
  await user.click(within(message as HTMLElement).getByRole("button", { name: "Undo" }));
  await waitFor(() => expect(screen.queryByRole("button", { name: "Delete row 6" })).toBeNull());
  expect(screen.getByRole("button", { name: "Delete row 5" })).toBeVisible();
});

it("says that nothing is left to propose", async () => {
  const { dialog } = await open({ "mapping.match": { proposals: [] } });
  expect(await within(dialog).findByText("Nothing to propose")).toBeVisible();
  expect(within(dialog).queryByRole("button", { name: /^Add/ })).toBeNull();
});

it("says why nothing could be proposed, and tries again", async () => {
  let asked = 0;
  const { user, dialog } = await open({
    "mapping.match": () => {
      asked += 1;
      if (asked === 1) throw fault("unreachable", "Salesforce could not be reached. Check the network and try again.");
      return { proposals };
    },
  });
  expect(await within(dialog).findByText(/could not be reached/)).toBeVisible();
  await user.click(within(dialog).getByRole("button", { name: "Try again" }));
  expect(await within(dialog).findByRole("region", { name: "Sure" })).toBeVisible();
});

it("offers nothing to somebody who may not edit", async () => {
  openApp("/integration/mapping", {
    ...mappingAnswers,
    "mapping.show": savedMapping({ may_edit: false, may_edit_sentence: "Only admins change mappings." }),
  });
  await screen.findAllByText("Only admins change mappings.");
  expect(screen.queryByRole("button", { name: "Match automatically" })).toBeNull();
});
