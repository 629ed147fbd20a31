import { describe, expect, it } from "vitest";
import { about, duration, localeOf, moment, momentWithin, readWhole, rowsRange, size } from "./format";

describe("whole numbers as they are typed", () => {
  it.each([
    ["2500", 2500],
    [" 2500 ", 2500],
    ["100,000", 100_000],
    ["1.000.000", 1_000_000],
    ["100’000", 100_000],
  ])("reads %j as %i", (text, value) => expect(readWhole(text)).toBe(value));

  it.each(["", "1.5", "1,5", "-3", "ten", "12,34", "1e5", "9999999999"])("refuses %j", (text) =>
    expect(readWhole(text)).toBeNull(),
  );
});

describe("the locale", () => {
  it("is plain English where the machine has none", () => {
    expect(localeOf("en-US-u-va-posix")).toBe("en-US");
    expect(localeOf("de-DE")).toBe("de-DE");
  });
});

describe("words for values", () => {
  it("says how long something takes in the unit that fits", () => {
    expect(about(8)).toBe("About 8 s");
    expect(about(480)).toBe("About 8 min");
    expect(duration(0.41)).toBe("0.4 s");
    expect(duration(0.004)).toBe("< 0.1 s");
    expect(duration(130)).toBe("2 min 10 s");
    expect(size(1_250_000)).toBe("1.3 MB");
  });

  it("counts rows from 1 and never past the end", () => {
    expect(rowsRange(0, 9, 4)).toBe("Rows 1–4 of 4");
    expect(rowsRange(0, 0, 0)).toBe("0 rows");
  });

  it("names today and yesterday, and a dash where there is no time", () => {
    const now = new Date(2026, 10, 23, 18, 0);
    expect(moment(new Date(2026, 10, 23, 9, 31).toISOString(), now)).toMatch(/^Today, /);
    expect(moment(new Date(2026, 10, 22, 9, 31).toISOString(), now)).toMatch(/^Yesterday, /);
    expect(momentWithin(new Date(2026, 10, 23, 9, 31).toISOString(), now)).toMatch(/^today, /);
    expect(momentWithin(new Date(2026, 10, 22, 9, 31).toISOString(), now)).toMatch(/^yesterday, /);
    const before = new Date(2026, 9, 2, 9, 31).toISOString();
    expect(momentWithin(before, now)).toBe(moment(before, now));
    expect(moment(null)).toBe("—");
  });
});
