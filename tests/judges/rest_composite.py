"""simple-salesforce against Composite, Composite Graph and sObject Tree.

Sources: REST API Developer Guide ("Composite", "Composite Subrequest Result", "Composite Graphs", "Composite Graph
Limits", "sObject Tree").
"""

from simple_salesforce.exceptions import SalesforceMalformedRequest

from connection import DATA, connect
from verdict import check, holds, refused, run, same

org = connect()


def step(reference, method, path, body=None, **more):
    request = {"referenceId": reference, "method": method, "url": DATA + path, **more}
    return {**request, "body": body} if body is not None else request


def composite(*steps, **options):
    answer = org.restful("composite", method="POST", json={"compositeRequest": list(steps), **options})
    for result in answer["compositeResponse"]:
        same(set(result), {"body", "httpHeaders", "httpStatusCode", "referenceId"}, "members")
    return answer["compositeResponse"]


def count(name, objects="Account"):
    return org.query(f"SELECT COUNT() FROM {objects} WHERE Name = '{name}'")["totalSize"]


def halted(result):
    same((result["httpStatusCode"], result["body"][0]["errorCode"]), (400, "PROCESSING_HALTED"), result["referenceId"])
    return result["body"][0]["message"]


@check
def steps_refer_to_steps():
    """composite: later steps use ids and values of earlier ones, and results come in order"""
    results = composite(
        step("refA", "POST", "/sobjects/Account", {"Name": "Composed"}),
        step("refC", "POST", "/sobjects/Contact", {"LastName": "Composed", "AccountId": "@{refA.id}"}),
        step("refG", "GET", "/sobjects/Account/@{refA.id}?fields=Name"),
        step("refQ", "GET", "/query?q=SELECT+Id,AccountId+FROM+Contact+WHERE+Id='@{refC.id}'"),
        step("refU", "PATCH", "/sobjects/Contact/@{refQ.records[0].Id}", {"Title": "@{refG.Name}"}),
    )
    same([result["referenceId"] for result in results], ["refA", "refC", "refG", "refQ", "refU"], "order")
    same([result["httpStatusCode"] for result in results], [201, 201, 200, 200, 204], "statuses")
    account, contact = (result["body"]["id"] for result in results[:2])
    same(results[0]["httpHeaders"]["Location"], f"{DATA}/sobjects/Account/{account}", "Location")
    same(results[3]["body"]["records"][0]["AccountId"], account, "query")
    same(results[4]["body"], None, "body of 204")
    same(org.Contact.get(contact)["Title"], "Composed", "value")


@check
def a_series_is_one_call():
    """composite: the whole series counts as one request"""
    org.query("SELECT Id FROM Account LIMIT 1")
    before = org.api_usage["api-usage"].used
    composite(*[step(f"r{number}", "GET", "/limits") for number in range(5)])
    same(org.api_usage["api-usage"].used, before + 1, "used")


@check
def one_failure_halts_all():
    """composite: with allOrNone nothing stays, and every other step is PROCESSING_HALTED"""
    results = composite(
        step("refA", "POST", "/sobjects/Account", {"Name": "Rolled back"}),
        step("refB", "POST", "/sobjects/Contact", {"Title": "Nameless", "AccountId": "@{refA.id}"}),
        step("refC", "POST", "/sobjects/Account", {"Name": "Rolled back"}),
        allOrNone=True,
    )
    wanted = "The transaction was rolled back since another operation in the same transaction failed."
    same((halted(results[0]), halted(results[2])), (wanted, wanted), "messages")
    same((results[1]["httpStatusCode"], results[1]["body"][0]["errorCode"]), (400, "REQUIRED_FIELD_MISSING"), "reason")
    same(count("Rolled back"), 0, "records")


@check
def a_failure_stops_its_followers():
    """composite: without allOrNone only those that need the failed step fail"""
    results = composite(
        step("refA", "POST", "/sobjects/Account", {"Phone": "1"}),
        step("refB", "POST", "/sobjects/Contact", {"LastName": "Orphan", "AccountId": "@{refA.id}"}),
        step("refC", "POST", "/sobjects/Account", {"Name": "Independent"}),
        step("refD", "GET", "/sobjects/Account/001000000000ABCAA1"),
    )
    same([result["httpStatusCode"] for result in results], [400, 400, 201, 404], "statuses")
    assert halted(results[1]).startswith("Invalid reference specified. No value for refA.id found in refA"), results[1]
    same(results[3]["body"][0]["errorCode"], "NOT_FOUND", "unknown record")
    same(count("Independent"), 1, "records")


@check
def a_rehearsal_leaves_nothing():
    """composite: a last step that fails on purpose undoes creation, update and deletion"""
    account = org.Account.create({"Name": "Rehearsed", "Phone": "before"})["id"]
    doomed = org.Account.create({"Name": "Rehearsed too"})["id"]
    composite(
        step("refA", "PATCH", f"/sobjects/Account/{account}", {"Phone": "after"}),
        step("refB", "DELETE", f"/sobjects/Account/{doomed}"),
        step("refC", "PATCH", "/sobjects/Account/ZoomInfo_Id__c/rehearsed", {"Name": "Rehearsed three"}),
        step("refD", "POST", "/sobjects/Contact", {}),
        allOrNone=True,
    )
    same(org.Account.get(account)["Phone"], "before", "update undone")
    same(org.Account.get(doomed)["Name"], "Rehearsed too", "deletion undone")
    same(count("Rehearsed three"), 0, "upsert undone")


