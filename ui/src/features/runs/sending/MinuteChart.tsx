import { count, timeOfDay } from "../../../format";
import type { RunView } from "../../../ipc";
import { Card } from "../../../kit";
import styles from "./Sending.module.css";

const width = 254;
const height = 64;
const slots = 10;
const gap = 5;

const clock = (minute: number) => timeOfDay(new Date(minute * 60_000).toISOString());

/** Records settled in each of the last minutes; nothing before the second one. */
export function MinuteChart({ view }: { view: RunView }) {
  const { minutes } = view;
  const first = minutes[0];
  const last = minutes.at(-1);
  if (!first || !last || minutes.length < 2) return null;
  const most = Math.max(...minutes.map((one) => one.records), 1);
  const step = width / slots;
  const words = minutes.map((one) => `${clock(one.minute)}: ${count(one.records)}`).join(", ");
  return (
    <Card title="Records a minute">
      <svg
        className={styles.chart}
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Records settled a minute. ${words}`}
      >
        {minutes.map((one, index) => {
          const high = (one.records / most) * (height - 4);
          return (
            <rect
              key={one.minute}
              className={one === last && view.pace ? styles.now : styles.bar}
              x={index * step + 1}
              y={height - 1 - high}
              width={step - gap}
              height={high}
              rx={2}
            />
          );
        })}
        <line className={styles.ground} x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} />
      </svg>
      <p className={styles.axis} aria-hidden>
        <span>{clock(first.minute)}</span>
        <span>{clock(last.minute)}</span>
      </p>
    </Card>
  );
}
