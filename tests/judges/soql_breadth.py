"""simple-salesforce against SOQL: comparisons, dates, relationships, aggregates, order, FIELDS(), labels, plans, errors.

Sources: SOQL and SOSL Reference ("Comparison Operators", "Date Formats and Date Literals", "Relationship Queries",
"Aggregate Functions", "ORDER BY", "FIELDS()", "toLabel()", "Quoted String Escape Sequences", "USING SCOPE"), REST API
Developer Guide ("Query", "QueryAll", "Query Performance Feedback").
"""

from datetime import datetime, timedelta, timezone

from simple_salesforce import format_soql

from connection import DATA, bad_request, connect, http
from verdict import check, holds, run, same

org = connect()
kept = {}


def plant():
    """Four accounts with three contacts between them, and two deals."""
    body = [
        ("Alpha", {"Industry": "Technology", "AnnualRevenue": 100, "NumberOfEmployees": 10, "Rating": "Hot"}),
        ("beta", {"Industry": "Technology", "AnnualRevenue": 200, "NumberOfEmployees": 20}),
        ("Gamma", {"Industry": "Banking", "AnnualRevenue": 300}),
        ("delta", {"NumberOfEmployees": 5}),
    ]
    for name, values in body:
        kept[name] = org.Account.create({"Name": f"Soql {name}", "Site": "Soql", **values})["id"]
    for name, account in [("One", "Alpha"), ("Two", "Alpha"), ("Three", "beta"), ("Four", None)]:
        values = {"LastName": f"Soql {name}", "Department": "Soql"}
        kept[name] = org.Contact.create({**values, **({"AccountId": kept[account]} if account else {})})["id"]
    for name, day, amount in [("Deal 1", "2025-03-01", 10), ("Deal 2", "2026-07-15", 30), ("Deal 3", "2026-08-01", None)]:
        deal = {"Name": f"Soql {name}", "StageName": "Prospecting", "CloseDate": day, "Amount": amount}
        kept[name] = org.Opportunity.create({**deal, "AccountId": kept["Alpha"]})["id"]


def names(condition, more="", objects="Account"):
    text = f"SELECT Name FROM {objects} WHERE {condition} {more}"
    return [row["Name"].removeprefix("Soql ") for row in org.query(text)["records"]]


def some(condition):
    return sorted(names(f"Site = 'Soql' AND ({condition})"))


def deals(condition):
    return sorted(names(f"Name LIKE 'Soql Deal%' AND {condition}", objects="Opportunity"))


def row(text):
    answer = org.query(text)
    same((answer["totalSize"], answer["done"]), (1, True), "one row")
    return answer["records"][0]


@check
def the_answer_has_its_shape():
    """query: totalSize, done, records with type and address; fields in the schema's case, ids of 18 characters"""
    plant()
    answer = org.query(f"select id, NAME, annualrevenue from account where ID = '{kept['Alpha'][:15]}'")
    same(set(answer), {"totalSize", "done", "records"}, "members")
    wanted = {
        "attributes": {"type": "Account", "url": f"{DATA}/sobjects/Account/{kept['Alpha']}"},
        "Id": kept["Alpha"],
        "Name": "Soql Alpha",
        "AnnualRevenue": 100.0,
    }
    same(dict(answer["records"][0]), wanted, "record")
    same(list(answer["records"][0])[1:], ["Id", "Name", "AnnualRevenue"], "order of fields")


@check
def values_are_compared():
    """WHERE: = != < <= > >=, numbers, texts without regard to case, null and booleans"""
    for condition, wanted in [
        ("AnnualRevenue > 100", ["Gamma", "beta"]),
        ("AnnualRevenue >= 100 AND AnnualRevenue < 300", ["Alpha", "beta"]),
        ("AnnualRevenue <= 150.5", ["Alpha"]),
        ("AnnualRevenue != 100", ["Gamma", "beta", "delta"]),
        ("Industry = 'TECHNOLOGY'", ["Alpha", "beta"]),
        ("Industry != 'Technology'", ["Gamma", "delta"]),
        ("Industry <> null", ["Alpha", "Gamma", "beta"]),
        ("Rating = null", ["Gamma", "beta", "delta"]),
        ("Rating = ''", ["Gamma", "beta", "delta"]),
        ("IsDeleted = false", ["Alpha", "Gamma", "beta", "delta"]),
        ("Name > 'Soql b' AND Name < 'Soql e'", ["beta", "delta"]),
        ("NumberOfEmployees = 10", ["Alpha"]),
    ]:
        same(some(condition), wanted, condition)