@check
def collections_are_steps():
    """composite: a step may be a Collections call, and its results can be referred to"""
    record = lambda name: {"attributes": {"type": "Account"}, "Name": name}
    results = composite(
        step("refA", "POST", "/composite/sobjects", {"records": [record("Stepped 1"), record("Stepped 2")]}),
        step("refB", "GET", "/sobjects/Account/@{refA[1].id}?fields=Name"),
    )
    same([result["httpStatusCode"] for result in results], [200, 200], "statuses")
    same(results[1]["body"]["Name"], "Stepped 2", "reference")


@check
def bad_series_are_refused():
    """composite: more than 25 steps, a missing, doubled or misspelt referenceId refuse the whole series"""
    save = lambda reference: step(reference, "POST", "/sobjects/Account", {"Name": "Never composed"})
    nameless = save("x")
    del nameless["referenceId"]
    for what, steps in {
        "26": [save(f"r{number}") for number in range(26)],
        "missing": [save("a"), nameless],
        "doubled": [save("a"), save("a")],
        "misspelt": [save("a-b")],
    }.items():
        try:
            answer = composite(*steps)
        except SalesforceMalformedRequest:
            continue
        raise AssertionError(f"{what}: {answer!r:.200}")
    same(count("Never composed"), 0, "records")


def graph(name, *steps):
    return {"graphId": name, "compositeRequest": list(steps)}


def graphs(*wanted):
    return org.restful("composite/graph", method="POST", json={"graphs": list(wanted)})["graphs"]


@check
def graphs_stand_alone():
    """graph: each graph is all or none, and does not touch the others"""
    good, bad = graphs(
        graph(
            "good",
            step("a", "POST", "/sobjects/Account", {"Name": "Graph good"}),
            step("c", "POST", "/sobjects/Contact", {"LastName": "Graph good", "AccountId": "@{a.id}"}),
        ),
        graph(
            "bad",
            step("a", "POST", "/sobjects/Account", {"Name": "Graph bad"}),
            step("c", "POST", "/sobjects/Contact", {"AccountId": "@{a.id}"}),
        ),
    )
    same((good["graphId"], good["isSuccessful"], bad["graphId"], bad["isSuccessful"]), ("good", True, "bad", False), "graphs")
    responses = good["graphResponse"]["compositeResponse"]
    same([response["httpStatusCode"] for response in responses], [201, 201], "good")
    contact = org.Contact.get(responses[1]["body"]["id"])
    same(contact["AccountId"], responses[0]["body"]["id"], "reference")
    codes = {
        response["referenceId"]: response["body"][0]["errorCode"] for response in bad["graphResponse"]["compositeResponse"]
    }
    same(codes, {"a": "PROCESSING_HALTED", "c": "REQUIRED_FIELD_MISSING"}, "bad")
    same((count("Graph good"), count("Graph bad")), (1, 0), "records")


@check
def graphs_are_limited():
    """graph: 500 nodes at most in all, 75 graphs at most"""
    node = lambda number: step(f"n{number}", "POST", "/sobjects/Account", {"Name": "Never drawn"})
    refused(SalesforceMalformedRequest, lambda: graphs(graph("g", *[node(number) for number in range(501)])))
    refused(SalesforceMalformedRequest, lambda: graphs(*[graph(f"g{number}", node(0)) for number in range(76)]))
    same(count("Never drawn"), 0, "records")


def tree(records, name="Account"):
    return org.restful(f"composite/tree/{name}", method="POST", json={"records": records})


def branch(reference, name="Account", **values):
    return {"attributes": {"type": name, "referenceId": reference}, **values}


@check
def trees_are_planted():
    """tree: nested records are saved with their parents, and each has a result"""
    contacts = [branch("c1", "Contact", LastName="Leaf 1"), branch("c2", "Contact", LastName="Leaf 2")]
    answer = tree([branch("a1", Name="Tree 1", Contacts={"records": contacts}), branch("a2", Name="Tree 2")])
    same(answer["hasErrors"], False, "hasErrors")
    ids = {result["referenceId"]: result["id"] for result in answer["results"]}
    same({reference: found[:3] for reference, found in ids.items()}, {"a1": "001", "c1": "003", "c2": "003", "a2": "001"}, "ids")
    same(org.Contact.get(ids["c2"])["AccountId"], ids["a1"], "parent")


@check
def bad_trees_are_not_planted():
    """tree: one bad record plants none; the result names it alone"""
    contacts = [branch("c1", "Contact", LastName="Leaf"), branch("c2", "Contact", Email="nobody")]
    error = refused(SalesforceMalformedRequest, lambda: tree([branch("a1", Name="Bad tree", Contacts={"records": contacts})]))
    same(error.content["hasErrors"], True, "hasErrors")
    same([result["referenceId"] for result in error.content["results"]], ["c2"], "results")
    holds(error.content["results"][0]["errors"][0], ["statusCode", "message", "fields"], "error")
    same(error.content["results"][0]["errors"][0]["statusCode"] in ("REQUIRED_FIELD_MISSING", "INVALID_EMAIL_ADDRESS"), True, "code")
    same(count("Bad tree"), 0, "records")


@check
def big_trees_are_refused():
    """tree: 200 records at most in all"""
    records = [branch(f"a{number}", Name="Never planted") for number in range(201)]
    refused(SalesforceMalformedRequest, lambda: tree(records))
    same(count("Never planted"), 0, "records")


run()
