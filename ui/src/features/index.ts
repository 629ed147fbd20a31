/**
 * The pages: one folder each, with its screen, its parts, its state and its tests side by side.
 *
 * A page asks the engine through `ipc`, shows it with `kit`, and holds no rule about records: those are the engine's.
 * To add a page: a folder with an `index.ts` that says the same of itself, a line here, a route in `App.tsx`, and an
 * entry in `frame/pages.ts`.
 */
export { AuditPage } from "./audit";
export { DataSharingPage } from "./data_sharing";
export { IntegrationPage } from "./integration";
export { ListPage, ListsPage } from "./lists";
export { PeoplePage } from "./people";
export { ChoosePage, RunPage, RunsPage } from "./runs";
