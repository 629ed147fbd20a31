// Runs the checks of a judge script: one line each, exit code 1 when one of them failed.
// Checks run in the order in which they are written.

import assert from "node:assert/strict";

const checks = [];

/** Adds a check: what it shows, and a function that throws when it does not hold. */
export function check(name, holds) {
  checks.push({ name, holds });
}

/** Fails the check unless two values are equal. */
export function same(got, wanted, what) {
  assert.deepEqual(got, wanted, `${what}: got ${shown(got)}, wanted ${shown(wanted)}`);
}

/** Fails the check unless it is true. */
export function holds(truth, what) {
  assert.ok(truth, what);
}

/** The error that a call must be refused with. */
export async function refused(call) {
  let answer;
  try {
    answer = await call();
  } catch (error) {
    return error;
  }
  throw new Error(`was not refused, but answered ${shown(answer)}`);
}

function shown(value) {
  return String(JSON.stringify(value)).slice(0, 300);
}

/** Runs all checks and ends the process. */
export async function run() {
  let failed = 0;
  for (const { name, holds: function_ } of checks) {
    try {
      await function_();
      console.log(`ok ${name}`);
    } catch (error) {
      failed += 1;
      console.log(`not ok ${name}: ${String(error?.message ?? error).replace(/\s+/g, " ").slice(0, 700)}`);
      console.error(error);
    }
  }
  console.log(`${checks.length - failed} passed, ${failed} failed`);
  process.exit(failed > 0 ? 1 : 0);
}
