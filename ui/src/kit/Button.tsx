import { RefreshCw } from "lucide-react";
import { useId, type ButtonHTMLAttributes, type ReactNode, type Ref } from "react";
import styles from "./Button.module.css";
import { classes } from "./classes";
import { Tooltip } from "./Tooltip";

export type ButtonLook = "primary" | "neutral" | "quiet" | "danger" | "quietDanger" | "destroy";

type Native = Omit<ButtonHTMLAttributes<HTMLButtonElement>, "type" | "disabled">;

export interface ButtonProps extends Native {
  look?: ButtonLook;
  size?: "regular" | "bar" | "small";
  icon?: ReactNode;
  /** What is being done, e.g. "Saving…"; keeps the button from being pressed twice. */
  busy?: string | false | undefined;
  /** Why it cannot be used. The button keeps its focus and says so. */
  offReason?: string | null | undefined;
  /** `beside` shows the reason next to the button, `elsewhere` only ties it for screen readers. */
  reasonPlace?: "beside" | "elsewhere";
  submit?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

/** A verb with its object. One primary button a view. */
export function Button({
  look = "neutral",
  size = "regular",
  icon,
  busy = false,
  offReason,
  reasonPlace = "beside",
  submit = false,
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  const reasonId = useId();
  const off = Boolean(offReason) || Boolean(busy);
  const button = (
    <button
      {...rest}
      type={submit ? "submit" : "button"}
      className={classes(styles.button, styles[look], size !== "regular" && styles[size], className)}
      aria-disabled={off || undefined}
      aria-describedby={offReason ? reasonId : rest["aria-describedby"]}
      data-busy={busy ? "" : undefined}
      onClick={(event) => {
        if (off) {
          event.preventDefault();
          return;
        }
        onClick?.(event);
      }}
    >
      {busy ? <RefreshCw size={14} strokeWidth={1.75} className={styles.spin} aria-hidden /> : icon}
      <span>{busy || children}</span>
    </button>
  );
  if (!offReason) return button;
  return (
    <span className={styles.withReason}>
      {button}
      <span id={reasonId} className={styles.reason} hidden={reasonPlace === "elsewhere"}>
        {offReason}
      </span>
    </span>
  );
}

export interface IconButtonProps extends Native {
  /** The accessible name, and the tooltip. */
  label: string;
  icon: ReactNode;
  small?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

/** A button that is only an icon; its label is always there as a tooltip. */
export function IconButton({ label, icon, small = false, className, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} asLabel>
      <button
        {...rest}
        type="button"
        aria-label={label}
        className={classes(styles.button, styles.icon, small && styles.iconSmall, className)}
      >
        {icon}
      </button>
    </Tooltip>
  );
}

/** A button that reads as a link inside a sentence or a cell. */
export function TextButton({ className, ...rest }: Native) {
  return <button {...rest} type="button" className={classes(styles.asText, className)} />;
}

/** A link that looks like a button: it goes to a page and does nothing else. */
export function ButtonLink({
  href,
  look = "neutral",
  size = "regular",
  icon,
  children,
}: {
  href: string;
  look?: ButtonLook;
  size?: "regular" | "bar" | "small";
  icon?: ReactNode;
  children: ReactNode;
}) {
  return (
    <a href={href} className={classes(styles.button, styles[look], size !== "regular" && styles[size])}>
      {icon}
      <span>{children}</span>
    </a>
  );
}
