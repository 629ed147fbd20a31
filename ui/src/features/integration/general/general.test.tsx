import { screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import type { DoctorReport } from "../../../ipc";
import { button, expectNoViolation, fault, openApp, type Answers } from "../../../testing";
import { exportSettings } from "../../../testing/exportSamples";
import { doctorReport } from "../../../testing/peopleSamples";
import { asSecondaryAdmin, asUser, org, state, user_refusal } from "../../../testing/samples";

const guide = {
  callback_urls: ["http://localhost:48620/callback"],
  scopes: [],
  steps: ["Open the External Client App Manager."],
  last_client_id: null,
};

const attempt = {
  authorize_url: "http://127.0.0.1:4000/authorize",
  callback_url: "http://localhost:48620/callback",
  time_out_seconds: 300,
  browser_opened: true,
  demo_login: null,
};

const open = (answers: Answers = {}) => openApp("/integration/general", { "connection.guide": guide, ...answers });

it("lets nobody but the primary admin disconnect, and says who may", async () => {
  const { engine, user } = open({ "app.state": asSecondaryAdmin() });
  const disconnect = await button("Disconnect");
  expect(disconnect).toHaveAttribute("aria-disabled", "true");
  expect(disconnect).toHaveAccessibleDescription("Only Priya Nair, the primary admin, may disconnect.");
  disconnect.focus();
  expect(disconnect).toHaveFocus();
  await user.keyboard("{Enter}");
  expect(screen.queryByRole("alertdialog")).toBeNull();
  expect(engine.asked("connection.disconnect")).toEqual([]);
});

it("shows a user everything, and why nothing of it can be changed", async () => {
  const { engine, user } = open({ "app.state": asUser(), "doctor.last": doctorReport() });
  const toggle = await screen.findByRole("switch", { name: "Exports for everybody" });
  expect(toggle).toHaveAttribute("aria-disabled", "true");
  expect(toggle).toHaveAccessibleDescription(user_refusal);
  await user.click(toggle);
  for (const name of ["Change user", "Change the place", "Check again"]) {
    expect(screen.getByRole("button", { name })).toHaveAccessibleDescription(user_refusal);
    await user.click(screen.getByRole("button", { name }));
  }
  await user.click(screen.getByRole("radio", { name: /^User account/ }));
  expect(engine.asked("settings.exports_on")).toEqual([]);
  expect(engine.asked("connection.choose_accounts")).toEqual([]);
  expect(engine.asked("doctor.run")).toEqual([]);
  await expectNoViolation();
});

it("asks what becomes of runs that are being sent before exports are turned off", async () => {
  const { engine, user } = open({
    "runs.list": { matching_runs: 2, total_runs: 2, offset: 0, runs: [] },
    "settings.exports_on": ({ on }) => state({ exports_on: on }),
  });
  await user.click(await screen.findByRole("switch", { name: "Exports for everybody" }));
  const dialog = await screen.findByRole("alertdialog", { name: "Turn exports off for everybody?" });
  expect(dialog).toHaveTextContent("2 runs are being sent.");
  expect(engine.asked("settings.exports_on")).toEqual([]);
  await user.click(within(dialog).getByRole("button", { name: "Turn off and stop 2 runs" }));
  await waitFor(() =>
    expect(engine.asked("settings.exports_on")).toEqual([{ on: false, sending_runs: "stop" }]),
  );
  expect(await screen.findByText(/^Off for everybody/)).toBeVisible();
});

it("changes nothing when the other user's login leads to another org, until somebody says so", async () => {
  const other = {
    org_id: "00D000000000009AAA",
    name: "Brightwater",
    kind: "production" as const,
    username: "dana@brightwater.example",
    consequences: ["Mappings are checked against the other org’s fields."],
  };
  const { engine, user } = open({
    "connection.begin": attempt,
    "connection.finish": { state: state(), other_org: other, unrevoked: null },
    "connection.accept_other_org": {
      state: state({ org: { ...org, name: "Brightwater", kind: "production" } }),
      other_org: null,
      unrevoked: "The tokens of dana are forgotten here, but Salesforce could not be told.",
    },
  });
  await user.click(await button("Change user"));
  await user.click(await button("Log in to the demo org"));
  const dialog = await screen.findByRole("alertdialog", { name: "This is another org" });
  expect(dialog).toHaveTextContent("Mappings are checked against the other org’s fields.");
  expect(engine.asked("connection.begin")[0]).toMatchObject({ purpose: "change_user", kind: "demo" });
  expect(engine.asked("connection.accept_other_org")).toEqual([]);
  await expectNoViolation();
  await user.click(within(dialog).getByRole("button", { name: "Connect to Production" }));
  expect(engine.asked("connection.accept_other_org")).toEqual([]);
  await user.type(within(dialog).getByLabelText("Type “Brightwater” to confirm"), "Brightwater");
  await user.click(within(dialog).getByRole("button", { name: "Connect to Production" }));
  expect(await screen.findByText("Connected to Brightwater.")).toBeVisible();
  expect(engine.asked("connection.accept_other_org")).toHaveLength(1);
  expect(screen.getByText(/^The tokens of dana are forgotten here/)).toBeVisible();
});

it("offers one's own Salesforce user in user-account mode, and ends it after a question", async () => {
  const own = {
    username: "priya@demo.example",
    user_name: "Priya Nair",
    connected_at: "2026-11-23T17:00:00Z",
    signed_out: false,
  };
  const { engine, user } = open({
    "connection.choose_accounts": ({ accounts }) => state({ accounts }),
    "connection.begin": attempt,
    "connection.finish": { state: state({ accounts: "user", own_connection: own }), other_org: null, unrevoked: null },
    "connection.disconnect_own": {
      revoked: false,
      sentence: "priya@demo.example is disconnected.",
      unrevoked: "Salesforce could not be told of priya@demo.example. Revoke the app there.",
    },
  });
  await user.click(await screen.findByRole("radio", { name: /^User account/ }));
  expect(engine.asked("connection.choose_accounts")).toEqual([{ accounts: "user" }]);
  await user.click(await button("Connect my Salesforce user"));
  expect(await screen.findByText("Connected as Priya Nair.")).toBeVisible();
  expect(engine.asked("connection.begin")[0]).toMatchObject({ purpose: "own_user" });
  await user.click(await button("Disconnect my user"));
  const dialog = await screen.findByRole("alertdialog", { name: "Disconnect priya@demo.example?" });
  await user.click(within(dialog).getByRole("button", { name: "Disconnect my user" }));
  await waitFor(() => expect(engine.asked("connection.disconnect_own")).toHaveLength(1));
  expect(await screen.findByText("priya@demo.example is disconnected.")).toBeVisible();
  const note = screen.getByText(/^Salesforce could not be told of priya@demo.example/);
  expect(note.closest('[role="status"]')).not.toBeNull();
});

it("says after disconnecting what is done, and lastingly whose tokens were not revoked", async () => {
  let now = state();
  const { engine, user } = open({
    "app.state": () => now,
    "connection.disconnect": () => {
      now = state({ org: null, session: "disconnected", primary_admin: null });
      return {
        revoked: false,
        sentence: "Disconnected. The tokens are forgotten.",
        unrevoked: "The tokens of mina@demo.example are forgotten here, but Salesforce could not be told.",
      };
    },
  });
  await user.click(await button("Disconnect"));
  const dialog = await screen.findByRole("alertdialog", { name: /^Disconnect / });
  expect(dialog).toHaveTextContent("those of Salesforce users whom people connected of their own too");
  await user.click(within(dialog).getByRole("checkbox", { name: /local copy/ }));
  await user.click(within(dialog).getByRole("button", { name: /^Disconnect / }));
  expect(await screen.findByText("Disconnected. The tokens are forgotten.")).toBeVisible();
  expect(screen.getByText(/^The tokens of mina@demo.example are forgotten here/)).toBeVisible();
  expect(engine.asked("connection.disconnect")).toEqual([{ wipe_mirror: true }]);
});

it("gives the permission set before the first login", async () => {
  const { engine, user } = open({
    "app.state": state({ org: null, session: "disconnected" }),
    "doctor.save_permission_set": { file_name: "Landbridge.permissionset-meta.xml", rows: 60 },
  });
  await user.click(await button("Save the permission set…"));
  expect(await screen.findByText(/^Saved the permission set as/)).toBeVisible();
  expect(engine.asked("doctor.save_permission_set")).toHaveLength(1);
});

it("keeps the master toggle while the admins' session is signed out", async () => {
  const { engine, user } = open({
    "app.state": state({ session: "signed_out" }),
    "settings.exports_on": ({ on }) => state({ session: "signed_out", exports_on: on }),
  });
  expect(await screen.findByRole("heading", { name: "Log in again" })).toBeVisible();
  await user.click(screen.getByRole("switch", { name: "Exports for everybody" }));
  await waitFor(() =>
    expect(engine.asked("settings.exports_on")).toEqual([{ on: false, sending_runs: null }]),
  );
});

it.each([
  ["locked", "Tokens locked", true],
  ["denied", "Tokens unreadable", true],
  ["missing", "Tokens unreadable", true],
] as const)("does not call a connection whose tokens are %s connected", async (kind, words, asks) => {
  open({ "app.state": state({ token_home: "keychain", token_trouble: { kind, sentence: "Why, and the mend." } }) });
  expect(await screen.findByText(words)).toBeVisible();
  expect(screen.queryByText("Connected")).toBeNull();
  expect(screen.getByText("Why, and the mend.")).toBeVisible();
  expect(screen.queryAllByRole("button", { name: "Ask the keychain again" })).toHaveLength(asks ? 1 : 0);
  expect(screen.getByRole("button", { name: "Change the place" })).toBeEnabled();
});

it("does not ask the keychain about an encrypted file that is damaged", async () => {
  open({
    "app.state": state({
      token_home: "passphrase_file",
      token_trouble: { kind: "missing", sentence: "The file with the tokens is damaged." },
    }),
  });
  expect(await screen.findByText("The file with the tokens is damaged.")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Ask the keychain again" })).toBeNull();
});

it("runs the doctor, shows what is to be mended first, and says when a report is old", async () => {
  let arrive: (report: DoctorReport) => void = () => undefined;
  const { engine, user } = open({
    "doctor.last": doctorReport({ is_current: false }),
    "doctor.run": () => new Promise<DoctorReport>((resolve) => (arrive = resolve)),
    "doctor.open_setup": {},
  });
  const card = await screen.findByRole("region", { name: "Connection doctor" });
  expect(await within(card).findByText(/have changed since this report/)).toBeVisible();
  const sections = within(card)
    .getAllByRole("heading", { level: 3 })
    .map((heading) => heading.textContent);
  expect(sections).toEqual(["To fix", "Could not be checked", "Passed"]);
  expect(within(card).getByText(/^Setup › Object Manager › Contact/)).toBeVisible();
  await user.click(within(card).getByRole("button", { name: /^Open in Salesforce/ }));
  expect(engine.asked("doctor.open_setup")).toEqual([{ check: "field_contact_Level__c" }]);

  await user.click(within(card).getByRole("button", { name: "Check again" }));
  expect(await within(card).findByRole("progressbar")).toBeVisible();
  arrive(doctorReport({ checks: doctorReport().checks.filter((check) => check.state === "passed") }));
  expect(await within(card).findByText("Everything is as it should be.")).toBeVisible();
  expect(within(card).queryByText(/have changed since/)).toBeNull();
});

it("says that the doctor never ran, and why it could not", async () => {
  const { user } = open({
    "doctor.run": () => {
      throw fault("unreachable", "Salesforce could not be reached. Check the network and try again.");
    },
  });
  await user.click(await button("Check the connection"));
  expect(await screen.findByText(/Check the network and try again/)).toBeVisible();
  expect(screen.getByText("Not checked yet")).toBeVisible();
});

it("keeps tokens in a file only with the same passphrase twice", async () => {
  const { engine, user } = open({
    "tokens.choose_home": ({ home }) => state({ token_home: home }),
  });
  await user.click(await button("Change the place"));
  const dialog = await screen.findByRole("dialog", { name: "Where tokens are kept" });
  await user.click(within(dialog).getByRole("radio", { name: /^Encrypted file/ }));
  await user.type(within(dialog).getByLabelText(/Passphrase$/), "long enough");
  await user.type(within(dialog).getByLabelText(/Passphrase again/), "other");
  await user.click(within(dialog).getByRole("button", { name: "Keep them in the file" }));
  expect(within(dialog).getByText(/It is not the same as above/)).toBeVisible();
  expect(engine.asked("tokens.choose_home")).toEqual([]);
  await user.clear(within(dialog).getByLabelText(/Passphrase again/));
  await user.type(within(dialog).getByLabelText(/Passphrase again/), "long enough");
  await user.click(within(dialog).getByRole("button", { name: "Keep them in the file" }));
  await waitFor(() =>
    expect(engine.asked("tokens.choose_home")).toEqual([
      { home: "passphrase_file", passphrase: "long enough", leaves_behind: false },
    ]),
  );
});

it("asks for the passphrase while the encrypted file is closed", async () => {
  const { engine, user } = open({
    "app.state": state({
      token_home: "passphrase_file",
      token_trouble: { kind: "passphrase_needed", sentence: "The file with the tokens is closed." },
    }),
    "tokens.unlock": ({ passphrase }) => {
      if (passphrase !== "right") throw fault("invalid", "This passphrase does not open it.", "passphrase");
      return state({ token_home: "passphrase_file" });
    },
  });
  const field = await screen.findByLabelText(/Passphrase/);
  await user.type(field, "wrong{Enter}");
  expect(await screen.findByText("This passphrase does not open it.")).toBeVisible();
  expect(field).toBeInvalid();
  await user.clear(field);
  await user.type(field, "right{Enter}");
  await waitFor(() => expect(screen.queryByText("The file with the tokens is closed.")).toBeNull());
  expect(engine.asked("tokens.unlock")).toHaveLength(2);
});

it("tells others' calls from its own, with the budget and the way to change it", async () => {
  open({
    "settings.export": exportSettings({
      used_calls_today: 284,
      rules: { ...exportSettings().rules, daily_budget_calls: 5000 },
    }),
  });
  const card = await screen.findByRole("region", { name: "API calls, last 24 hours" });
  await waitFor(() => expect(card).toHaveTextContent("Others 1,000"));
  expect(card).toHaveTextContent("Landbridge 284");
  expect(card).toHaveTextContent("Daily budget 5,000");
  expect(within(card).getByRole("link", { name: "Change" })).toHaveAttribute("href", "#/integration/export");
});