@check
def conditions_are_joined():
    """WHERE: AND, OR, NOT with parentheses; mixed without them they are MALFORMED_QUERY"""
    for condition, wanted in [
        ("Industry = 'Banking' OR (AnnualRevenue > 50 AND Rating = 'Hot')", ["Alpha", "Gamma"]),
        ("NOT Industry = 'Technology'", ["Gamma", "delta"]),
        ("NOT (Industry = 'Technology' OR Industry = null)", ["Gamma"]),
        ("(NOT Name LIKE '%a') AND Name != null", []),
    ]:
        same(some(condition), wanted, condition)
    mixed = "SELECT Id FROM Account WHERE Rating = 'Hot' AND Industry = 'x' OR Site = 'Soql'"
    bad_request("MALFORMED_QUERY", lambda: org.query(mixed))


@check
def lists_are_searched():
    """WHERE: IN and NOT IN, for texts, numbers and ids of either length"""
    for condition, wanted in [
        ("Name IN ('soql alpha', 'Soql Gamma', 'nobody')", ["Alpha", "Gamma"]),
        ("NumberOfEmployees IN (10, 5)", ["Alpha", "delta"]),
        (f"Id IN ('{kept['Alpha'][:15]}', '{kept['beta']}')", ["Alpha", "beta"]),
        ("Name NOT IN ('Soql Alpha', 'Soql beta')", ["Gamma", "delta"]),
    ]:
        same(some(condition), wanted, condition)


@check
def patterns_are_matched():
    """WHERE: LIKE with % and _, without regard to case, and with both escaped"""
    for condition, wanted in [
        ("Name LIKE 'soql %a'", ["Alpha", "Gamma", "beta", "delta"]),
        ("Name LIKE 'Soql _e%'", ["beta", "delta"]),
        ("Name LIKE 'Soql'", []),
        ("NOT Name LIKE '%eta'", ["Alpha", "Gamma", "delta"]),
    ]:
        same(some(condition), wanted, condition)
    org.Account.create({"Name": "Pattern 50%_x"})
    org.Account.create({"Name": "Pattern 50ab_x"})
    same(len(names(r"Name LIKE 'Pattern 50\%\_x'")), 1, "escaped")
    same(len(names("Name LIKE 'Pattern 50%_x'")), 2, "not escaped")


@check
def texts_are_escaped():
    """strings: what the client escapes is found exactly; an unknown escape is refused"""
    name = "O'Hara \\ 50%_\"x\" žluť"
    account = org.Account.create({"Name": name})["id"]
    same(org.query(format_soql("SELECT Id FROM Account WHERE Name = {}", name))["records"][0]["Id"], account, "=")
    pattern = format_soql("SELECT Id FROM Account WHERE Name LIKE '%{:like}%'", "50%_\"")
    same(org.query(pattern)["totalSize"], 1, "LIKE")
    same(org.query(r"SELECT Id FROM Account WHERE Name LIKE '%\u017elu\u0165'")["totalSize"], 1, "unicode")
    lines = org.Contact.create({"LastName": "Lines", "MailingStreet": "one\ntwo"})["id"]
    same(org.query(r"SELECT Id FROM Contact WHERE MailingStreet = 'one\ntwo'")["records"][0]["Id"], lines, "newline")
    bad_request("MALFORMED_QUERY", lambda: org.query(r"SELECT Id FROM Account WHERE Name = '\q'"))


