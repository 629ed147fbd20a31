import type { ComponentType } from "react";
import { DriftBanner } from "./panels/DriftBanner";
import { FileMenu } from "./panels/FileMenu";
import { HistoryButton } from "./panels/HistoryButton";
import { TestButton } from "./panels/TestButton";
import { TestDock } from "./panels/TestDock";
import { ValueMapDialog } from "./panels/ValueMapDialog";
import type { MappingDraft } from "./useMappingDraft";

type OfDraft = ComponentType<{ draft: MappingDraft }>;
type OfRow = ComponentType<{ draft: MappingDraft; rowKey: number; onClose: () => void }>;

/** What stands beside the table: each is placed here and knows only the draft. */
export interface Places {
  TestDock: OfDraft;
  TestButton: OfDraft;
  HistoryButton: OfDraft;
  FileMenu: OfDraft;
  DriftBanner: OfDraft;
  ValueMapDialog: OfRow;
  RowSettingsDialog: OfRow;
  ProposalsDialog: ComponentType<{ draft: MappingDraft; onClose: () => void }>;
}

export const places: Partial<Places> = {
  TestDock,
  TestButton,
  HistoryButton,
  FileMenu,
  DriftBanner,
  ValueMapDialog,
};
