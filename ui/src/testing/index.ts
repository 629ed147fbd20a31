/**
 * What the component tests share: an engine at the IPC boundary, made-up answers, and the whole app opened at a path.
 *
 * It is never part of the built app, and stands in for nothing but the engine. To add an answer: `samples.ts`.
 */
export { button, expectNoViolation, openApp } from "./app";
export { fault, startEngine, type Answers } from "./engine";
