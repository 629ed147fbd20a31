import { describe, expect, it } from "vitest";
import { mappingRow } from "../../../testing/samples";
import {
  draftReducer,
  draftRow,
  empty_draft,
  gapFor,
  isChanged,
  moveBlock,
  moveBlockStep,
  moveStep,
  moveToGap,
  moveToPosition,
  setBlock,
  setOnUpdate,
  setTarget,
  together,
  type DraftRow,
} from "./draft";

/** Rows by name and target: `a1 a2 b` are two rows for field `a` and one for `b`. */
const rowsOf = (words: string): DraftRow[] =>
  words
    .split(" ")
    .map((word) => draftRow(mappingRow({ source: { kind: "fixed", value: word }, target: word[0] ?? "" })));

const words = (rows: DraftRow[]) =>
  rows.map((one) => (one.row.source.kind === "fixed" ? one.row.source.value : "?")).join(" ");

const keyOf = (rows: DraftRow[], word: string) =>
  rows.find((one) => one.row.source.kind === "fixed" && one.row.source.value === word)?.key ?? 0;

describe("moving a row", () => {
  const rows = rowsOf("x a1 a2 a3 y b1 b2");

  it.each([
    ["changes places within its hierarchy", "a1", 4, "x a2 a3 a1 y b1 b2"],
    ["goes up within its hierarchy", "a3", 1, "x a3 a1 a2 y b1 b2"],
    ["takes its hierarchy along when it leaves it", "a2", 0, "a1 a2 a3 x y b1 b2"],
    ["stands behind a hierarchy that it was dropped into from above", "x", 2, "a1 a2 a3 x y b1 b2"],
    ["stands before a hierarchy that it was dropped into from below", "y", 3, "x y a1 a2 a3 b1 b2"],
    ["never splits the hierarchy at the end", "a1", 6, "x y b1 b2 a1 a2 a3"],
    ["stays where it is", "y", 5, "x a1 a2 a3 y b1 b2"],
  ])("%s", (_, word, gap, order) => {
    expect(words(moveToGap(rows, keyOf(rows, word), gap))).toBe(order);
  });

  it("tells the gap that it would really go to", () => {
    expect(gapFor(rows, keyOf(rows, "x"), 2)).toBe(4);
    expect(gapFor(rows, keyOf(rows, "a1"), 3)).toBe(3);
    expect(gapFor(rows, keyOf(rows, "a1"), 1)).toBeNull();
    expect(gapFor(rows, keyOf(rows, "y"), 5)).toBeNull();
  });

  it("goes by steps, from the edge of its hierarchy past the neighbour", () => {
    expect(words(moveStep(rows, keyOf(rows, "a2"), 1))).toBe("x a1 a3 a2 y b1 b2");
    expect(words(moveStep(rows, keyOf(rows, "a3"), 1))).toBe("x y a1 a2 a3 b1 b2");
    expect(words(moveStep(rows, keyOf(rows, "y"), 1))).toBe("x a1 a2 a3 b1 b2 y");
    expect(moveStep(rows, keyOf(rows, "x"), -1)).toBe(rows);
  });

  it("goes to a position of its hierarchy", () => {
    expect(words(moveToPosition(rows, keyOf(rows, "a1"), 3))).toBe("x a2 a3 a1 y b1 b2");
    expect(words(moveToPosition(rows, keyOf(rows, "a3"), 1))).toBe("x a3 a1 a2 y b1 b2");
  });

  it("keeps all rows, and those of one target together, whatever is moved where", () => {
    for (const { key } of rows) {
      for (let gap = 0; gap <= rows.length; gap++) {
        const moved = moveToGap(rows, key, gap);
        expect(words(moved).split(" ").sort()).toEqual(words(rows).split(" ").sort());
        expect(together(moved.map((one) => one.row))).toEqual(moved.map((one) => one.row));
      }
    }
  });
});