@check
def days_are_compared():
    """dates: days, moments with offset, and relative literals"""
    for condition, wanted in [
        ("CloseDate = 2026-07-15", ["Deal 2"]),
        ("CloseDate > 2025-03-01", ["Deal 2", "Deal 3"]),
        ("CloseDate < 2026-01-01", ["Deal 1"]),
        ("CreatedDate = TODAY", ["Deal 1", "Deal 2", "Deal 3"]),
        ("CreatedDate < TODAY", []),
        ("CreatedDate > YESTERDAY", ["Deal 1", "Deal 2", "Deal 3"]),
        ("CreatedDate = LAST_N_DAYS:1", ["Deal 1", "Deal 2", "Deal 3"]),
        ("CreatedDate = THIS_WEEK AND CreatedDate = THIS_MONTH AND CreatedDate = THIS_YEAR", ["Deal 1", "Deal 2", "Deal 3"]),
        ("CreatedDate = TOMORROW", []),
        ("CreatedDate = LAST_MONTH", []),
        ("CreatedDate > NEXT_90_DAYS", []),
        ("CreatedDate = THIS_QUARTER", ["Deal 1", "Deal 2", "Deal 3"]),
    ]:
        same(deals(condition), wanted, condition)
    now = datetime.now(timezone.utc)
    earlier, later = ((now + timedelta(hours=shift)).strftime("%Y-%m-%dT%H:%M:%S") for shift in (-1, 1))
    same(len(deals(f"CreatedDate > {earlier}Z AND CreatedDate < {later}Z")), 3, "moments")
    same(len(deals(f"CreatedDate > {earlier}.000+00:00")), 3, "offset")
    same(len(deals(f"CreatedDate < {earlier}.000Z")), 0, "before")


@check
def literals_follow_the_calendar():
    """dates: literals relative to today match the days that the calendar gives"""
    today = datetime.now(timezone.utc).date()
    month, year = today.replace(day=1), today.replace(month=1, day=1)
    days = {
        "TODAY": today,
        "YESTERDAY": today - timedelta(days=1),
        "TOMORROW": today + timedelta(days=1),
        "LAST_MONTH": month - timedelta(days=1),
        "NEXT_MONTH": (month + timedelta(days=32)).replace(day=1),
        "LAST_YEAR": year - timedelta(days=1),
        "NEXT_YEAR": year.replace(year=year.year + 1),
        "LAST_N_DAYS:5": today - timedelta(days=5),
        "NEXT_N_DAYS:5": today + timedelta(days=5),
        "LAST_WEEK": today - timedelta(days=7),
        "NEXT_WEEK": today + timedelta(days=7),
        "LAST_N_MONTHS:1": month - timedelta(days=1),
        "NEXT_N_YEARS:1": year.replace(year=year.year + 1),
    }
    for literal, day in days.items():
        deal = {"Name": f"Soql day {literal}", "StageName": "Prospecting", "CloseDate": day.isoformat()}
        org.Opportunity.create(deal)
    for literal in days:
        found = names(f"CloseDate = {literal}", objects="Opportunity")
        holds(found, [f"day {literal}"], literal)
        far = {"day TODAY": ("LAST_MONTH", "LAST_YEAR", "NEXT_YEAR", "TOMORROW"), "day TOMORROW": ("YESTERDAY", "TODAY")}
        for other, wrong in far.items():
            assert literal not in wrong or other not in found, f"{literal} finds {other}"


@check
def joins_are_half():
    """WHERE: semi-joins and anti-joins, by id and by reference"""
    inner = "SELECT AccountId FROM Contact WHERE Department = 'Soql'"
    same(some(f"Id IN ({inner})"), ["Alpha", "beta"], "semi")
    same(some(f"Id NOT IN ({inner} AND AccountId != null)"), ["Gamma", "delta"], "anti")
    text = "AccountId IN (SELECT Id FROM Account WHERE Site = 'Soql' AND Rating = 'Hot')"
    same(sorted(names(text, objects="Contact")), ["One", "Two"], "reference")


