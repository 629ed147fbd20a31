import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { LoginFinished } from "../../ipc";
import { button, expectNoViolation, fault, openApp } from "../../testing";
import { exportSettings } from "../../testing/exportSamples";
import { mappingAnswers, org, state } from "../../testing/samples";

const guide = {
  callback_urls: ["http://localhost:48620/callback"],
  scopes: [{ name: "api", label: "Manage user data via APIs" }],
  steps: ["Open the External Client App Manager."],
  last_client_id: null,
};

const attempt = {
  authorize_url: "http://127.0.0.1:4000/authorize",
  callback_url: "http://localhost:48620/callback",
  time_out_seconds: 300,
  browser_opened: false,
  demo_login: { username: "admin@demo.example", password: "made-up" },
};

const apart = state({ org: null, session: "disconnected", usage: null });

describe("connecting", () => {
  it("asks for a consumer key before it opens the browser", async () => {
    const { engine, user } = openApp("/integration/general", {
      "app.state": apart,
      "connection.guide": guide,
    });
    await user.click(await screen.findByRole("radio", { name: /^Production/ }));
    await user.click(await button("Log in with the browser"));
    expect(await screen.findByRole("textbox", { name: "Consumer key" })).toHaveAccessibleDescription(
      /^Paste the consumer key/,
    );
    expect(engine.asked("connection.begin")).toEqual([]);
    await expectNoViolation();
  });

  it("to the demo org shows its made-up login while it waits, then the org", async () => {
    let arrive: (end: LoginFinished) => void = () => undefined;
    const { engine, user } = openApp("/integration/general", {
      "app.state": apart,
      "connection.guide": guide,
      "connection.begin": attempt,
      "connection.finish": () => new Promise<LoginFinished>((resolve) => (arrive = resolve)),
    });
    await user.click(await button("Connect the demo org"));
    expect(await screen.findByText("made-up")).toBeVisible();
    expect(screen.getByText("http://127.0.0.1:4000/authorize")).toBeVisible();
    expect(screen.getByText(/No browser could be opened/)).toBeVisible();
    arrive({ state: state(), other_org: null, unrevoked: null });
    expect(await screen.findByText("Connected to Landbridge demo org.")).toBeVisible();
    expect(await screen.findByText("Connected")).toBeVisible();
    expect(engine.asked("connection.begin")).toEqual([
      { purpose: "connect", kind: "demo", login_url: null, client_id: null, client_secret: null },
    ]);
  });

  it("can be cancelled, and a failed login says why", async () => {
    let fail: (reason: unknown) => void = () => undefined;
    const { engine, user } = openApp("/integration/general", {
      "app.state": apart,
      "connection.guide": guide,
      "connection.begin": attempt,
      "connection.cancel": {},
      "connection.finish": () => new Promise<LoginFinished>((_, reject) => (fail = reject)),
    });
    await user.click(await button("Connect the demo org"));
    await user.click(await button("Cancel login"));
    expect(engine.asked("connection.cancel")).toHaveLength(1);
    fail(fault("cancelled", "The login was cancelled."));
    await user.click(await button("Connect the demo org"));
    await button("Cancel login");
    fail(fault("login_failed", "The access was denied in the browser. Try again and allow it."));
    expect(await screen.findByText(/The access was denied/)).toBeVisible();
  });

  it("is cut off only after the name of a production org is typed", async () => {
    const production = { ...org, kind: "production" as const, name: "Brightwater" };
    const { engine, user } = openApp("/integration/general", {
      "app.state": state({ org: production }),
      "connection.disconnect": { revoked: true, sentence: "Disconnected.", unrevoked: null },
    });
    await user.click(await button("Disconnect"));
    const dialog = await screen.findByRole("alertdialog", { name: "Disconnect Brightwater?" });
    const verb = within(dialog).getByRole("button", { name: "Disconnect Brightwater" });
    await user.click(verb);
    expect(engine.asked("connection.disconnect")).toEqual([]);
    await user.type(within(dialog).getByRole("textbox"), "Brightwater");
    await user.click(within(dialog).getByRole("button", { name: "Disconnect Brightwater" }));
    await waitFor(() => expect(engine.asked("connection.disconnect")).toEqual([{ wipe_mirror: false }]));
  });

  it("has one switch for everybody's exports", async () => {
    const { engine, user } = openApp("/integration/general", {
      "settings.exports_on": ({ on }) => state({ exports_on: on }),
    });
    await user.click(await screen.findByRole("switch", { name: "Exports for everybody" }));
    expect(engine.asked("settings.exports_on")).toEqual([{ on: false, sending_runs: null }]);
    expect(await screen.findByText(/^Off for everybody/)).toBeVisible();
    await expectNoViolation();
  });
});

