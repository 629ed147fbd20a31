import { Check, Copy as CopyIcon } from "lucide-react";
import { useEffect, useState } from "react";
import { Button, IconButton } from "./Button";
import { classes } from "./classes";
import styles from "./Layout.module.css";

/** Copies by the browser's clipboard; where that is refused, by selecting a text area. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}

/** Copies when it is asked to, and for two seconds knows how that went. */
function useCopying(text: string) {
  const [copied, setCopied] = useState<"yes" | "no" | null>(null);
  useEffect(() => {
    if (copied === null) return undefined;
    const timer = setTimeout(() => setCopied(null), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  return { copied, copy: () => void copyText(text).then((done) => setCopied(done ? "yes" : "no")) };
}

/** A value to paste elsewhere, whole and in mono, with a copy button. `prose` is for words instead of a code. */
export function CopyValue({ value, what, prose = false }: { value: string; what: string; prose?: boolean }) {
  const { copied, copy } = useCopying(value);
  return (
    <span className={classes(styles.copy, prose && styles.prose)}>
      <code>{value}</code>
      <IconButton
        small
        label={`Copy ${what}`}
        icon={copied === "yes" ? <Check size={14} /> : <CopyIcon size={14} />}
        onClick={copy}
      />
      <span role="status">
        {copied === "yes" ? "Copied" : copied === "no" ? "Select it and press Ctrl C" : ""}
      </span>
    </span>
  );
}

/** Copies a text that is too long to stand beside its button. */
export function CopyButton({ text, children }: { text: string; children: string }) {
  const { copied, copy } = useCopying(text);
  return (
    <>
      <Button look="quiet" size="bar" icon={<CopyIcon size={14} strokeWidth={1.75} aria-hidden />} onClick={copy}>
        {copied === "yes" ? "Copied" : children}
      </Button>
      <span role="status" className={styles.copyFailed}>
        {copied === "no" ? "The clipboard could not be written." : ""}
      </span>
    </>
  );
}