@check
def parents_are_read():
    """relationships: parents in SELECT, WHERE and ORDER BY, over several steps; no parent is null"""
    text = "SELECT Name, Account.Name, Account.Owner.Profile.Name, Owner.Name FROM Contact WHERE Id = '{}'"
    found = row(text.format(kept["One"]))
    same((found["Account"]["Name"], found["Owner"]["Name"]), ("Soql Alpha", "Demo Admin"), "one step")
    same(found["Account"]["Owner"]["Profile"]["Name"], "System Administrator", "three steps")
    same(found["Account"]["attributes"]["type"], "Account", "type of the parent")
    same(row(text.format(kept["Four"]))["Account"], None, "no parent")
    same(sorted(names("Account.Industry = 'Technology' AND Account.Site = 'Soql'", objects="Contact")), ["One", "Three", "Two"], "WHERE")
    order = names("Department = 'Soql' AND AccountId != null", "ORDER BY Account.Name DESC, Name", "Contact")
    same(order, ["Three", "One", "Two"], "ORDER BY")
    same(names("Account.Name = null AND Department = 'Soql'", objects="Contact"), ["Four"], "null")


@check
def pointers_of_any_kind_are_read():
    """relationships: who a task is about, whatever that is"""
    task = org.Task.create({"Subject": "Soql task", "WhoId": kept["One"], "WhatId": kept["Alpha"]})["id"]
    found = row(f"SELECT Who.Name, Who.Type, What.Name, What.Type FROM Task WHERE Id = '{task}'")
    same((found["Who"]["Name"], found["Who"]["Type"]), ("Soql One", "Contact"), "Who")
    same((found["What"]["Name"], found["What"]["Type"]), ("Soql Alpha", "Account"), "What")
    same(org.query(f"SELECT Id FROM Task WHERE Who.Type = 'Contact' AND Id = '{task}'")["totalSize"], 1, "WHERE")


@check
def children_are_read():
    """relationships: children with their own WHERE, ORDER BY and LIMIT; none is null"""
    inner = "SELECT LastName FROM Contacts WHERE Department = 'Soql' ORDER BY LastName DESC"
    found = row(f"SELECT Name, ({inner}), (SELECT Id FROM ChildAccounts) FROM Account WHERE Id = '{kept['Alpha']}'")
    contacts = found["Contacts"]
    same((contacts["totalSize"], contacts["done"]), (2, True), "children")
    same([child["LastName"] for child in contacts["records"]], ["Soql Two", "Soql One"], "order")
    same(contacts["records"][0]["attributes"]["type"], "Contact", "type")
    same(found["ChildAccounts"], None, "no children")
    limited = row(f"SELECT ({inner} LIMIT 1) FROM Account WHERE Id = '{kept['Alpha']}'")
    same(len(limited["Contacts"]["records"]), 1, "LIMIT")


@check
def rows_are_counted():
    """aggregates: COUNT() alone has no records; COUNT(field) is expr0"""
    answer = org.query("SELECT COUNT() FROM Account WHERE Site = 'Soql'")
    same((answer["totalSize"], answer["records"], answer["done"]), (4, [], True), "COUNT()")
    found = row("SELECT COUNT(Id), COUNT(AnnualRevenue), COUNT_DISTINCT(Industry) FROM Account WHERE Site = 'Soql'")
    same(found["attributes"]["type"], "AggregateResult", "type")
    same((found["expr0"], found["expr1"], found["expr2"]), (4, 3, 2), "counts")


@check
def numbers_are_summed():
    """aggregates: SUM, AVG, MIN and MAX, with alias, ignoring null"""
    found = row("SELECT SUM(AnnualRevenue) total, AVG(AnnualRevenue), MIN(Name) first, MAX(NumberOfEmployees) m FROM Account WHERE Site = 'Soql'")
    same((found["total"], found["expr0"], found["m"]), (600, 200, 20), "numbers")
    same(found["first"], "Soql Alpha", "text")
    days = row("SELECT MIN(CloseDate) a, MAX(CloseDate) b FROM Opportunity WHERE Name LIKE 'Soql Deal%'")
    same((days["a"], days["b"]), ("2025-03-01", "2026-08-01"), "days")
    none = row("SELECT SUM(AnnualRevenue) s, COUNT(Id) c FROM Account WHERE Name = 'nobody'")
    same((none["s"], none["c"]), (None, 0), "of nothing")


