import { useState, type FormEvent } from "react";
import { count, readWhole } from "../../../../format";
import { Button, Chip, Dialog, Field } from "../../../../kit";
import styles from "./Table.module.css";

/** Asks for the place of a row among the others. */
export function PositionDialog({
  name,
  among,
  position,
  of,
  onMove,
  onClose,
}: {
  name: string;
  /** What it stands among, e.g. "for Business Phone". */
  among: string;
  position: number;
  of: number;
  onMove: (position: number) => void;
  onClose: () => void;
}) {
  const [text, setText] = useState(String(position));
  const [left, setLeft] = useState(false);
  const goal = readWhole(text);
  const error = goal === null || goal < 1 || goal > of ? `Enter 1 to ${count(of)}.` : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setLeft(true);
    if (error === null && goal !== null) onMove(goal);
  };
  return (
    <Dialog
      title={`Move ${name}`}
      width="narrow"
      onClose={onClose}
      buttons={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" onClick={submit}>
            Move to position
          </Button>
        </>
      }
    >
      <form onSubmit={submit}>
        <Field
          label={`Position, 1 to ${count(of)} ${among}`}
          kind="number"
          autoFocus
          value={text}
          error={left ? error : null}
          onChange={setText}
          onBlur={() => setLeft(text !== String(position))}
        />
      </form>
    </Dialog>
  );
}

/** Asks for the block that a row belongs to. */
export function BlockDialog({
  name,
  block,
  blocks,
  onPut,
  onClose,
}: {
  name: string;
  block: string | null;
  /** The blocks that there are. */
  blocks: string[];
  onPut: (block: string | null) => void;
  onClose: () => void;
}) {
  const [text, setText] = useState(block ?? "");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onPut(text.trim() || null);
  };
  return (
    <Dialog
      title={`Put ${name} into a block`}
      subtitle="Rows of one block are written whole or not at all, such as an address."
      width="narrow"
      onClose={onClose}
      buttons={
        <>
          {block !== null && <Button onClick={() => onPut(null)}>Take out of “{block}”</Button>}
          <Button look="primary" onClick={submit}>
            Put into block
          </Button>
        </>
      }
    >
      <form className={styles.dialogForm} onSubmit={submit}>
        <Field label="Name of the block" autoFocus value={text} onChange={setText} hint="Empty takes it out." />
        {blocks.length > 0 && (
          <div className={styles.chips}>
            {blocks.map((one) => (
              <Chip key={one} selected={one === text.trim()} onSelect={() => setText(one)}>
                {one}
              </Chip>
            ))}
          </div>
        )}
      </form>
    </Dialog>
  );
}
