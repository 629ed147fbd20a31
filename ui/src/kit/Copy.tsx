import { Check, Copy as CopyIcon } from "lucide-react";
import { useEffect, useState } from "react";
import { IconButton } from "./Button";
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

/** A value to paste elsewhere, whole and in mono, with a copy button. */
export function CopyValue({ value, what }: { value: string; what: string }) {
  const [copied, setCopied] = useState<"yes" | "no" | null>(null);
  useEffect(() => {
    if (copied === null) return undefined;
    const timer = setTimeout(() => setCopied(null), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <span className={styles.copy}>
      <code>{value}</code>
      <IconButton
        small
        label={`Copy ${what}`}
        icon={copied === "yes" ? <Check size={14} /> : <CopyIcon size={14} />}
        onClick={() => void copyText(value).then((done) => setCopied(done ? "yes" : "no"))}
      />
      <span role="status">
        {copied === "yes" ? "Copied" : copied === "no" ? "Select it and press Ctrl C" : ""}
      </span>
    </span>
  );
}
