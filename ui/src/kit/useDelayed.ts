import { useEffect, useState } from "react";

/** The value as it was a moment ago, so that a search is read when somebody pauses, not at every letter. */
export function useDelayed<Value>(value: Value, milliseconds = 150): Value {
  const [delayed, setDelayed] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setDelayed(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return delayed;
}
