import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { PersonMapping } from "../../../ipc";
import { button, expectNoViolation, fault, openApp, type Answers } from "../../../testing";
import { noUser, personMapping, salesforceUser, severalUsers, userMappings } from "../../../testing/peopleSamples";
import { asUser, state, user_refusal } from "../../../testing/samples";
import { choose, fits, inOrder } from "./draft";

const few: PersonMapping[] = [
  personMapping(1),
  noUser(2),
  severalUsers(3),
  personMapping(4, { by: "name" }),
  personMapping(5, { by: "admin", salesforce_user: null, sentence: "An admin said: nobody of the org." }),
];

const open = (people = few, answers: Answers = {}) =>
  openApp("/integration/users", {
    "people.mapping": userMappings(people),
    "people.users": ({ search }) => {
      const users = [salesforceUser(3), salesforceUser(4), salesforceUser(90, "Zoe Quill")].filter((one) =>
        one.name.toLowerCase().includes(search.toLowerCase()),
      );
      return { users, matching_users: users.length, total_users: 214 };
    },
    ...answers,
  });

const rowOf = async (name: string) => {
  const cell = await screen.findByText(name);
  return cell.closest('[role="row"]') as HTMLElement;
};

const userOf = (name: string) => screen.findByRole("button", { name: new RegExp(`^Salesforce user of ${name},`) });

describe("a draft of the user mapping", () => {
  it("drops a choice that says what is saved already", () => {
    const person = personMapping(1, { by: "admin" });
    const user = person.salesforce_user as NonNullable<typeof person.salesforce_user>;
    expect(choose(new Map(), [person], { choice: "user", user }).size).toBe(0);
    expect(choose(new Map(), [personMapping(1)], { choice: "automatic" }).size).toBe(0);
    const nobody = choose(new Map(), [person], { choice: "nobody" });
    expect(nobody.size).toBe(1);
    expect(choose(nobody, [person], { choice: "user", user }).size).toBe(0);
  });

  it("puts those first who need somebody, and finds by the chosen user too", () => {
    expect(inOrder(few).map((one) => one.person)).toEqual([3, 2, 1, 4, 5]);
    const choice = { choice: "user", user: salesforceUser(90, "Zoe Quill") } as const;
    expect(fits(personMapping(1), choice, ["zoe"])).toBe(true);
    expect(fits(personMapping(1), undefined, ["zoe"])).toBe(false);
  });
});

