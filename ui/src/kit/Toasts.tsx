import { CircleCheck, X } from "lucide-react";
import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  type ReactNode,
} from "react";
import { Button, IconButton } from "./Button";
import styles from "./Toasts.module.css";

export interface ToastWords {
  text: string;
  action?: { text: string; act: () => void };
}

interface Shown extends ToastWords {
  id: number;
}

const lifetime_ms = 6000;
const Context = createContext<(toast: ToastWords) => void>(() => undefined);

/** Says that something is done. Never for errors: those stand where they are mended. */
export function useToast(): (toast: ToastWords) => void {
  return useContext(Context);
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<Shown[]>([]);
  const next = useRef(1);
  const remove = useCallback((id: number) => setShown((now) => now.filter((toast) => toast.id !== id)), []);
  const show = useCallback((toast: ToastWords) => {
    const id = next.current++;
    setShown((now) => [...now.slice(-2), { ...toast, id }]);
  }, []);
  const region = useMemo(
    () => (
      <div className={styles.region} role="region" aria-label="Messages">
        <div aria-live="polite">
          {shown.map((toast) => (
            <Toast key={toast.id} toast={toast} onClose={() => remove(toast.id)} />
          ))}
        </div>
      </div>
    ),
    [shown, remove],
  );
  return (
    <Context.Provider value={show}>
      {children}
      {region}
    </Context.Provider>
  );
}

function Toast({ toast, onClose }: { toast: Shown; onClose: () => void }) {
  const [held, setHeld] = useState(false);
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    if (held) return undefined;
    const timer = setTimeout(() => close.current(), lifetime_ms);
    return () => clearTimeout(timer);
  }, [held]);
  return (
    <div
      className={styles.toast}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <CircleCheck size={16} strokeWidth={1.75} aria-hidden />
      <span className={styles.text}>{toast.text}</span>
      {toast.action && (
        <Button
          look="quiet"
          size="bar"
          onClick={() => {
            toast.action?.act();
            onClose();
          }}
        >
          {toast.action.text}
        </Button>
      )}
      <IconButton small label="Dismiss" icon={<X size={14} />} onClick={onClose} />
    </div>
  );
}
