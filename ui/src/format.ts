/**
 * How numbers, times and sizes are written: by Intl, in the operator's locale, times with their zone.
 * It turns values into words and decides nothing.
 */

/** A machine without a locale ("C" or "POSIX") writes 100000 and knows no day's name; it gets plain English. */
export const localeOf = (given: string): string => (/-u-va-posix|^c$|^posix$/i.test(given) ? "en-US" : given);

const locale = localeOf(new Intl.NumberFormat().resolvedOptions().locale);
const whole = new Intl.NumberFormat(locale);
const one_decimal = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
const clock = new Intl.DateTimeFormat(locale, {
  hour: "numeric",
  minute: "2-digit",
  timeZoneName: "short",
});
const clock_seconds = new Intl.DateTimeFormat(locale, {
  hour: "numeric",
  minute: "2-digit",
  second: "2-digit",
});
const day = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric" });

/** `12,541` */
export const count = (value: number): string => whole.format(value);

/** `1 list`, `2 lists` */
export const counted = (value: number, one: string, many: string): string =>
  `${count(value)} ${value === 1 ? one : many}`;

const sameDay = (a: Date, b: Date) => a.toDateString() === b.toDateString();

/** `Today, 9:31 AM PST`, `23 Nov 2026, 4:05 PM PST`, or `—` where there is none. */
export function moment(time: string | null, now: Date = new Date()): string {
  if (time === null) return "—";
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return time;
  const yesterday = new Date(now.getTime() - 86_400_000);
  const when = sameDay(date, now) ? "Today" : sameDay(date, yesterday) ? "Yesterday" : day.format(date);
  return `${when}, ${clock.format(date)}`;
}

/** The same within a sentence: `today, 9:31 AM PST`. */
export const momentWithin = (time: string | null, now?: Date): string =>
  moment(time, now).replace(/^(Today|Yesterday),/, (day) => day.toLowerCase());

/** `12 Nov 2026` */
export const dayOf = (time: string): string => {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? time : day.format(date);
};

/** `9:49:58 AM` */
export const timeOfDay = (time: string | null): string =>
  time === null ? "—" : clock_seconds.format(new Date(time));

/** The zone of the times in a column, e.g. `PST`. */
export const zone = (): string =>
  clock.formatToParts(new Date()).find((part) => part.type === "timeZoneName")?.value ?? "";

/** `About 8 min`, `About 40 s` */
export function about(seconds: number): string {
  if (seconds < 60) return `About ${count(Math.max(1, Math.round(seconds)))} s`;
  if (seconds < 3600) return `About ${count(Math.round(seconds / 60))} min`;
  return `About ${one_decimal.format(seconds / 3600)} h`;
}

/** The clock time that lies so many seconds ahead. */
export const clockIn = (seconds: number): string => clock.format(new Date(Date.now() + seconds * 1000));

/** `0.4 s`, `2 min 10 s`, and `< 0.1 s` for what would be written as 0 */
export function duration(seconds: number): string {
  if (seconds < 0.05) return `< ${one_decimal.format(0.1)} s`;
  if (seconds < 60) return `${one_decimal.format(seconds)} s`;
  return `${count(Math.floor(seconds / 60))} min ${count(Math.round(seconds % 60))} s`;
}

/** `1.2 MB` */
export function size(bytes: number): string {
  const units = ["bytes", "kB", "MB", "GB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${one_decimal.format(value)} ${units[unit]}`;
}

/** `Rows 12,541–12,550 of 13,770`, from indexes that start at 0. */
export const rowsRange = (first: number, last: number, total: number): string =>
  total === 0 ? "0 rows" : `Rows ${count(first + 1)}–${count(Math.min(last + 1, total))} of ${count(total)}`;

/** A number as somebody types it, with or without group separators; `null` when it is not a whole number. */
export function readWhole(text: string): number | null {
  const plain = text.trim();
  const grouped = /^\d{1,3}(?:[\s,.'’\u00a0\u202f]\d{3})+$/.test(plain);
  const digits = grouped ? plain.replace(/\D/g, "") : plain;
  return /^\d{1,9}$/.test(digits) ? Number(digits) : null;
}
