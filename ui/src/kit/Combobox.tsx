import { ChevronDown, Lock, Search } from "lucide-react";
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent, type ReactNode, type Ref } from "react";
import { Popover } from "react-aria-components";
import { classes } from "./classes";
import styles from "./Combobox.module.css";

export interface ComboboxOption {
  key: string;
  label: string;
  /** API name; it is searched too. */
  code?: string;
  /** Type, length or whatever else stands behind the API name. */
  note?: string;
  /** Words at the right, e.g. "mapped in row 4". */
  aside?: string;
  icon?: ReactNode;
  required?: boolean;
  /** Why it cannot be chosen. */
  off?: string | null;
  /** Stays, whatever is typed, and is not counted: an entry that does something else than choose from the list. */
  always?: boolean;
}

export interface ComboboxGroup {
  label: string;
  options: ComboboxOption[];
}

/** More options than these are not drawn: nobody reads them, and typing narrows them. */
const most_options = 150;

const wordsOf = (text: string) => text.toLowerCase().split(/\s+/).filter(Boolean);

const fits = (option: ComboboxOption, words: string[]) => {
  if (option.always) return true;
  const text = `${option.label} ${option.code ?? ""}`.toLowerCase();
  return words.every((word) => text.includes(word));
};

/** The parts of a text, every second of them a match. */
function Highlighted({ text, words }: { text: string; words: string[] }) {
  if (words.length === 0) return text;
  const pattern = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
  return text
    .split(new RegExp(`(${pattern})`, "gi"))
    .map((part, index) => (index % 2 === 1 ? <b key={index}>{part}</b> : part));
}

/**
 * One of many, found by typing. At rest it shows the chosen one; in a table it has no edge until it is pointed at.
 * Tab accepts and moves on, Enter accepts and stays, Escape restores.
 */