describe("the User Mapping tab", () => {
  it("is worked by keyboard: a user is found by typing, and saved", async () => {
    const { engine, user } = open(few, {
      "people.save_mapping": userMappings([personMapping(3, { by: "admin" }), ...few.slice(0, 2)]),
    });
    const trigger = await userOf("Person 0002");
    trigger.closest<HTMLElement>('[role="gridcell"]')?.focus();
    await user.keyboard("{F2}");
    const finder = await screen.findByRole("combobox", { name: /^Salesforce user of Person 0002/ });
    await user.type(finder, "zoe");
    await screen.findByRole("option", { name: /Zoe Quill/ });
    await user.keyboard("{Enter}");
    expect(await rowOf("Person 0002")).toHaveTextContent("Not saved: Zoe Quill will own");
    expect(screen.getByRole("region", { name: "Unsaved changes" })).toHaveTextContent("1 user mapping");
    await user.keyboard("{Control>}s{/Control}");
    expect(await screen.findByText("1 user mapping saved.")).toBeVisible();
    expect(engine.asked("people.save_mapping")).toEqual([
      { changes: [{ person: 2, to: { choice: "user", user_id: salesforceUser(90).user_id } }] },
    ]);
  });

  it("changes a selection at once as one step, which Ctrl Z takes back and Ctrl Y does again", async () => {
    const { user } = open();
    await user.click(await screen.findByRole("checkbox", { name: "Select Person 0001" }));
    await user.click(screen.getByRole("checkbox", { name: "Select Person 0004" }));
    await user.click(await button("Nobody of the org"));
    const bar = () => screen.getByRole("region", { name: "Unsaved changes" });
    expect(bar()).toHaveTextContent("2 user mappings");
    await user.keyboard("{Control>}z{/Control}");
    expect(screen.queryByRole("region", { name: "Unsaved changes" })).toBeNull();
    await user.keyboard("{Control>}y{/Control}");
    expect(bar()).toHaveTextContent("2 user mappings");
    expect(screen.getByRole("button", { name: "Undo: Nobody of the org for 2 people" })).toBeVisible();
  });

  it("counts over everybody, filters, and clears a search that finds nobody", async () => {
    const { user } = open();
    expect(await button("All 5")).toBeVisible();
    await user.click(await button("Several fit 1"));
    expect(screen.queryByText("Person 0001")).toBeNull();
    await user.type(screen.getByRole("searchbox", { name: "Find a person or a user" }), "nobody such");
    expect(await screen.findByText("Nobody for “nobody such”")).toBeVisible();
    await user.click(await button("Clear filters"));
    expect(await screen.findByText("Person 0001")).toBeVisible();
  });

  it("gathers warnings in one banner that leads to the rows that they are about", async () => {
    const shared = "Person 0001 and Person 0004 are mapped to the same Salesforce user, User 1.";
    const people = [
      personMapping(1, { warning: shared }),
      personMapping(4, { warning: shared }),
      personMapping(6),
      noUser(7, { warning: "Person 0007’s Salesforce user was deactivated." }),
    ];
    const warnings = [shared, "Person 0007’s Salesforce user was deactivated."];
    const { user } = open(people, { "people.mapping": userMappings(people, { warnings }) });
    const banner = await screen.findByText(/^2 warnings: /);
    expect(banner).toBeVisible();
    expect(await rowOf("Person 0001")).toHaveTextContent(shared);
    await user.click(await button("Show 3 people"));
    expect(screen.queryByText("Person 0006")).toBeNull();
    expect(await rowOf("Person 0007")).toHaveTextContent("was deactivated");
    expect(await button("To look at 3")).toHaveAttribute("aria-pressed", "true");
    expect(screen.queryByText(/^2 warnings: /)).toBeNull();
    await expectNoViolation();
  });

  it("shows a refusal at the row that it is about, and leads to it", async () => {
    const { user } = open(few, {
      "people.save_mapping": () => {
        throw fault("invalid", "Person 0001: User 4 is not active any more. Choose another.", "changes.1");
      },
    });
    await user.click(await screen.findByRole("checkbox", { name: "Select Person 0001" }));
    await user.click(await button("Nobody of the org"));
    await user.click(await button("Save changes"));
    await waitFor(async () => expect(await rowOf("Person 0001")).toHaveTextContent("is not active any more"));
    expect(await button("To fix 1")).toHaveAttribute("aria-pressed", "true");
    expect(screen.getByRole("button", { name: "1 error to fix before saving" })).toBeVisible();
  });

  it("holds 5,000 people and draws those in sight", async () => {
    open(Array.from({ length: 5000 }, (_, index) => personMapping(index + 1)));
    const grid = await screen.findByRole("grid", { name: "People and their Salesforce users" });
    expect(grid).toHaveAttribute("aria-rowcount", "5001");
    expect(within(grid).getAllByRole("row").length).toBeLessThan(60);
    expect(screen.getByText(/of 5,000$/)).toBeVisible();
  });

  it("has no violation that axe can see", async () => {
    open(few.slice(0, 3));
    await userOf("Person 0003");
    await expectNoViolation();
  });

  it("asks nothing of the core for somebody who may not, and says who may", async () => {
    const { engine } = open(few, { "app.state": asUser() });
    expect(await screen.findByText(new RegExp(user_refusal))).toBeVisible();
    expect(engine.asked("people.mapping")).toEqual([]);
  });

  it("asks for an org first", async () => {
    open([], { "app.state": state({ org: null, session: "disconnected" }) });
    expect(await screen.findByText("No org is connected")).toBeVisible();
  });

  it("says that there is nobody yet, with the way to add people", async () => {
    open([]);
    expect(await screen.findByRole("link", { name: "Add people" })).toHaveAttribute("href", "#/people");
  });

  it("can be read again after it failed", async () => {
    let broken = true;
    const { user } = open(few, {
      "people.mapping": () => {
        if (broken) throw fault("unreachable", "Salesforce could not be reached.");
        return userMappings(few);
      },
    });
    expect(await screen.findByText("The user mapping could not be read")).toBeVisible();
    broken = false;
    await user.click(await button("Try again"));
    expect(await screen.findByText("Person 0003")).toBeVisible();
  });
});
