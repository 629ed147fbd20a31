import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { expectNoViolation, fault, openApp } from "../testing";
import { run } from "../testing/runSamples";
import { list, org, state } from "../testing/samples";

describe("the frame", () => {
  it("says which org is written to, and marks Production", async () => {
    openApp("/lists", { "app.state": state({ org: { ...org, kind: "production", name: "Brightwater" } }) });
    const bar = await screen.findByRole("banner", { name: "Top bar" });
    expect(await within(bar).findByText("Brightwater")).toBeVisible();
    expect(within(bar).getByText("Production")).toBeVisible();
    expect(within(bar).getByRole("meter")).toHaveAttribute("aria-valuenow", "1284");
  });

  it("opens pages by Alt and a number, and the list of keys by ?", async () => {
    const { user } = openApp("/lists", {});
    await screen.findByRole("heading", { name: "No lists yet" });
    await user.keyboard("{Alt>}2{/Alt}");
    expect(await screen.findByRole("heading", { name: "No runs yet" })).toBeVisible();
    await user.keyboard("?");
    expect(await screen.findByRole("dialog", { name: "Help and keys" })).toHaveTextContent("0.1.0");
    await expectNoViolation();
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });

  it("goes round its regions by F6", async () => {
    const { user } = openApp("/lists", {});
    await screen.findByRole("heading", { name: "No lists yet" });
    const visited: (string | undefined)[] = [];
    for (let step = 0; step < 3; step++) {
      await user.keyboard("{F6}");
      visited.push(document.activeElement?.closest<HTMLElement>("[data-region]")?.dataset.region);
    }
    expect(visited).toEqual(["Navigation", "Top bar", "Content"]);
  });

  it("finds lists and runs by Ctrl K and opens them by keyboard", async () => {
    const { user } = openApp("/runs", {
      "lists.list": ({ search }) => ({
        lists: "q1 targets".includes(search.toLowerCase()) ? [list()] : [],
        total_lists: 1,
      }),
      "runs.list": { matching_runs: 1, total_runs: 1, offset: 0, runs: [run("done")] },
      "lists.profiles": { list: list(), matching_profiles: 0, offset: 0, profiles: [] },
    });
    await screen.findByRole("grid", { name: "Runs" });
    await user.keyboard("{Control>}k{/Control}");
    await user.type(await screen.findByRole("combobox"), "q1");
    expect(await screen.findByRole("option", { name: /Q1 targets.*40 profiles/ })).toBeVisible();
    await expectNoViolation();
    await user.keyboard("{Enter}");
    await waitFor(() => expect(window.location.hash).toBe("#/lists/1"));
  });

  it("shows in place of every page why a workspace cannot be opened, and tries again", async () => {
    let damaged = true;
    const { engine, user } = openApp("/lists", {
      "app.state": () => {
        if (damaged) throw fault("newer_workspace", "This workspace was made by a newer version of Landbridge. Update the app.");
        return state();
      },
    });
    expect(await screen.findByRole("heading", { name: "This workspace cannot be opened" })).toBeVisible();
    expect(screen.getByText(/Update the app/)).toBeVisible();
    expect(screen.queryByRole("banner", { name: "Top bar" })).toBeNull();
    await expectNoViolation();
    await user.click(screen.getByRole("button", { name: "Close Landbridge" }));
    expect(engine.closed()).toBe(1);
    damaged = false;
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("banner", { name: "Top bar" })).toBeVisible();
  });

  it("keeps the chosen appearance", async () => {
    const { user } = openApp("/lists", {});
    await user.click(await screen.findByRole("button", { name: /Operator menu/ }));
    await user.click(await screen.findByRole("menuitemradio", { name: "Dark" }));
    expect(document.documentElement.dataset.theme).toBe("dark");
    expect(localStorage.getItem("landbridge.theme")).toBe("dark");
  });

  it("gathers what needs somebody", async () => {
    const { user } = openApp("/lists", {
      "app.state": state({ exports_on: false, open_runs: 1 }),
      "runs.list": { matching_runs: 1, total_runs: 1, offset: 0, runs: [run("waiting")] },
    });
    await user.click(await screen.findByRole("button", { name: "2 notices" }));
    const notices = await screen.findByRole("dialog", { name: "Notices" });
    expect(notices).toHaveTextContent("Exports are off.");
    expect(within(notices).getByRole("link", { name: "Run 7, “Q1 targets”, waits." })).toHaveAttribute(
      "href",
      "#/runs/7",
    );
  });
});
