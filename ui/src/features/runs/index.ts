/**
 * The page Runs: choosing what to export, the plan, the sending, the ledger, and all runs.
 *
 * It decides nothing about records: the engine plans, refuses and sends. To add a step of a run: an entry in
 * `steps.ts` and a view beside `PlanView`.
 */
export { ChoosePage } from "./ChoosePage";
export { RunPage } from "./RunPage";
export { RunsPage } from "./RunsPage";
