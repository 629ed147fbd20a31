// jsforce against Bulk API 2.0: load and query, each step and all at once.
// Sources: Bulk API 2.0 and Bulk API Developer Guide; what jsforce sends and expects is in its own source.

import { Readable } from "node:stream";

import { connect, control } from "./connection.mjs";
import { check, holds, refused, run, same } from "./verdict.mjs";

const org = connect();
org.bulk2.pollInterval = 20;
org.bulk2.pollTimeout = 60_000;
const COMPANY = "Judge jsforce bulk";
const POLLING = { pollInterval: 20, pollTimeout: 60_000 };
const rows = (count) =>
  Array.from({ length: count }, (_, number) => ({
    LastName: `Js ${String(number).padStart(4, "0")}`,
    Company: COMPANY,
    Description: ['a "quoted", one', "two\nlines", "žluť 東京 😀", "plain"][number % 4],
  }));

async function everything(soql, options = {}) {
  const stream = await org.bulk2.query(soql, { ...POLLING, ...options });
  return stream.toArray();
}

check("load: rows are inserted at once, and each has its result", async () => {
  const wanted = rows(1200);
  const results = await org.bulk2.loadAndWaitForResults({ object: "Lead", operation: "insert", input: wanted, ...POLLING });
  same([results.successfulResults.length, results.failedResults.length], [1200, 0], "counts");
  const names = (list) => list.map((row) => [row.LastName, row.Description]).sort();
  same(names(results.successfulResults), names(wanted), "rows");
  holds(results.successfulResults.every((row) => row.sf__Created === "true" && row.sf__Id.startsWith("00Q")), "sf__ columns");
});

check("load: bad rows fail alone, null empties a field", async () => {
  const results = await org.bulk2.loadAndWaitForResults({
    object: "Contact",
    operation: "insert",
    input: [{ LastName: "Js fine", Title: "T" }, { LastName: "", Title: "nobody" }],
    ...POLLING,
  });
  same([results.successfulResults.length, results.failedResults.length], [1, 1], "counts");
  same(results.failedResults[0].sf__Error, "REQUIRED_FIELD_MISSING:Required fields are missing: [LastName]:LastName --", "sf__Error");
  const id = results.successfulResults[0].sf__Id;
  await org.bulk2.loadAndWaitForResults({ object: "Contact", operation: "update", input: [{ Id: id, Title: null }], ...POLLING });
  same((await org.sobject("Contact").retrieve(id)).Title, null, "Title");
});

check("job: open, upload a stream, close, poll, results, delete", async () => {
  const job = org.bulk2.createJob({ object: "Lead", operation: "upsert", externalIdFieldName: "ZoomInfo_Id__c", lineEnding: "LF" });
  const opened = await job.open();
  same([opened.state, opened.object, opened.id.slice(0, 3)], ["Open", "Lead", "750"], "open");
  await job.uploadData(Readable.from(["ZoomInfo_Id__c,LastName,Company\n", "js-bulk-1,Streamed,x\n"]));
  await job.close();
  await job.poll(20, 60_000);
  const info = await job.check();
  same([info.state, info.numberRecordsProcessed, info.numberRecordsFailed], ["JobComplete", 1, 0], "check");
  const results = await job.getAllResults();
  same(results.successfulResults.map((row) => row.ZoomInfo_Id__c), ["js-bulk-1"], "results");
  same(results.unprocessedRecords.length, 0, "unprocessed");
  await job.delete();
  same((await refused(() => job.check())).errorCode, "NOT_FOUND", "deleted");
});

check("job: a failed job says why", async () => {
  const load = { object: "Lead", operation: "insert", input: [{ LastName: "x", Company: "x", Nope__c: "1" }], ...POLLING };
  const error = await refused(() => org.bulk2.loadAndWaitForResults(load));
  holds(error.message.includes("InvalidBatch : Field name not found : Nope__c"), error.message);
});

check("job: an open job is aborted", async () => {
  const job = org.bulk2.createJob({ object: "Lead", operation: "insert" });
  await job.open();
  await job.abort();
  same((await job.check()).state, "Aborted", "state");
});

check("query: every row as a record, through all pages", async () => {
  const records = await everything(`SELECT Id, LastName, Description FROM Lead WHERE Company = '${COMPANY}'`);
  same(records.map((row) => [row.LastName, row.Description]).sort(), rows(1200).map((row) => [row.LastName, row.Description]).sort(), "rows");
});

check("query: no rows are no records", async () => {
  same(await everything("SELECT Id FROM Lead WHERE LastName = 'nobody at all'"), [], "records");
});

check("query: SOQL errors come at once", async () => {
  same((await refused(() => everything("SELECT Nope FROM Lead"))).errorCode, "INVALID_FIELD", "field");
  same((await refused(() => everything("SELECT Id FROM Nope"))).errorCode, "INVALID_TYPE", "object");
});

check("query job: by its id, checked, read and deleted", async () => {
  const opened = await org.requestPost("/jobs/query", { operation: "query", query: `SELECT Id FROM Lead WHERE Company = '${COMPANY}'` });
  const job = org.bulk2.job("query", { id: opened.id });
  await job.poll(20, 60_000);
  same((await job.check()).numberRecordsProcessed, 1200, "processed");
  same((await (await job.result()).toArray()).length, 1200, "rows");
  await job.delete();
  same((await refused(() => job.check())).errorCode, "NOT_FOUND", "deleted");
});

check("query job: aborted while it runs", async () => {
  await control("jobs/hold", {});
  try {
    const opened = await org.requestPost("/jobs/query", { operation: "query", query: "SELECT Id FROM Lead" });
    const job = org.bulk2.job("query", { id: opened.id });
    await job.abort();
    same((await job.check()).state, "Aborted", "state");
  } finally {
    await control("jobs/release");
  }
});

check("delete: rows go, and scanAll finds them", async () => {
  const records = await everything(`SELECT Id FROM Lead WHERE Company = '${COMPANY}'`);
  const results = await org.bulk2.loadAndWaitForResults({ object: "Lead", operation: "delete", input: records.map(({ Id }) => ({ Id })), ...POLLING });
  same([results.successfulResults.length, results.failedResults.length], [1200, 0], "counts");
  same((await everything(`SELECT Id FROM Lead WHERE Company = '${COMPANY}'`)).length, 0, "query");
  same((await everything(`SELECT Id FROM Lead WHERE Company = '${COMPANY}'`, { scanAll: true })).length, 1200, "scanAll");
});

await run();
