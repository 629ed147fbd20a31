import { Check, ChevronDown, Lock, Minus } from "lucide-react";
import { useId, type ReactNode } from "react";
import {
  Button as AriaButton,
  Checkbox as AriaCheckbox,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Radio,
  RadioGroup,
  Select as AriaSelect,
  SelectValue,
} from "react-aria-components";
import styles from "./Choices.module.css";
import { classes } from "./classes";
import menu from "./Menu.module.css";

/** One yes or no that is saved later, with other fields. */
export function Checkbox({
  selected,
  indeterminate = false,
  onChange,
  label,
  locked = false,
  offReason,
  children,
}: {
  selected: boolean;
  indeterminate?: boolean;
  onChange: (selected: boolean) => void;
  label?: string;
  /** It cannot be changed, and why stands above the group. */
  locked?: boolean;
  /** Why it cannot be changed. It keeps its focus, and the reason stands under it. */
  offReason?: string | null;
  children?: ReactNode;
}) {
  const reasonId = useId();
  const checkbox = (
    <AriaCheckbox
      className={styles.checkbox ?? ""}
      isSelected={selected}
      isIndeterminate={indeterminate}
      isReadOnly={locked || Boolean(offReason)}
      onChange={onChange}
      {...(label ? { "aria-label": label } : {})}
      {...(offReason ? { "aria-describedby": reasonId } : {})}
    >
      <span className={styles.tick} aria-hidden>
        {indeterminate ? <Minus size={12} strokeWidth={3} /> : <Check size={12} strokeWidth={3} />}
      </span>
      {children}
    </AriaCheckbox>
  );
  if (!offReason) return checkbox;
  return (
    <div className={styles.withReason}>
      {checkbox}
      <span id={reasonId} className={styles.reason}>
        {offReason}
      </span>
    </div>
  );
}

/** One state that is on or off, said in words too. */
export function Switch({
  on,
  onChange,
  label,
  offReason,
  reasonPlace = "elsewhere",
}: {
  on: boolean;
  onChange: (on: boolean) => void;
  label: string;
  /** Why it cannot be turned. It keeps its focus. */
  offReason?: string | null | undefined;
  /** `under` shows the reason, `elsewhere` only ties it for screen readers. */
  reasonPlace?: "under" | "elsewhere";
}) {
  const reasonId = useId();
  const off = Boolean(offReason);
  return (
    <>
      <label className={styles.switch} data-selected={on || undefined} data-disabled={off || undefined}>
        <span aria-hidden>{on ? "On" : "Off"}</span>
        <input
          type="checkbox"
          role="switch"
          className={styles.switchInput}
          aria-label={label}
          aria-disabled={off || undefined}
          aria-describedby={off ? reasonId : undefined}
          checked={on}
          onChange={(event) => {
            if (!off) onChange(event.target.checked);
          }}
        />
        <span className={styles.track} aria-hidden>
          <span className={styles.thumb} />
        </span>
      </label>
      {off && (
        <span id={reasonId} className={styles.switchReason} hidden={reasonPlace === "elsewhere"}>
          {offReason}
        </span>
      )}
    </>
  );
}

export interface CardChoice<Key extends string> {
  key: Key;
  title: string;
  text: string;
  off?: boolean;
}

/** A few choices that each need a sentence. */
export function RadioCards<Key extends string>({
  label,
  value,
  choices,
  onChange,
  locked = false,
  labelHidden = false,
  describedBy,
}: {
  label: string;
  value: Key;
  choices: CardChoice<Key>[];
  onChange: (key: Key) => void;
  /** It cannot be changed, and why stands above the group. */
  locked?: boolean;
  /** Where a card's title says it already. */
  labelHidden?: boolean;
  /** Id of what says more, such as why it is locked. */
  describedBy?: string | undefined;
}) {
  return (
    <RadioGroup
      value={value}
      onChange={(key) => onChange(key as Key)}
      orientation="horizontal"
      isReadOnly={locked}
      {...(labelHidden ? { "aria-label": label } : {})}
      {...(describedBy ? { "aria-describedby": describedBy } : {})}
    >
      {!labelHidden && (
        <Label className={styles.groupLabel ?? ""} style={{ display: "block" }}>
          {label}
        </Label>
      )}
      <div className={styles.cards}>
        {choices.map((choice) => (
          <Radio
            key={choice.key}
            value={choice.key}
            className={styles.card ?? ""}
            isDisabled={choice.off ?? false}
          >
            <span className={styles.radio} aria-hidden />
            <span>
              <span className={styles.cardTitle}>{choice.title}</span>
              <span className={styles.cardText}>{choice.text}</span>
            </span>
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}

/** One of a handful. `inline` puts the label before the control. */
export function Select<Key extends string>({
  label,
  value,
  options,
  onChange,
  inline = false,
  labelHidden = false,
  lockedBy,
}: {
  label: string;
  value: Key;
  options: { key: Key; text: string }[];
  onChange: (key: Key) => void;
  inline?: boolean;
  /** Where the chosen option says what it is about. */
  labelHidden?: boolean;
  /** Who or what locks it. */
  lockedBy?: string | undefined;
}) {
  return (
    <AriaSelect
      className={classes(styles.selectLabel, inline && styles.selectInline)}
      value={value}
      onChange={(key) => onChange(key as Key)}
      isDisabled={lockedBy !== undefined}
      {...(labelHidden ? { "aria-label": label } : {})}
    >
      {!labelHidden && <Label>{label}</Label>}
      <AriaButton className={styles.selectButton ?? ""}>
        <SelectValue />
        {lockedBy === undefined ? (
          <ChevronDown size={14} strokeWidth={1.75} aria-hidden />
        ) : (
          <Lock size={14} strokeWidth={1.75} aria-hidden />
        )}
      </AriaButton>
      <Popover className={menu.popover ?? ""}>
        <ListBox className={menu.menu ?? ""}>
          {options.map((option) => (
            <ListBoxItem key={option.key} id={option.key} className={menu.item ?? ""} textValue={option.text}>
              {option.text}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
