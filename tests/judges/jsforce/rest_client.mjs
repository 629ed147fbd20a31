// jsforce against the REST API: describe, query and its pages, records, Collections, upsert, change feeds, limits.
// Sources: REST API Developer Guide; what jsforce sends and expects is in its own source.

import { connect, INSTANCE } from "./connection.mjs";
import { check, holds, refused, run, same } from "./verdict.mjs";

const org = connect();
const COMPANY = "Judge jsforce";
const leads = (count) => Array.from({ length: count }, (_, number) => ({ LastName: `Js ${String(number).padStart(4, "0")}`, Company: COMPANY }));

check("identity: who the token belongs to", async () => {
  const identity = await org.identity();
  same([identity.organization_id.slice(0, 3), identity.user_id.slice(0, 3)], ["00D", "005"], "ids");
  same([identity.username, identity.active, identity.user_type], [process.env.DEMO_USERNAME, true, "STANDARD"], "user");
  holds(identity.urls.rest.includes("{version}"), identity.urls.rest);
});

check("versions and resources are found", async () => {
  const versions = await org.request("/services/data");
  holds(versions.some((version) => version.version === "68.0"), JSON.stringify(versions).slice(0, 200));
  const resources = await org.request("/");
  same(resources.sobjects, "/services/data/v60.0/sobjects", "sobjects");
});

check("describe$ and describeGlobal$ answer, and again from the cache", async () => {
  const account = await org.describe$("Account");
  same([account.name, account.keyPrefix, account.custom], ["Account", "001", false], "Account");
  const again = org.describe$$("Account");
  same(again.fields.length, account.fields.length, "cached");
  const everything = await org.describeGlobal$();
  holds(everything.sobjects.some((object) => object.name === "Lead" && object.queryable), "Lead");
});

check("records are created, retrieved, updated and destroyed", async () => {
  const made = await org.sobject("Account").create({ Name: "Js & Sons", NumberOfEmployees: 3 });
  same([made.success, made.errors, made.id.length], [true, [], 18], "create");
  same((await org.sobject("Account").retrieve(made.id)).NumberOfEmployees, 3, "retrieve");
  same((await org.sobject("Account").update({ Id: made.id, Phone: "1" })).success, true, "update");
  same((await org.retrieve("Account", made.id, { fields: ["Phone"] })).Phone, "1", "value");
  same((await org.sobject("Account").destroy(made.id)).success, true, "destroy");
  const error = await refused(() => org.sobject("Account").retrieve(made.id));
  same(error.errorCode, "ENTITY_IS_DELETED", "retrieve of a deleted record");
});

check("refusals carry code, message and fields", async () => {
  const error = await refused(() => org.sobject("Lead").create({ LastName: "Nobody" }));
  same([error.name, error.errorCode], ["REQUIRED_FIELD_MISSING", "REQUIRED_FIELD_MISSING"], "code");
  same(error.message, "Required fields are missing: [Company]", "message");
  for (const [soql, code] of [
    ["SELECT Nope FROM Lead", "INVALID_FIELD"],
    ["SELECT Id FROM Nope", "INVALID_TYPE"],
    ["SELECT Id FORM Lead", "MALFORMED_QUERY"],
  ]) {
    same((await refused(() => org.query(soql))).errorCode, code, soql);
  }
});

check("arrays go through Collections, in order", async () => {
  const results = await org.sobject("Lead").create([...leads(2), { LastName: "Bad" }]);
  same(results.map((result) => result.success), [true, true, false], "create");
  same(results[2].errors[0].statusCode, "REQUIRED_FIELD_MISSING", "error");
  const ids = results.slice(0, 2).map((result) => result.id);
  const changed = await org.sobject("Lead").update(ids.map((Id, number) => ({ Id, Title: `T${number}` })));
  same(changed.map((result) => result.success), [true, true], "update");
  const found = await org.sobject("Lead").retrieve(ids);
  same(found.map((lead) => lead.Title), ["T0", "T1"], "retrieve");
  const gone = await org.sobject("Lead").destroy(ids);
  same(gone.map((result) => result.success), [true, true], "destroy");
});

check("more than 200 records are sent in several calls", async () => {
  const results = await org.sobject("Lead").create(leads(450), { allowRecursive: true });
  same(results.filter((result) => result.success).length, 450, "create");
  same(await org.sobject("Lead").count({ Company: COMPANY }), 450, "count");
});

check("upsert creates, then updates; arrays too", async () => {
  const contact = { LastName: "Js upsert", ZoomInfo_Id__c: "js-1" };
  const first = await org.sobject("Contact").upsert(contact, "ZoomInfo_Id__c");
  same([first.success, first.created], [true, true], "first");
  const second = await org.sobject("Contact").upsert({ ...contact, Title: "T" }, "ZoomInfo_Id__c");
  same([second.success, second.created, second.id], [true, false, first.id], "second");
  const both = await org.sobject("Contact").upsert([contact, { LastName: "Js new", ZoomInfo_Id__c: "js-2" }], "ZoomInfo_Id__c");
  same(both.map((result) => [result.success, result.created]), [[true, false], [true, true]], "array");
});

check("query: one page, then queryMore by its address", async () => {
  const soql = `SELECT Id, LastName FROM Lead WHERE Company = '${COMPANY}' ORDER BY LastName`;
  const first = await org.query(soql, { headers: { "Sforce-Query-Options": "batchSize=200" } });
  same([first.totalSize, first.done], [450, false], "first page");
  let page = first;
  const names = page.records.map((lead) => lead.LastName);
  while (!page.done) {
    page = await org.queryMore(page.nextRecordsUrl);
    names.push(...page.records.map((lead) => lead.LastName));
  }
  same(names, leads(450).map((lead) => lead.LastName), "all pages");
});

