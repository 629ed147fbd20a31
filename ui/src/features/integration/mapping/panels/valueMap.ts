import type { MappingRow, PicklistEntry, RowCheck, TargetField } from "../../../../ipc";

/** One value of the source, however it is capitalised. */
export interface ValueLine {
  /** The value as it is compared: trimmed, in lower case. */
  key: string;
  value: string;
  /** Profiles of the list that have it; `null` when none was seen. */
  profiles: number | null;
  /** What the list check says of it without a mapping; `null` when it was not asked. */
  known: boolean | null;
}

/** What becomes of a value: mapped, taken by its own name, without an org value, or mapped to what the org lacks. */
export type ValueState = "mapped" | "same" | "unmapped" | "missing";

/** Org values by what they are compared by. */
export type OrgValues = Map<string, PicklistEntry>;

/** Mappings by the compared source value; `from` keeps its spelling. */
export type ValueMap = ReadonlyMap<string, { from: string; to: string }>;

/** Longer values are told by their beginning. */
const told_characters = 80;

/** Whether only the beginning of a value was told, so that a mapping of it would never be met. */
export const isCut = (line: ValueLine): boolean =>
  line.profiles !== null && line.value.endsWith("…") && [...line.value].length >= told_characters;

export const folded = (text: string): string => text.trim().toLowerCase();

/** The values that may be written: by value first, then by label. */
export function orgValues(target: TargetField | undefined): OrgValues {
  const values: OrgValues = new Map();
  const entries = (target?.picklist ?? []).filter((entry) => entry.active);
  for (const text of ["value", "label"] as const) {
    for (const entry of entries) {
      if (!values.has(folded(entry[text]))) values.set(folded(entry[text]), entry);
    }
  }
  return values;
}

export const valueMapOf = (row: MappingRow): ValueMap =>
  new Map(Object.entries(row.value_map).map(([from, to]) => [folded(from), { from, to }]));

export const toRecord = (map: ValueMap): Record<string, string> =>
  Object.fromEntries([...map.values()].map(({ from, to }) => [from, to]));

const isMulti = (target: TargetField | undefined) => target?.kind === "multipicklist";

const partsOf = (text: string): string[] =>
  text
    .split(text.includes(";") ? ";" : ",")
    .map((part) => part.trim())
    .filter(Boolean);

/** The entries that a mapped value stands for; nothing when the org lacks one of them. */
export function entriesOf(to: string, target: TargetField | undefined, org: OrgValues): PicklistEntry[] {
  const several = isMulti(target) && !org.has(folded(to));
  const parts = several ? to.split(";").filter((part) => part.trim() !== "") : [to];
  const found = parts.map((part) => org.get(folded(part)));
  return found.every((entry) => entry !== undefined) ? found : [];
}

export function stateOf(
  line: ValueLine,
  map: ValueMap,
  target: TargetField | undefined,
  org: OrgValues,
): ValueState {
  const own = map.get(line.key);
  const chooses = org.size > 0 || target?.restricted === true;
  if (own) return !chooses || entriesOf(own.to, target, org).length > 0 ? "mapped" : "missing";
  return !chooses || (line.known ?? org.has(line.key)) ? "same" : "unmapped";
}

export const isUnmapped = (state: ValueState): boolean => state === "unmapped" || state === "missing";

/** Every value of the list, and those that are mapped without being in it; unmapped ones first, then the most frequent. */
export function valueLines(
  map: ValueMap,
  target: TargetField | undefined,
  org: OrgValues,
  check: RowCheck | undefined,
): ValueLine[] {
  const lines = new Map<string, ValueLine>();
  for (const seen of check?.values ?? []) {
    const whole = folded(seen.value);
    // A multi-select source names several values; each of them is mapped by itself.
    const parts = isMulti(target) && !map.has(whole) && !org.has(whole) ? partsOf(seen.value) : [seen.value];
    for (const part of parts) {
      const key = folded(part);
      const before = lines.get(key);
      const told = parts.length === 1 && !map.has(key) ? seen.known : null;
      lines.set(key, {
        key,
        value: before?.value ?? part,
        profiles: (before?.profiles ?? 0) + seen.profiles,
        known: before?.known ?? told,
      });
    }
  }
  for (const [key, { from }] of map) {
    if (!lines.has(key)) lines.set(key, { key, value: from, profiles: null, known: null });
  }
  const last = (line: ValueLine) => (isUnmapped(stateOf(line, map, target, org)) ? 0 : 1);
  return [...lines.values()].sort(
    (a, b) =>
      last(a) - last(b) || (b.profiles ?? -1) - (a.profiles ?? -1) || a.value.localeCompare(b.value),
  );
}

const nameOf = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("&", "and")
    .replace(/[^\p{L}\p{N}]+/gu, "");

/**
 * Mappings for lines whose name is that of one org value, by value or label. Case, accents, spaces and punctuation do
 * not count; a name that several org values share matches none.
 */
export function matchByName(lines: ValueLine[], org: OrgValues): ValueMap {
  const by_name = new Map<string, PicklistEntry | null>();
  for (const entry of new Set(org.values())) {
    for (const name of new Set([nameOf(entry.value), nameOf(entry.label)])) {
      by_name.set(name, by_name.has(name) ? null : entry);
    }
  }
  return new Map(
    lines.flatMap((line) => {
      if (isCut(line)) return [];
      const name = nameOf(line.value);
      const entry = org.get(line.key) ?? (name === "" ? undefined : by_name.get(name));
      return entry ? [[line.key, { from: line.value, to: entry.value }] as const] : [];
    }),
  );
}