export function Combobox({
  label,
  groups,
  value,
  noun,
  placeholder,
  onChoose,
  children,
  inTable = false,
  invalid = false,
  describedBy,
  off,
  hint,
  triggerClass,
  triggerRef,
  inGrid = false,
  onOpen,
  onType,
}: {
  /** Accessible name, without the value. */
  label: string;
  /** Asked for when it opens. */
  groups: () => ComboboxGroup[];
  /** Key of the chosen option. */
  value: string | null;
  /** What is counted, e.g. "fields". */
  noun: string;
  placeholder: string;
  /** `typed` is what stood in the field: an entry such as "Fixed value…" takes it over. */
  onChoose: (key: string, typed: string) => void;
  /** The chosen one as it shows at rest; nothing shows the placeholder. */
  children?: ReactNode;
  inTable?: boolean;
  invalid?: boolean;
  describedBy?: string | undefined;
  /** Why nothing can be chosen. */
  off?: string | undefined;
  /** The chosen one in full, as a tooltip: in a narrow cell it may be cut. */
  hint?: string | undefined;
  triggerClass?: string | undefined;
  triggerRef?: Ref<HTMLButtonElement>;
  /** In a cell of a `VirtualTable`, which has one Tab stop and takes the arrows: Enter opens it there. */
  inGrid?: boolean;
  /** Told that it opens, where the options are read then. */
  onOpen?: () => void;
  /** Told what is typed, where the options are read by it; `groups` is then asked again at every change. */
  onType?: (typed: string) => void;
}) {
  const id = useId();
  const [open, setOpen] = useState<{ typed: string } | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const back = useRef(false);
  useEffect(() => {
    if (open || !back.current) return;
    back.current = false;
    box.current?.querySelector<HTMLElement>("button")?.focus();
  }, [open]);
  const close = (return_focus: boolean) => {
    back.current = return_focus;
    setOpen(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (open || off || event.ctrlKey || event.metaKey || event.altKey) return;
    const letter = event.key.length === 1 && !" /?".includes(event.key);
    if ((event.key !== "ArrowDown" || inGrid) && !letter) return;
    event.preventDefault();
    event.stopPropagation();
    onOpen?.();
    setOpen({ typed: letter ? event.key : "" });
  };
  return (
    <div ref={box} className={classes(styles.combobox, inTable && styles.inTable)}>
      {open ? (
        <Finder
          id={id}
          label={label}
          groups={groups}
          value={value}
          noun={noun}
          placeholder={placeholder}
          typed={open.typed}
          invalid={invalid}
          anchor={box}
          onChoose={onChoose}
          onClose={close}
          {...(onType ? { onType } : {})}
        />
      ) : (
        <div
          className={triggerClass ? undefined : classes(styles.rest, invalid && styles.invalid)}
          data-off={off ? "" : undefined}
          title={hint}
        >
          {!triggerClass && (
            <>
              <span className={styles.shown}>
                {children || (
                  <span className={styles.nothing}>
                    <Search size={14} strokeWidth={1.75} aria-hidden />
                    {placeholder}
                  </span>
                )}
              </span>
              {!off && <ChevronDown size={14} strokeWidth={1.75} className={styles.chevron} aria-hidden />}
              {off && !inTable && <Lock size={14} strokeWidth={1.75} className={styles.chevron} aria-hidden />}
            </>
          )}
          {/* It lies over the words, which are more than its name: somebody who speaks commands says the name only. */}
          <button
            ref={triggerRef}
            type="button"
            className={triggerClass ?? styles.cover}
            aria-label={label}
            aria-haspopup="listbox"
            aria-expanded={false}
            aria-describedby={describedBy}
            aria-disabled={off ? true : undefined}
            title={off}
            data-invalid={invalid || undefined}
            tabIndex={inGrid ? -1 : undefined}
            onClick={() => {
              if (off) return;
              onOpen?.();
              setOpen({ typed: "" });
            }}
            onKeyDown={onKeyDown}
          >
            {triggerClass && children}
          </button>
        </div>
      )}
    </div>
  );
}

/** Whether an element's beginning is on the screen, not scrolled away or covered. */
function isSeen(element: Element | null): boolean {
  if (!element) return false;
  const { left, top, height } = element.getBoundingClientRect();
  return element.contains(document.elementFromPoint?.(left + 4, top + height / 2) ?? null);
}

function Finder({
  id,
  label,
  groups: ask,
  value,
  noun,
  placeholder,
  typed: first_typed,
  invalid,
  anchor,
  onChoose,
  onClose,
  onType,
}: {
  id: string;
  label: string;
  groups: () => ComboboxGroup[];
  value: string | null;
  noun: string;
  placeholder: string;
  typed: string;
  invalid: boolean;
  anchor: React.RefObject<HTMLDivElement | null>;
  onChoose: (key: string, typed: string) => void;
  onClose: (return_focus: boolean) => void;
  onType?: (typed: string) => void;
}) {
  const [first_groups] = useState(ask);
  const groups = onType ? ask() : first_groups;
  const [typed, setTyped] = useState(first_typed);
  const [moved, setMoved] = useState<string | null>(null);
  const [nudge, setNudge] = useState(0);
  const done = useRef(false);
  const list = useRef<HTMLDivElement>(null);
  const words = useMemo(() => wordsOf(typed), [typed]);
  const found = useMemo(() => {
    const counted = groups.flatMap((group) => group.options).filter((option) => !option.always);
    const matching = counted.filter((option) => fits(option, words)).length;
    let left = most_options;
    const shown = groups.flatMap((group) => {
      const options = group.options.filter((option) => fits(option, words));
      const kept = options.filter((option) => option.always || option.key === value || left-- > 0);
      return kept.length === 0 ? [] : [{ label: group.label, options: kept }];
    });
    return { shown, matching, total: counted.length, hidden: Math.max(0, -left) };
  }, [groups, words, value]);
  const choosable = useMemo(
    () => found.shown.flatMap((group) => group.options).filter((option) => !option.off),
    [found],
  );
  const by_default =
    words.length === 0
      ? choosable.find((option) => option.key === value)
      : (choosable.find((option) => !option.always && option.label.toLowerCase().startsWith(words[0] ?? "")) ??
        choosable.find((option) => !option.always));
  const active =
    choosable.find((option) => option.key === moved) ??
    by_default ??
    (words.length > 0 ? choosable.find((option) => option.always) : undefined) ??
    choosable[0];
  const optionId = (key: string) => `${id}-${key}`;

  useEffect(() => {
    if (active) document.getElementById(`${id}-${active.key}`)?.scrollIntoView?.({ block: "nearest" });
  }, [active, id]);

  const choose = (option: ComboboxOption, return_focus: boolean) => {
    done.current = true;
    if (return_focus) onClose(true);
    if (option.key !== value || option.always) onChoose(option.key, typed.trim());
  };
  const step = (by: number) => {
    const here = choosable.findIndex((option) => option === active);
    const goal = choosable[Math.min(Math.max(here + by, 0), choosable.length - 1)];
    if (goal) setMoved(goal.key);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
    const by = steps[event.key];
    if (by !== undefined && !event.altKey) step(by);
    else if (event.key === "Enter") {
      if (active) choose(active, true);
    } else if (event.key === "Escape") {
      done.current = true;
      onClose(true);
    } else if (event.key === "Tab") {
      // The focus leaves by itself; only what was typed or moved to counts as a choice.
      if (active && (words.length > 0 || moved !== null)) choose(active, false);
      return;
    } else {
      event.stopPropagation();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      <div className={classes(styles.field, invalid && styles.invalid)}>
        <Search size={14} strokeWidth={1.75} aria-hidden />
        <input
          role="combobox"
          aria-label={label}
          aria-expanded
          aria-haspopup="listbox"
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={active ? optionId(active.key) : undefined}
          autoFocus
          autoComplete="off"
          spellCheck={false}
          placeholder={placeholder}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setMoved(null);
            onType?.(event.target.value);
          }}
          onKeyDown={onKeyDown}
          onBlur={() => onClose(false)}
        />
        <span className={styles.count} aria-live="polite">
          {words.length === 0
            ? `${found.total} ${noun}`
            : `${found.matching} of ${found.total} ${noun}`}
        </span>
      </div>
      <Popover
        className={styles.popover ?? ""}
        triggerRef={anchor}
        isOpen
        isNonModal
        placement="bottom start"
        offset={4}
        crossOffset={nudge}
        onOpenChange={(open) => {
          if (open || done.current) return;
          // The field scrolls into view as somebody types: the list goes along, for another offset places it anew.
          if (isSeen(anchor.current)) setNudge((now) => (now === 0 ? 0.01 : 0));
          else onClose(true);
        }}
      >
        <div
          ref={list}
          id={`${id}-list`}
          role="listbox"
          aria-label={label}
          className={styles.list}
          onMouseDown={(event) => event.preventDefault()}
        >
          {found.shown.map((group) => (
            <div key={group.label} role="group" aria-label={group.label}>
              <div className={styles.group} aria-hidden>
                {group.label}
              </div>
              {group.options.map((option) => (
                <div
                  key={option.key}
                  id={optionId(option.key)}
                  role="option"
                  aria-selected={option.key === value}
                  aria-disabled={option.off ? true : undefined}
                  className={classes(styles.option, option === active && styles.active)}
                  onMouseMove={() => {
                    if (!option.off && option !== active) setMoved(option.key);
                  }}
                  onClick={() => {
                    if (!option.off) choose(option, true);
                  }}
                >
                  {(option.off || option.icon) && (
                    <span className={styles.tile} aria-hidden>
                      {option.off ? <Lock size={14} strokeWidth={1.75} /> : option.icon}
                    </span>
                  )}
                  <span className={styles.optionWords}>
                    <span className={styles.optionLabel}>
                      {option.required && (
                        <span className={styles.star} aria-label="required">
                          *{" "}
                        </span>
                      )}
                      <Highlighted text={option.label} words={option.always ? [] : words} />
                    </span>
                    {(option.code || option.note || option.off) && (
                      <span className={styles.optionNote}>
                        {option.code && (
                          <code>
                            <Highlighted text={option.code} words={words} />
                          </code>
                        )}
                        {[option.off ?? option.note].filter(Boolean).map((note) => (
                          <span key={note}>
                            {option.code && " · "}
                            {note}
                          </span>
                        ))}
                      </span>
                    )}
                  </span>
                  {option.aside && <span className={styles.aside}>{option.aside}</span>}
                </div>
              ))}
            </div>
          ))}
          {found.matching === 0 && words.length > 0 && (
            <div role="option" aria-disabled aria-selected={false} className={styles.none}>
              No {noun} with “{typed.trim()}”
            </div>
          )}
          {found.hidden > 0 && (
            <div role="option" aria-disabled aria-selected={false} className={styles.none}>
              {found.hidden} more: type to narrow them
            </div>
          )}
        </div>
      </Popover>
    </>
  );
}
