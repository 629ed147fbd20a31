/**
 * The page Lists: import of ZoomInfo files, the lists, and the profiles of one list.
 *
 * It reads no file itself and judges no row: the engine says what a file would bring. To add a column of a list or of
 * its profiles: one entry in `columns.tsx`.
 */
export { ListPage } from "./ListPage";
export { ListsPage } from "./ListsPage";