@check
def rows_are_grouped():
    """aggregates: GROUP BY with null groups, HAVING, order by an aggregate, parents and years"""
    found = org.query("SELECT Industry, COUNT(Id) n FROM Account WHERE Site = 'Soql' GROUP BY Industry ORDER BY COUNT(Id) DESC, Industry NULLS LAST")
    same([(one["Industry"], one["n"]) for one in found["records"]], [("Technology", 2), ("Banking", 1), (None, 1)], "groups")
    found = org.query("SELECT Industry FROM Account WHERE Site = 'Soql' GROUP BY Industry HAVING COUNT(Id) > 1")
    same([one["Industry"] for one in found["records"]], ["Technology"], "HAVING")
    found = org.query("SELECT Account.Name, COUNT(Id) n FROM Contact WHERE Department = 'Soql' AND AccountId != null GROUP BY Account.Name ORDER BY Account.Name")
    same([(one["Name"], one["n"]) for one in found["records"]], [("Soql Alpha", 2), ("Soql beta", 1)], "parents")
    found = org.query("SELECT CALENDAR_YEAR(CloseDate) y, SUM(Amount) s FROM Opportunity WHERE Name LIKE 'Soql Deal%' GROUP BY CALENDAR_YEAR(CloseDate) ORDER BY CALENDAR_YEAR(CloseDate)")
    same([(one["y"], one["s"]) for one in found["records"]], [(2025, 10), (2026, 30)], "years")


@check
def groups_have_rules():
    """aggregates: a field that is neither grouped nor aggregated is MALFORMED_QUERY"""
    text = "SELECT Industry, COUNT(Id) FROM Account"
    bad_request("MALFORMED_QUERY", lambda: org.query(text), "Field must be grouped or aggregated: Industry")
    text = "SELECT Name, Industry FROM Account GROUP BY Industry"
    bad_request("MALFORMED_QUERY", lambda: org.query(text), "Field must be grouped or aggregated: Name")


@check
def rows_are_ordered():
    """ORDER BY: without regard to case, null where asked for and first by default, several fields"""
    order = lambda more: names("Site = 'Soql'", f"ORDER BY {more}")
    same(order("Name"), ["Alpha", "beta", "delta", "Gamma"], "ASC")
    same(order("Name DESC"), ["Gamma", "delta", "beta", "Alpha"], "DESC")
    same(order("AnnualRevenue"), ["delta", "Alpha", "beta", "Gamma"], "default")
    same(order("AnnualRevenue ASC NULLS LAST"), ["Alpha", "beta", "Gamma", "delta"], "NULLS LAST")
    same(order("AnnualRevenue DESC NULLS FIRST"), ["delta", "Gamma", "beta", "Alpha"], "NULLS FIRST")
    same(order("Industry NULLS LAST, AnnualRevenue DESC"), ["Gamma", "beta", "Alpha", "delta"], "two fields")


@check
def rows_are_cut_out():
    """LIMIT and OFFSET; more than 2,000 is NUMBER_OUTSIDE_VALID_RANGE"""
    same(names("Site = 'Soql'", "ORDER BY Name LIMIT 2"), ["Alpha", "beta"], "LIMIT")
    same(names("Site = 'Soql'", "ORDER BY Name LIMIT 2 OFFSET 1"), ["beta", "delta"], "OFFSET")
    same(names("Site = 'Soql'", "ORDER BY Name OFFSET 3"), ["Gamma"], "OFFSET alone")
    text = "SELECT Id FROM Account OFFSET 2001"
    bad_request("NUMBER_OUTSIDE_VALID_RANGE", lambda: org.query(text), "Maximum SOQL offset allowed is 2000")


