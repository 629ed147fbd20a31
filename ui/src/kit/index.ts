/**
 * The shared parts that every page is made of: tokens, buttons, fields, tabs, tables, dialogs, states.
 *
 * A part here knows no page, calls no engine and keeps no data: it is given values and tells what was pressed.
 * To add one: a file `Name.tsx` with `Name.module.css` in `@layer kit`, colours and sizes only from `tokens.css`,
 * a sentence above it that says when to use it, and a line below.
 */
export { Banner } from "./Banner";
export { Button, ButtonLink, IconButton, TextButton } from "./Button";
export { CellSelect } from "./CellSelect";
export { Checkbox, RadioCards, Select, Switch } from "./Choices";
export { classes } from "./classes";
export { Combobox, type ComboboxGroup, type ComboboxOption } from "./Combobox";
export { CopyButton, CopyValue } from "./Copy";
export { ConfirmDialog, Dialog } from "./Dialog";
export { Field, FieldError, Labelled, SearchField } from "./Field";
export { Card, Columns, Content, FactList, Page, PageHeader, Unseen, type Fact } from "./Layout";
export { Avatar, Chip, Count, IconTile, KeyCap, OperatorName, OrgBadge, Pill, type Tone } from "./Marks";
export { Gauge, GaugeKey, Progress, SplitGauge, StackedBar, Swatch, type OutcomePart } from "./Measures";
export { useLetterKeys } from "./letterKeys";
export { Menu, MenuAt, type MenuEntry } from "./Menu";
export { Path, type PathStep } from "./Path";
export { ActionBar, SaveBar } from "./SaveBar";
export { EmptyState, ErrorState, NoMatch, Skeleton } from "./States";
export type { Column, RowSelectionPort } from "./table/columns";
export { StaticTable } from "./table/StaticTable";
export { useRowPicking } from "./table/useRowPicking";
export { useRowWindows, type RowWindow } from "./table/useRowWindows";
export { TwoLines, VirtualTable } from "./table/VirtualTable";
export { SegmentedTabs, TabBar, TabPanel } from "./Tabs";
export { ToastProvider, useToast } from "./Toasts";
export { Tooltip } from "./Tooltip";
export { useDelayed } from "./useDelayed";
export { useFindKey } from "./useFindKey";