describe("the Export tab", () => {
  const limit = () => screen.findByRole("textbox", { name: "Leads at most at one time" });

  it("marks a wrong limit when it is left, and refuses to save it", async () => {
    const { engine, user } = openApp("/integration/export", {});
    await user.clear(await limit());
    await user.type(await limit(), "250,000");
    expect(await limit()).not.toBeInvalid();
    await user.tab();
    expect(await limit()).toBeInvalid();
    expect(screen.getByRole("button", { name: "1 error to fix before saving" })).toBeVisible();
    await user.click(await button("Save changes"));
    expect(engine.asked("settings.save_export")).toEqual([]);
    expect(await limit()).toHaveFocus();
    await expectNoViolation();
  });

  it("saves by Ctrl S and keeps the save bar only while something is changed", async () => {
    const { engine, user } = openApp("/integration/export", {
      "settings.save_export": (saved) => exportSettings({ ...saved, warnings: ["Contacts only."] }),
    });
    await user.click(await screen.findByRole("switch", { name: "Accounts may be exported" }));
    expect(screen.getByRole("region", { name: "Unsaved changes" })).toHaveTextContent("Accounts off");
    await user.keyboard("{Control>}s{/Control}");
    expect(await screen.findByText("Export settings saved.")).toBeVisible();
    expect(screen.queryByRole("region", { name: "Unsaved changes" })).toBeNull();
    expect(screen.getByText("Contacts only.")).toBeVisible();
    expect(engine.asked("settings.save_export")[0]?.objects[0]).toMatchObject({
      object: "account",
      allowed: false,
      limit_records: 100_000,
    });
  });

  it("keeps edits when the tab changes and asks before the page is left", async () => {
    const { user } = openApp("/integration/export", { "connection.guide": guide });
    await user.click(await screen.findByRole("switch", { name: "Accounts may be exported" }));
    await user.click(screen.getByRole("tab", { name: "Filtering" }));
    await user.click(screen.getByRole("tab", { name: /^Export/ }));
    expect(await screen.findByRole("switch", { name: "Accounts may be exported" })).not.toBeChecked();
    await user.keyboard("{Alt>}1{/Alt}");
    const dialog = await screen.findByRole("alertdialog", { name: "Leave with unsaved changes?" });
    await user.click(within(dialog).getByRole("button", { name: "Stay here" }));
    expect(window.location.hash).toBe("#/integration/export");
    await user.keyboard("{Alt>}1{/Alt}");
    await user.click(await button("Discard changes"));
    expect(await screen.findByRole("heading", { name: "Lists" })).toBeVisible();
  });
});

describe("the Mapping tab", () => {
  it("shows the hierarchy and the result, and pages through samples", async () => {
    const { engine, user } = openApp("/integration/mapping", mappingAnswers);
    expect(await screen.findByRole("img", { name: "2 of 2, in use" })).toBeVisible();
    await user.click(await button("Next sample"));
    await waitFor(() =>
      expect(engine.asked("mapping.preview").at(-1)).toMatchObject({
        object: "contact",
        sample: { list_id: 1, index: 1 },
      }),
    );
  });
});

it("the tab Filtering says honestly what is to come", async () => {
  openApp("/integration/filtering", {});
  expect(await screen.findByRole("heading", { name: "Filtering is not in this version" })).toBeVisible();
  await expectNoViolation();
});
