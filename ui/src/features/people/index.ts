/**
 * The page People: who is in the organisation and what each may do, added one by one or from a CSV file.
 *
 * Which roles there are and who may change them is the core's rule. To add a column: `peopleColumns.tsx`.
 */
export { PeoplePage } from "./PeoplePage";