@check
def fields_come_in_groups():
    """FIELDS(): ALL, CUSTOM and STANDARD; unbounded only with LIMIT 200, and no field twice"""
    every = {field["name"] for field in org.Account.describe()["fields"]}
    everything = set(row(f"SELECT FIELDS(ALL) FROM Account WHERE Id = '{kept['Alpha']}' LIMIT 200")) - {"attributes"}
    same(every - everything, set(), "ALL")
    custom = set(row(f"SELECT FIELDS(CUSTOM) FROM Account WHERE Id = '{kept['Alpha']}' LIMIT 1")) - {"attributes"}
    assert "ZoomInfo_Id__c" in custom and all(name.endswith("__c") for name in custom), custom
    standard = set(row(f"SELECT FIELDS(STANDARD) FROM Account WHERE Id = '{kept['Alpha']}'")) - {"attributes"}
    same(standard | custom, everything, "STANDARD")
    mixed = row(f"SELECT Name, FIELDS(CUSTOM) FROM Account WHERE Id = '{kept['Alpha']}' LIMIT 1")
    same(mixed["Name"], "Soql Alpha", "with others")
    limit = "The SOQL FIELDS function must have a LIMIT of at most 200"
    for text in ("SELECT FIELDS(ALL) FROM Account", "SELECT FIELDS(CUSTOM) FROM Account LIMIT 201"):
        bad_request("MALFORMED_QUERY", lambda: org.query(text), limit)
    text = "SELECT Id, FIELDS(STANDARD) FROM Account"
    bad_request("INVALID_FIELD", lambda: org.query(text), "duplicate field selected: Id")


@check
def labels_are_told():
    """toLabel(): picklist labels, under the field's name or an alias"""
    same(row(f"SELECT toLabel(Industry) FROM Account WHERE Id = '{kept['Alpha']}'")["Industry"], "Technology", "name")
    both = row(f"SELECT Industry, toLabel(Industry) shown FROM Account WHERE Id = '{kept['Alpha']}'")
    same((both["Industry"], both["shown"]), ("Technology", "Technology"), "alias")
    same(some("toLabel(Industry) = 'Banking'"), ["Gamma"], "WHERE")


@check
def a_scope_is_used():
    """USING SCOPE: mine and everything"""
    scoped = lambda scope: org.query(f"SELECT Id FROM Account USING SCOPE {scope} WHERE Site = 'Soql'")["totalSize"]
    same((scoped("mine"), scoped("everything")), (4, 4), "own records")
    other = org.query("SELECT COUNT() FROM Account USING SCOPE mine")["totalSize"]
    assert other < org.query("SELECT COUNT() FROM Account")["totalSize"], "mine is everything"


@check
def aliases_and_spaces():
    """syntax: an alias of the object, line breaks, keywords in any case"""
    text = f"select\n\ta.Name\n  From Account a\nwhere a.Id = '{kept['beta']}'\n limit 1"
    same(row(text)["Name"], "Soql beta", "alias")


@check
def deleted_rows_are_found():
    """queryAll: finds what was deleted, and says so"""
    gone = org.Account.create({"Name": "Soql gone"})["id"]
    org.Account.delete(gone)
    text = "SELECT Id, IsDeleted FROM Account WHERE Name = 'Soql gone'"
    same(org.query(text)["totalSize"], 0, "query")
    same([one["IsDeleted"] for one in org.query_all(text, include_deleted=True)["records"]], [True], "queryAll")
    only = org.query("SELECT Name FROM Account WHERE IsDeleted = true AND Site = 'Soql'", include_deleted=True)
    same(only["totalSize"], 0, "others")


@check
def plans_are_told():
    """explain: plans with cost and cardinality instead of records"""
    answer = org.restful("query/", params={"explain": "SELECT Id FROM Account WHERE Name = 'x'"})
    keys = "cardinality fields leadingOperationType notes relativeCost sobjectCardinality sobjectType".split()
    for plan in answer["plans"]:
        holds(plan, keys, "plan")
    same(answer["plans"][0]["sobjectType"], "Account", "object")


@check
def columns_are_told():
    """columns=true: the columns of the answer instead of its records, parents and children as joins"""
    ask = lambda text: org.restful("query", params={"q": text, "columns": "true"})
    answer = ask("SELECT Id, Owner.Name, AnnualRevenue, (SELECT LastName FROM Contacts) FROM Account")
    same((answer["entityName"], answer["keyPrefix"], answer["idSelected"], answer["groupBy"]), ("Account", "001", True, False), "head")
    keys = """aggregate apexType booleanType columnName custom displayName foreignKeyName insertable joinColumns numberType
    textType updatable"""
    for column in answer["columnMetadata"]:
        holds(column, keys.split(), "column")
    found = [(column["columnName"], column["aggregate"], [join["columnName"] for join in column["joinColumns"]]) for column in answer["columnMetadata"]]
    wanted = [("Id", False, []), ("Owner", False, ["Name"]), ("AnnualRevenue", False, []), ("Contacts", True, ["LastName"])]
    same(found, wanted, "columns")
    answer = ask("SELECT Industry, COUNT(Id), MAX(Name) last FROM Account GROUP BY Industry")
    found = [(column["columnName"], column["aggregate"]) for column in answer["columnMetadata"]]
    same(found, [("Industry", False), ("expr0", True), ("last", True)], "groups")


