/** The Export tab: what may be exported and how much at one time, with one draft for the whole page. */
export { ExportTab } from "./ExportTab";
export { useExportDraft, type ExportDraft } from "./useExportDraft";
