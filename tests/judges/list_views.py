"""simple-salesforce against list views: the list, their description, their query and their results.

Sources: REST API Developer Guide ("List Views", "List View Describe", "List View Results"), Object Reference
("ListView").
"""

from connection import DATA, connect, http, refused_with
from verdict import check, holds, run, same

org = connect()


def views(name):
    answer = org.restful(f"sobjects/{name}/listviews")
    same((answer["done"], answer["sobjectType"], answer["size"]), (True, name, len(answer["listviews"])), "head")
    return answer["listviews"]


def read(url, **parameters):
    answer = http("GET", url, params=parameters)
    same(answer.status_code, 200, url)
    return answer.json()


@check
def views_are_listed():
    """list: id, names, addresses, and whether SOQL can do it"""
    for name in ("Account", "Contact", "Lead"):
        found = views(name)
        assert found, f"{name} has no list view"
        for view in found:
            holds(view, "id developerName label describeUrl resultsUrl soqlCompatible".split(), "members")
            same((view["id"][:3], len(view["id"])), ("00B", 18), "id")
            same(view["describeUrl"], f"{DATA}/sobjects/{name}/listviews/{view['id']}/describe", "describeUrl")
            same(view["resultsUrl"], f"{DATA}/sobjects/{name}/listviews/{view['id']}/results", "resultsUrl")
    holds(org.restful("sobjects/Lead/listviews"), ["nextRecordsUrl"], "list")


@check
def one_view_is_told():
    """one view: the same entry by its id"""
    view = views("Lead")[0]
    found = read(f"{DATA}/sobjects/Lead/listviews/{view['id']}")
    same((found["id"], found["developerName"]), (view["id"], view["developerName"]), "view")


@check
def views_are_described():
    """describe: columns, order, scope, condition and the query"""
    columns = "ascendingLabel descendingLabel fieldNameOrPath hidden label selectListItem sortDirection sortIndex sortable type"
    for name in ("Account", "Contact", "Lead"):
        for view in views(name):
            found = read(view["describeUrl"])
            holds(found, "columns id orderBy query scope sobjectType whereCondition".split(), "describe")
            same((found["id"], found["sobjectType"]), (view["id"], name), "describe")
            for column in found["columns"]:
                holds(column, columns.split(), "column")
            for order in found["orderBy"]:
                same(set(order), {"fieldNameOrPath", "nullsPosition", "sortDirection"}, "order")
            assert found["query"].upper().startswith("SELECT ") and f" FROM {name}" in found["query"], found["query"]


@check
def queries_give_the_results():
    """the query of a view finds the records that its results show"""
    compared = 0
    for name in ("Account", "Contact", "Lead"):
        for view in views(name):
            query = read(view["describeUrl"])["query"]
            rows = org.query_all(query)["records"]
            results = read(view["resultsUrl"], limit=2000)
            holds(results, "columns developerName done id label records size".split(), "results")
            same(results["size"], len(results["records"]), "size")
            shown = []
            for record in results["records"]:
                cells = {cell["fieldNameOrPath"]: cell["value"] for cell in record["columns"]}
                shown.append(cells["Id"])
            same(sorted(shown), sorted(row["Id"] for row in rows), view["developerName"])
            compared += len(rows)
    assert compared, "no view shows a record"


@check
def results_come_in_parts():
    """results: 25 at first, limit and offset choose others, in the same order"""
    view = max(views("Lead"), key=lambda view: read(view["resultsUrl"], limit=2000)["size"])
    everything = read(view["resultsUrl"], limit=2000)["records"]
    first = read(view["resultsUrl"])["records"]
    same(first, everything[:25], "the first 25")
    same(read(view["resultsUrl"], limit=10, offset=5)["records"], everything[5:15], "limit and offset")
    same(http("GET", view["resultsUrl"], params={"limit": 2001}).status_code, 400, "limit over 2,000")


@check
def views_are_queried():
    """SOQL: list views by object"""
    found = org.query("SELECT Id, Name, DeveloperName, SobjectType FROM ListView WHERE SobjectType = 'Lead'")["records"]
    same({row["Id"] for row in found}, {view["id"] for view in views("Lead")}, "ids")


@check
def unknown_views_are_not_found():
    """a view that is not there, or is another object's, is 404"""
    other = views("Account")[0]["id"]
    for view in ("00B000000000ABCAA1", other):
        refused_with(http("GET", f"{DATA}/sobjects/Lead/listviews/{view}/describe"), 404, "NOT_FOUND")
    refused_with(http("GET", f"{DATA}/sobjects/Nope/listviews"), 404, "NOT_FOUND")


run()
