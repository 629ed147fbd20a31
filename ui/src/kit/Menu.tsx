import { Check } from "lucide-react";
import type { ReactNode } from "react";
import {
  Button as AriaButton,
  Header,
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
} from "react-aria-components";
import { classes } from "./classes";
import styles from "./Menu.module.css";

export interface MenuEntry {
  key: string;
  text: string;
  icon?: ReactNode;
  danger?: boolean;
  act: () => void;
}

export interface MenuChoice {
  title: string;
  value: string;
  options: { key: string; text: string }[];
  onChange: (key: string) => void;
}

/** A button that opens a list of things to do, and at most one group of choices with a tick. */
export function Menu({
  label,
  triggerLabel,
  trigger,
  triggerClass,
  entries = [],
  choice,
  placement = "bottom end",
}: {
  label: string;
  /** The name of the button, where its content is only an icon. */
  triggerLabel?: string;
  trigger: ReactNode;
  triggerClass?: string | undefined;
  entries?: MenuEntry[];
  choice?: MenuChoice;
  placement?: "bottom end" | "bottom start" | "top start";
}) {
  return (
    <MenuTrigger>
      <AriaButton className={triggerClass ?? ""} {...(triggerLabel ? { "aria-label": triggerLabel } : {})}>
        {trigger}
      </AriaButton>
      <Popover className={styles.popover ?? ""} placement={placement}>
        <AriaMenu className={styles.menu ?? ""} aria-label={label}>
          {choice && (
            <MenuSection
              selectionMode="single"
              disallowEmptySelection
              selectedKeys={[choice.value]}
              onSelectionChange={(keys) => {
                const [key] = keys === "all" ? [] : [...keys];
                if (key !== undefined) choice.onChange(String(key));
              }}
            >
              <Header className={styles.header}>{choice.title}</Header>
              {choice.options.map((option) => (
                <AriaMenuItem
                  key={option.key}
                  id={option.key}
                  className={styles.item ?? ""}
                  textValue={option.text}
                >
                  <span className={styles.tick} aria-hidden>
                    {option.key === choice.value && <Check size={14} />}
                  </span>
                  <span className={styles.itemText}>{option.text}</span>
                </AriaMenuItem>
              ))}
            </MenuSection>
          )}
          {entries.map(item)}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

const item = (entry: MenuEntry) => (
  <AriaMenuItem
    key={entry.key}
    id={entry.key}
    className={classes(styles.item, entry.danger && styles.danger)}
    textValue={entry.text}
    onAction={entry.act}
  >
    {entry.icon}
    <span className={styles.itemText}>{entry.text}</span>
  </AriaMenuItem>
);

/** The same list opened at an element that is more than its button, such as a row's handle. */
export function MenuAt({
  label,
  anchor,
  entries,
  onClose,
}: {
  label: string;
  anchor: HTMLElement;
  entries: MenuEntry[];
  onClose: () => void;
}) {
  return (
    <Popover
      className={styles.popover ?? ""}
      triggerRef={{ current: anchor }}
      isOpen
      placement="bottom start"
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <AriaMenu className={styles.menu ?? ""} aria-label={label} autoFocus="first" onClose={onClose}>
        {entries.map(item)}
      </AriaMenu>
    </Popover>
  );
}