@check
def bad_queries_say_where():
    """errors: code, excerpt, row and column, and what is wrong"""
    wanted = "\nSELECT Foo FROM Account\n       ^\nERROR at Row:1:Column:8\nNo such column 'Foo' on entity 'Account'."
    error = bad_request("INVALID_FIELD", lambda: org.query("SELECT Foo FROM Account"))
    same(error["message"][: len(wanted)], wanted, "message")
    for text, code, says in [
        ("SELECT Id, Account.Foo FROM Contact", "INVALID_FIELD", "No such column 'Foo' on entity 'Account'"),
        ("SELECT Id FROM Account WHERE Foo = 1", "INVALID_FIELD", "No such column 'Foo' on entity 'Account'"),
        ("SELECT Id FROM Account ORDER BY Foo", "INVALID_FIELD", "No such column 'Foo' on entity 'Account'"),
        ("SELECT Foo.Name FROM Contact", "INVALID_FIELD", "Didn't understand relationship 'Foo' in field path"),
        ("SELECT Id FROM Nope", "INVALID_TYPE", "sObject type 'Nope' is not supported"),
        ("SELECT (SELECT Id FROM Foos) FROM Account", "INVALID_TYPE", "Didn't understand relationship 'Foos' in FROM part of query call"),
        ("SELECT Id FROM Account WHERE Description = 'x'", "INVALID_FIELD", "can not be filtered in a query call"),
        ("SELECT Id FORM Lead", "MALFORMED_QUERY", "unexpected token: "),
        ("SELECT Id FROM Lead WHERE", "MALFORMED_QUERY", "unexpected token: "),
        ("SELECT FROM Lead", "MALFORMED_QUERY", "unexpected token: "),
        ("SELECT Id FROM Lead WHERE Name = 'x", "MALFORMED_QUERY", ""),
        ("SELECT Id, FROM Lead", "MALFORMED_QUERY", "unexpected token: "),
        ("SELECT Id FROM Lead LIMIT x", "MALFORMED_QUERY", ""),
        ("DELETE FROM Lead", "MALFORMED_QUERY", "unexpected token: "),
        ("SELECT * FROM Lead", "MALFORMED_QUERY", "unexpected token: "),
    ]:
        bad_request(code, lambda: org.query(text), says)


@check
def values_have_the_fields_type():
    """errors: a quoted number or day, and a day where a moment belongs, are INVALID_FIELD"""
    for condition, kind in [
        ("AnnualRevenue = '5'", "double"),
        ("CreatedDate = '2026-01-01'", "dateTime"),
        ("CreatedDate > 2026-01-01", "dateTime"),
        ("LastActivityDate = 'today'", "date"),
        ("IsDeleted = 'false'", "boolean"),
    ]:
        says = f"must be of type {kind} and should not be enclosed in quotes"
        bad_request("INVALID_FIELD", lambda: org.query(f"SELECT Id FROM Account WHERE {condition}"), says)


@check
def ids_have_a_form():
    """errors: an id of nonsense in a filter is INVALID_QUERY_FILTER_OPERATOR, an unknown locator INVALID_QUERY_LOCATOR"""
    text = "SELECT Id FROM Account WHERE Id = 'nonsense'"
    bad_request("INVALID_QUERY_FILTER_OPERATOR", lambda: org.query(text), "invalid ID field: nonsense")
    bad_request("INVALID_QUERY_LOCATOR", lambda: org.query_more("01g000000000000AAA-2000"))
    same(http("GET", f"{DATA}/query").status_code, 400, "no query at all")


run()
