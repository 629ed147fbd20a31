import { CircleAlert, Lock, Search, X } from "lucide-react";
import { useId, type InputHTMLAttributes, type KeyboardEvent, type ReactNode, type Ref } from "react";
import { IconButton } from "./Button";
import { classes } from "./classes";
import styles from "./Field.module.css";

/** The sentence under a field that says what is wrong and how to mend it. */
export function FieldError({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <span id={id} className={styles.error}>
      <CircleAlert size={14} strokeWidth={1.75} aria-hidden />
      <span>{children}</span>
    </span>
  );
}

type Native = Omit<InputHTMLAttributes<HTMLInputElement>, "onChange" | "value" | "type" | "required">;

export interface FieldProps extends Native {
  label: string;
  value: string;
  onChange: (value: string) => void;
  required?: boolean;
  hint?: ReactNode;
  error?: string | null | undefined;
  /** Who or what locks it; the field is then read only. */
  lockedBy?: string | undefined;
  kind?: "text" | "number" | "code";
  /** Hides the visible label where a table header already says it. */
  labelHidden?: boolean;
  secret?: boolean;
  ref?: Ref<HTMLInputElement>;
}

/** One labelled text field. Checks belong to its owner, which passes `error`. */
export function Field({
  label,
  value,
  onChange,
  required = false,
  hint,
  error,
  lockedBy,
  kind = "text",
  labelHidden = false,
  secret = false,
  className,
  ...rest
}: FieldProps) {
  const id = useId();
  const errorId = `${id}-error`;
  const hintId = `${id}-hint`;
  const under = lockedBy ?? hint;
  const described = classes(error ? errorId : "", under ? hintId : "");
  return (
    <div className={classes(styles.field, className)}>
      {!labelHidden && (
        <label className={styles.label} htmlFor={id}>
          {required && (
            <span className={styles.star} aria-hidden>
              *{" "}
            </span>
          )}
          {label}
        </label>
      )}
      <div className={styles.box}>
        <input
          spellCheck={false}
          autoComplete="off"
          {...rest}
          id={id}
          type={secret ? "password" : "text"}
          inputMode={kind === "number" ? "numeric" : undefined}
          className={classes(
            styles.input,
            kind === "number" && styles.number,
            kind === "code" && styles.mono,
          )}
          value={value}
          readOnly={lockedBy !== undefined}
          aria-label={labelHidden ? label : undefined}
          aria-required={required || undefined}
          aria-invalid={error ? true : undefined}
          aria-describedby={described || undefined}
          onChange={(event) => onChange(event.target.value)}
        />
        {lockedBy !== undefined && <Lock size={14} strokeWidth={1.75} className={styles.lock} aria-hidden />}
      </div>
      {error && <FieldError id={errorId}>{error}</FieldError>}
      {under && (
        <span id={hintId} className={styles.hint}>
          {under}
        </span>
      )}
    </div>
  );
}

/** A label above a control that names itself, such as a combobox. */
export function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={styles.field}>
      <span className={styles.label}>{label}</span>
      {children}
    </div>
  );
}

/** Finds within what is shown. Escape clears it. */
export function SearchField({
  label,
  value,
  onChange,
  className,
  ref,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  className?: string | undefined;
  ref?: Ref<HTMLInputElement>;
}) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape" && value) {
      event.stopPropagation();
      onChange("");
    }
  };
  return (
    <div className={classes(styles.search, className)} role="search">
      <Search size={14} strokeWidth={1.75} className={styles.glass} aria-hidden />
      <input
        ref={ref}
        type="search"
        className={styles.input}
        aria-label={label}
        placeholder={label}
        spellCheck={false}
        autoComplete="off"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {value && (
        <span className={styles.clear}>
          <IconButton small label="Clear search" icon={<X size={14} />} onClick={() => onChange("")} />
        </span>
      )}
    </div>
  );
}
