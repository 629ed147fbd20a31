import { X } from "lucide-react";
import { useState, type ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { Button, IconButton } from "./Button";
import { classes } from "./classes";
import styles from "./Dialog.module.css";
import { Field } from "./Field";

export interface DialogProps {
  title: string;
  subtitle?: string | undefined;
  width?: "narrow" | "regular" | "wide";
  /** Words at the left of the buttons. */
  note?: ReactNode;
  buttons?: ReactNode;
  /** Escape, the cross or the scrim. */
  onClose: () => void;
  role?: "dialog" | "alertdialog";
  /** It is long and only read, so that its text itself takes the focus to be scrolled by keys. */
  readOnly?: boolean;
  children: ReactNode;
}

/** A question or a short task above the page. Focus stays in it and returns to its opener. */
export function Dialog({
  title,
  subtitle,
  width = "regular",
  note,
  buttons,
  onClose,
  role = "dialog",
  readOnly = false,
  children,
}: DialogProps) {
  return (
    <ModalOverlay
      className={styles.scrim ?? ""}
      isOpen
      isDismissable={role === "dialog" && buttons === undefined}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Modal className={classes(styles.modal, styles[width])}>
        <AriaDialog className={styles.dialog ?? ""} role={role}>
          <div className={styles.head}>
            <div>
              <Heading slot="title" level={2} className={styles.title ?? ""}>
                {title}
              </Heading>
              {subtitle && <p className={styles.subtitle}>{subtitle}</p>}
            </div>
            <IconButton label="Close" icon={<X size={16} strokeWidth={1.75} />} onClick={onClose} />
          </div>
          <div
            className={styles.body}
            {...(readOnly ? { tabIndex: 0, role: "group", "aria-label": `${title}, scrolls` } : {})}
          >
            {children}
          </div>
          {buttons && (
            <div className={styles.foot}>
              {note && <span className={styles.note}>{note}</span>}
              {buttons}
            </div>
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/** The one question before something is deleted or cut off. In Production the org's name has to be typed. */
export function ConfirmDialog({
  title,
  text,
  verb,
  busy,
  keep = "Keep it",
  typeToConfirm,
  error,
  children,
  onConfirm,
  onClose,
}: {
  title: string;
  text: ReactNode;
  verb: string;
  busy?: string | false;
  keep?: string;
  typeToConfirm?: string | undefined;
  error?: ReactNode;
  /** What goes along with it, such as a checkbox. */
  children?: ReactNode;
  onConfirm: () => void;
  onClose: () => void;
}) {
  const [typed, setTyped] = useState("");
  const missing = typeToConfirm !== undefined && typed.trim() !== typeToConfirm.trim();
  return (
    <Dialog
      title={title}
      width="narrow"
      role="alertdialog"
      onClose={onClose}
      buttons={
        <>
          <Button onClick={onClose} autoFocus>
            {keep}
          </Button>
          <Button
            look="destroy"
            busy={busy}
            offReason={missing ? "Type the name of the org first." : null}
            reasonPlace="elsewhere"
            onClick={onConfirm}
          >
            {verb}
          </Button>
        </>
      }
    >
      {error}
      <p>{text}</p>
      {children}
      {typeToConfirm !== undefined && (
        <Field label={`Type “${typeToConfirm}” to confirm`} value={typed} onChange={setTyped} />
      )}
    </Dialog>
  );
}
