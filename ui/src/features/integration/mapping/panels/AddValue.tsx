import { Plus } from "lucide-react";
import { useState, type FormEvent, type Ref } from "react";
import { Button, Field } from "../../../../kit";
import { folded, type ValueLine } from "./valueMap";
import styles from "./ValueMap.module.css";

/** A value that no list has yet. */
export function AddValue({
  lines,
  onAdd,
  ref,
}: {
  lines: ValueLine[];
  onAdd: (value: string) => void;
  ref: Ref<HTMLInputElement>;
}) {
  const [text, setText] = useState("");
  const [error, setError] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const value = text.trim();
    if (value === "") return setError("Type the value as the source has it.");
    if (lines.some((line) => line.key === folded(value))) return setError(`“${value}” is listed already.`);
    setText("");
    onAdd(value);
  };
  return (
    <form className={styles.add} onSubmit={submit}>
      <Field
        ref={ref}
        label="Another source value"
        placeholder="A value that no list has yet"
        value={text}
        error={error}
        onChange={(next) => {
          setText(next);
          setError(null);
        }}
      />
      <Button submit className={styles.addButton} icon={<Plus size={16} strokeWidth={1.75} aria-hidden />}>
        Add value
      </Button>
    </form>
  );
}
