/**
 * The page Runs: choosing what to export, the plan with its questions, the sending, the ledger, undo, and all runs.
 *
 * It decides nothing about records: the engine plans, refuses and sends. Each step of a run has its folder: `choose`,
 * `plan`, `sending`, `ledger`. To add a step: an entry in `steps.ts` and a view that `RunPage` shows.
 */
export { chooseForExport } from "./choose/choice";
export { ChoosePage } from "./choose/ChoosePage";
export { RunPage } from "./RunPage";
export { RunsPage } from "./RunsPage";
