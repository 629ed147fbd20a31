/**
 * The table of mapping rows: one row a source and its target, with their controls, filters and moves.
 *
 * It edits the draft that it is given and decides nothing about mappings. To add a column: a cell beside the others,
 * its header in `TableHead`, its width in `Table.module.css`.
 */
export { MappingTable } from "./MappingTable";
