import type { ReactNode } from "react";
import { faultButton, faultTitle, faultTone, type Fault } from "../ipc";
import { Banner, ButtonLink, ErrorState } from "../kit";

/** A fault where it happened: its sentence, and the button that its code leads to. */
export function FaultBanner({ fault, action }: { fault: Fault; action?: ReactNode }) {
  const button = faultButton(fault);
  return (
    <Banner
      tone={faultTone(fault)}
      detail={fault.detail}
      action={action ?? (button ? <a href={button.href}>{button.text}</a> : undefined)}
    >
      {fault.sentence}
    </Banner>
  );
}

/** A fault in place of what could not be read. */
export function FaultState({ fault, title, onRetry }: { fault: Fault; title?: string; onRetry: () => void }) {
  const button = faultButton(fault);
  return (
    <ErrorState
      title={title ?? faultTitle(fault)}
      text={fault.sentence}
      detail={fault.detail}
      onRetry={onRetry}
      action={
        button && (
          <ButtonLink size="bar" href={button.href}>
            {button.text}
          </ButtonLink>
        )
      }
    />
  );
}
