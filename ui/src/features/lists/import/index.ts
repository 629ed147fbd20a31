/** Bringing a file in: choose or drop it, see what it would bring, then import it. Two steps, nothing written before. */
export { ImportFlow } from "./ImportFlow";
export { useImport, type Importing } from "./useImport";
