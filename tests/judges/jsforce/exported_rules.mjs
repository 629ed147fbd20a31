// jsforce reads what exports by certain rules left in the org.
//
// Needs DEMO_INSTANCE_URL and DEMO_ACCESS_TOKEN in the environment, and in EXPECTED the JSON file that exported_rules.py
// describes.

import { readFileSync } from "node:fs";

import { connect } from "./connection.mjs";
import { check, run, same } from "./verdict.mjs";

const org = connect();

/** A record without what Salesforce says about it, such as its type and address. */
function plain(value) {
  if (value === null || typeof value !== "object") {
    return value;
  }
  const members = Object.entries(value).filter(([name]) => name !== "attributes");
  return Object.fromEntries(members.map(([name, inner]) => [name, plain(inner)]));
}

for (const { rule, query, records } of JSON.parse(readFileSync(process.env.EXPECTED, "utf8"))) {
  check(rule, async () => {
    const found = await org.query(query, { autoFetch: true, maxFetch: 10_000 });
    same(found.records.length, records.length, "records");
    found.records.forEach((record, place) => same(plain(record), records[place], `record ${place + 1}`));
  });
}

await run();
