import { Upload } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import styles from "../Lists.module.css";

const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;

/** Takes a file that is dropped anywhere on the window while the page is open. */
export function DropOverlay({ onDrop }: { onDrop: (files: File[]) => void }) {
  const [over, setOver] = useState(false);
  const latest = useRef(onDrop);
  latest.current = onDrop;
  useEffect(() => {
    // Every element passed over tells of entering and leaving; only the balance says whether the file is still here.
    let depth = 0;
    const enter = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      depth += 1;
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const drop = (event: DragEvent) => {
      depth = 0;
      setOver(false);
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length > 0) latest.current(files);
    };
    window.addEventListener("dragenter", enter);
    window.addEventListener("dragleave", leave);
    window.addEventListener("drop", drop);
    return () => {
      window.removeEventListener("dragenter", enter);
      window.removeEventListener("dragleave", leave);
      window.removeEventListener("drop", drop);
    };
  }, []);
  if (!over) return null;
  return (
    <div className={styles.overlay}>
      <div>
        <Upload size={24} strokeWidth={1.75} aria-hidden />
        <strong>Drop the CSV file to import it</strong>
        <span>It is read first; you see what it holds before anything is kept.</span>
      </div>
    </div>
  );
}
