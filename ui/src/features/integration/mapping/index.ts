/** The Mapping tab: which field each value goes to, shown for a sample profile. It only shows; editing comes later. */
export { MappingTab } from "./MappingTab";
