import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { expect } from "vitest";
import { App } from "../App";
import { startEngine, type Answers } from "./engine";
import { exportOptions, exportSettings } from "./exportSamples";
import { noQuestions } from "./runSamples";
import { state } from "./samples";

/** Opens the whole app at a path, with the engine answering as given. */
export function openApp(path: string, answers: Answers) {
  window.location.hash = path;
  window.dispatchEvent(new Event("hashchange"));
  const engine = startEngine({
    "app.state": state(),
    "runs.list": { matching_runs: 0, total_runs: 0, offset: 0, runs: [] },
    "lists.list": { lists: [], total_lists: 0 },
    "settings.export": exportSettings(),
    "settings.assignment_rules": { rules: [], active_rule_id: null },
    "export.options": ({ object }) => exportOptions({ object, campaigns: object !== "account" }),
    "export.campaigns": { campaigns: [], has_more: false },
    "doctor.last": null,
    "workspaces.list": { workspaces: [], can_switch: true },
    ...noQuestions,
    ...answers,
  });
  render(<App />);
  return { engine, user: userEvent.setup() };
}

export const button = (name: string | RegExp) => screen.findByRole("button", { name });

/** No violation that axe can see without layout; colours are measured in a real browser. */
export async function expectNoViolation(): Promise<void> {
  const found = await axe.run(document.body, {
    rules: { "color-contrast": { enabled: false }, region: { enabled: false } },
    resultTypes: ["violations"],
  });
  const words = found.violations.map(
    (violation) => `${violation.id}: ${violation.nodes.map((node) => node.target.join(" ")).join(", ")}`,
  );
  expect(words).toEqual([]);
}