check("query: autoFetch follows the pages", async () => {
  const soql = `SELECT LastName FROM Lead WHERE Company = '${COMPANY}' ORDER BY LastName DESC`;
  const records = await org.query(soql, { headers: { "Sforce-Query-Options": "batchSize=200" } }).run({ autoFetch: true, maxFetch: 10000 });
  same(records.records?.length ?? records.length, 450, "records");
});

check("find: conditions, order, limit, related records", async () => {
  const account = await org.sobject("Account").create({ Name: "Js O'Hara" });
  await org.sobject("Contact").create([
    { LastName: "Js A", AccountId: account.id },
    { LastName: "Js B", AccountId: account.id },
  ]);
  const found = await org
    .sobject("Contact")
    .find({ "Account.Name": "Js O'Hara", LastName: { $like: "Js %" } }, ["Id", "LastName", "Account.Name"])
    .sort({ LastName: -1 })
    .limit(1);
  same(found.map((contact) => [contact.LastName, contact.Account.Name]), [["Js B", "Js O'Hara"]], "find");
  const parents = await org.sobject("Account").find({ Id: account.id }, "Name").include("Contacts").select("LastName").end();
  same(parents[0].Contacts.records.length, 2, "include");
  same(await org.sobject("Contact").count({ AccountId: account.id }), 2, "count");
  const one = await org.sobject("Contact").findOne({ AccountId: account.id, LastName: "Js A" });
  same(one.LastName, "Js A", "findOne");
});

check("query: scanAll finds deleted records, explain gives plans", async () => {
  const lead = await org.sobject("Lead").create({ LastName: "Js gone", Company: "x" });
  await org.sobject("Lead").destroy(lead.id);
  const soql = `SELECT Id FROM Lead WHERE Id = '${lead.id}'`;
  same((await org.query(soql)).totalSize, 0, "query");
  same((await org.query(soql, { scanAll: true })).totalSize, 1, "scanAll");
  const plan = await org.query("SELECT Id FROM Lead").explain();
  same(plan.plans[0].sobjectType, "Lead", "explain");
});

check("aggregates are grouped", async () => {
  const found = await org.query(`SELECT Company, COUNT(Id) n FROM Lead WHERE Company = '${COMPANY}' GROUP BY Company`);
  same([found.records[0].Company, found.records[0].n, found.records[0].attributes.type], [COMPANY, 450, "AggregateResult"], "group");
});

check("updated and deleted tell what changed", async () => {
  const account = await org.sobject("Account").create({ Name: "Js changed" });
  const gone = await org.sobject("Account").create({ Name: "Js deleted" });
  await org.sobject("Account").destroy(gone.id);
  const [start, end] = [new Date(Date.now() - 600_000), new Date(Date.now() + 120_000)];
  const updated = await org.sobject("Account").updated(start, end);
  holds(updated.ids.includes(account.id), "updated");
  const deleted = await org.sobject("Account").deleted(start, end);
  holds(deleted.deletedRecords.some((record) => record.id === gone.id), "deleted");
});

check("limits, and how much was used", async () => {
  const limits = await org.limits();
  holds(limits.DailyApiRequests.Max > 0 && limits.DailyApiRequests.Remaining > 0, JSON.stringify(limits.DailyApiRequests));
  same(org.limitInfo.apiUsage.limit, limits.DailyApiRequests.Max, "limitInfo");
  holds(org.limitInfo.apiUsage.used > 0, "used");
});

check("composite requests through request()", async () => {
  const answer = await org.requestPost("/composite", {
    allOrNone: true,
    compositeRequest: [
      { method: "POST", url: "/services/data/v60.0/sobjects/Account", referenceId: "a", body: { Name: "Js composed" } },
      { method: "POST", url: "/services/data/v60.0/sobjects/Contact", referenceId: "c", body: { LastName: "x", AccountId: "@{a.id}" } },
    ],
  });
  same(answer.compositeResponse.map((step) => step.httpStatusCode), [201, 201], "statuses");
  const batch = await org.requestPost("/composite/tree/Account", {
    records: [{ attributes: { type: "Account", referenceId: "t" }, Name: "Js tree" }],
  });
  same([batch.hasErrors, batch.results[0].referenceId], [false, "t"], "tree");
});

check("list views are listed, described and read", async () => {
  const { listviews } = await org.sobject("Lead").listviews();
  holds(listviews.length > 0, "no list views");
  const view = org.sobject("Lead").listview(listviews[0].id);
  holds((await view.describe()).query.toUpperCase().startsWith("SELECT "), "query");
  holds(Array.isArray((await view.results()).records), "results");
});

check("an expired token is renewed by the refresh function, and the call repeated", async () => {
  let renewals = 0;
  const expired = connect({
    accessToken: "00D000000000001!expired",
    refreshFn: (connection, done) => {
      renewals += 1;
      done(null, process.env.DEMO_ACCESS_TOKEN);
    },
  });
  same((await expired.query("SELECT Id FROM Account LIMIT 1")).totalSize, 1, "query");
  same(renewals, 1, "renewals");
  const hopeless = connect({ accessToken: "00D000000000001!expired" });
  same((await refused(() => hopeless.query("SELECT Id FROM Account LIMIT 1"))).errorCode, "INVALID_SESSION_ID", "without one");
  holds(INSTANCE.startsWith("http"), INSTANCE);
});

await run();
