import { expect, it } from "vitest";
import { listCheck, mappingRow } from "../../../testing/samples";
import { alignListCheck } from "./alignPreview";
import { draftRow } from "./draft";

const check = (row: number) => ({
  row,
  written_profiles: row,
  blank_profiles: 0,
  findings: [],
  values: [],
  more_values: 0,
});

it("what was said of a row with another target or source is dropped, the others go along", () => {
  const about = ["LastName", "Title", "Phone"].map((target) => draftRow(mappingRow({ target })));
  const answered = {
    answer: listCheck({ rows: [check(1), check(2), check(3)] }),
    keys: about.map((one) => one.key),
    about,
  };
  const [first, second, third] = about as [(typeof about)[0], (typeof about)[0], (typeof about)[0]];
  expect(alignListCheck(answered, about)).toBe(answered.answer);

  const retargeted = { ...second, row: { ...second.row, target: "Department" } };
  const told = alignListCheck(answered, [third, first, retargeted]).rows;
  expect(told.map((one) => [one.row, one.written_profiles])).toEqual([
    [2, 1],
    [1, 3],
  ]);

  const from_elsewhere = { ...first, row: { ...first.row, source: { kind: "fixed" as const, value: "Web" } } };
  expect(alignListCheck(answered, [from_elsewhere, second, third]).rows.map((one) => one.row)).toEqual([2, 3]);

  const overwriting = { ...first, row: { ...first.row, on_update: "overwrite" as const } };
  expect(alignListCheck(answered, [overwriting, second, third]).rows).toHaveLength(3);
});