it("a row with another target goes to the end of its hierarchy and updates as it does", () => {
  const rows = setOnUpdate(rowsOf("x a1 a2 y"), 0, "overwrite");
  const overwriting = setOnUpdate(rows, keyOf(rows, "a1"), "overwrite");
  const after = setTarget(overwriting, keyOf(rows, "y"), "a");
  expect(words(after)).toBe("x a1 a2 y");
  expect(after.map((one) => one.row.on_update)).toEqual(["fill_if_blank", "overwrite", "overwrite", "overwrite"]);
  expect(words(setTarget(rowsOf("a1 a2 a3").map((one) => one), 0, "z"))).toBe("a1 a2 a3");
  const three = rowsOf("a1 a2 a3");
  expect(words(setTarget(three, keyOf(three, "a2"), "z"))).toBe("a1 a3 a2");
});

it("a block moves whole", () => {
  const rows = rowsOf("a b c d").map((one) => ({
    ...one,
    row: { ...one.row, block: "bd".includes(one.row.target) ? "Address" : null },
  }));
  expect(words(moveBlock(rows, "Address", 0))).toBe("b d a c");
  expect(words(moveBlockStep(rows, "Address", -1))).toBe("b d a c");
  expect(moveBlockStep(rows, "Address", 1)).toBe(rows);
  expect(words(moveBlockStep(moveBlock(rows, "Address", 0), "Address", 1))).toBe("a b d c");
});

it("a row that is put into a block goes beside the others of it", () => {
  const rows = rowsOf("a b c1 c2 d");
  const one = setBlock(rows, keyOf(rows, "a"), "Address");
  expect(words(setBlock(one, keyOf(rows, "c2"), "Address"))).toBe("a c1 c2 b d");
  expect(setBlock(one, keyOf(rows, "a"), null)[0]?.row.block).toBeNull();
});

it("rows of one target are brought together in their order", () => {
  const rows = rowsOf("a1 b a2 c a3").map((one) => one.row);
  expect(words(together(rows).map(draftRow))).toBe("a1 a2 a3 b c");
});

describe("the draft", () => {
  const saved = rowsOf("a b c").map((one) => one.row);
  const start = draftReducer(empty_draft, { do: "adopt", saved });
  const drop = (state: typeof start, index: number) =>
    draftReducer(state, {
      do: "edit",
      label: "Delete",
      change: (rows) => rows.filter((_, at) => at !== index),
    });

  it("undoes and redoes step by step, and forgets what was undone at the next edit", () => {
    const two = drop(drop(start, 0), 0);
    const undone = draftReducer(two, { do: "undo" });
    expect(words(undone.rows)).toBe("b c");
    expect(words(draftReducer(undone, { do: "redo" }).rows)).toBe("c");
    const back = draftReducer(undone, { do: "undo" });
    expect(back.rows).toBe(start.rows);
    expect(isChanged(back)).toBe(false);
    expect(drop(back, 1).future).toEqual([]);
  });

  it("takes typing in one field for one step", () => {
    const type = (state: typeof start, text: string) =>
      draftReducer(state, { do: "edit", label: "Text", text: "source-1", change: (rows) => [...rows, ...rowsOf(text)] });
    const typed = type(type(type(start, "d"), "e"), "f");
    expect(words(draftReducer(typed, { do: "undo" }).rows)).toBe("a b c");
  });

  it("keeps edits when another version is saved elsewhere, and takes it over where nothing was edited", () => {
    const other = rowsOf("x y").map((one) => one.row);
    expect(words(draftReducer(start, { do: "adopt", saved: other }).rows)).toBe("x y");
    expect(words(draftReducer(drop(start, 0), { do: "adopt", saved: other }).rows)).toBe("b c");
  });

  it("keeps the keys of rows that stay when edits are discarded", () => {
    const discarded = draftReducer(drop(start, 1), { do: "discard" });
    expect(words(discarded.rows)).toBe("a b c");
    expect(discarded.rows[0]?.key).toBe(start.rows[0]?.key);
    expect(discarded.rows[2]?.key).toBe(start.rows[2]?.key);
  });
});
