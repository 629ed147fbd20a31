/**
 * The one door to the engine, and the only importer of `@tauri-apps`.
 *
 * `call` asks for one thing and is typed by the contract that the engine generates into `generated/`; `onEvent` tells
 * what changed; `sendDroppedFile` carries a dropped file's bytes; `holdWindow` has closing the window ask first. Nothing here knows a page or words for people other
 * than the table of faults. To add a call: add it to the engine's contract; nothing is to be written here.
 */
export { call, query, type Method, type Params, type Result } from "./call";
export { closeWindow, holdWindow } from "./closing";
export { onEvent } from "./events";
export { faultTone, faultTitle, faultButton, isFault, toFault } from "./faults";
export { sendDroppedFile } from "./drop";
export type * from "./generated/contract";
