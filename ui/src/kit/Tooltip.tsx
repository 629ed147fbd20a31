import type { ReactElement } from "react";
import { Focusable, Tooltip as AriaTooltip, TooltipTrigger } from "react-aria-components";
import styles from "./Tooltip.module.css";

/**
 * Words on hover and focus for one focusable element. `asLabel` is for a text that already is the element's
 * name, so that it is not read twice.
 */
export function Tooltip({
  text,
  asLabel = false,
  children,
}: {
  text: string;
  asLabel?: boolean;
  children: ReactElement<React.DOMAttributes<HTMLElement>, string>;
}) {
  return (
    <TooltipTrigger delay={400} closeDelay={100}>
      <Focusable>{children}</Focusable>
      <AriaTooltip
        className={styles.tooltip ?? ""}
        offset={6}
        placement="bottom"
        aria-hidden={asLabel || undefined}
      >
        {text}
      </AriaTooltip>
    </TooltipTrigger>
  );
}
