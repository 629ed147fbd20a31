/**
 * What stands around every page: navigation, top bar, notices, help, keys, theme, and the guard of unsaved changes.
 *
 * It never holds a page's data. To add a page: an entry in `pages.ts`, a folder in `features/`, a route in `App.tsx`.
 */
export { FaultBanner, FaultState } from "./Faults";
export { Frame } from "./Frame";
export { askBefore, goTo, holdWithin, searchPart, type Leaving } from "./guard";
export { readAllAgain } from "./readAgain";
export { Refusals } from "./Refusals";
export { useAppState } from "./useAppState";
export { useStateChange } from "./useStateChange";
export { useRight, type RightTo } from "./useRight";
