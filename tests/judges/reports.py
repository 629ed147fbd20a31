"""simple-salesforce against reports: list, description, runs with and without details, filters, the cap, instances.

Sources: Reports and Dashboards REST API Developer Guide ("Report List", "Describe", "Execute Sync", "Execute Async",
"Instances List", "Instance Results", "Reports and Dashboards REST API Limits and Limitations").
"""

import copy
import re

from connection import DATA, connect, http, until
from verdict import check, holds, run, same

org = connect()
REPORTS = f"{DATA}/analytics/reports"
CAP = 2000
kept = {}


def read(path, method="GET", **options):
    answer = http(method, path, **options)
    assert answer.ok, f"{method} {path}: {answer.status_code} {answer.text[:300]}"
    return answer.json()


def tabular_of_leads():
    """The id and metadata of a report that lists leads."""
    if "report" not in kept:
        for row in org.query("SELECT Id FROM Report WHERE Format = 'Tabular'")["records"]:
            metadata = read(f"{REPORTS}/{row['Id']}/describe")["reportMetadata"]
            if "lead" in metadata["reportType"]["type"].lower():
                kept["report"], kept["metadata"] = row["Id"], metadata
                break
        else:
            raise AssertionError("no report lists leads")
    return kept["report"], copy.deepcopy(kept["metadata"])


def column_of(label):
    report, _ = tabular_of_leads()
    info = read(f"{REPORTS}/{report}/describe")["reportExtendedMetadata"]["detailColumnInfo"]
    return next(name for name, column in info.items() if label.lower() in column["label"].lower())


def rows(result):
    return result["factMap"]["T!T"]["rows"]


@check
def reports_are_queried():
    """SOQL: reports with their names, folders and formats"""
    found = org.query("SELECT Id, Name, DeveloperName, FolderName, Format, LastRunDate FROM Report")["records"]
    assert found, "no reports"
    for row in found:
        same((row["Id"][:3], bool(row["Name"]), bool(row["DeveloperName"])), ("00O", True, True), "report")
    holds({row["Format"] for row in found}, ["Tabular"], "formats")


@check
def reports_are_listed():
    """list: up to 200 reports with their addresses"""
    report, _ = tabular_of_leads()
    read(f"{REPORTS}/{report}")
    found = read(REPORTS)
    assert 0 < len(found) <= 200, len(found)
    for entry in found:
        holds(entry, "describeUrl id instancesUrl name url".split(), "entry")
    entry = next(entry for entry in found if entry["id"] == report)
    same(entry["describeUrl"], f"{REPORTS}/{report}/describe", "describeUrl")


@check
def reports_are_described():
    """describe: metadata, extended metadata and the report type's columns"""
    report, _ = tabular_of_leads()
    found = read(f"{REPORTS}/{report}/describe")
    same(set(found) >= {"reportMetadata", "reportExtendedMetadata", "reportTypeMetadata"}, True, set(found))
    metadata = found["reportMetadata"]
    wanted = "aggregates detailColumns developerName groupingsAcross groupingsDown id name reportBooleanFilter reportFilters reportFormat reportType sortBy"
    holds(metadata, wanted.split(), "reportMetadata")
    same((metadata["id"], metadata["reportFormat"]), (report, "TABULAR"), "report")
    infos = found["reportExtendedMetadata"]["detailColumnInfo"]
    same(set(infos), set(metadata["detailColumns"]), "columns")
    for info in infos.values():
        holds(info, ["dataType", "label"], "column")


@check
def reports_are_run():
    """run: facts, and with details rows that have a cell for each column"""
    report, metadata = tabular_of_leads()
    result = read(f"{REPORTS}/{report}", params={"includeDetails": "true"})
    wanted = "attributes allData factMap groupingsDown groupingsAcross hasDetailRows reportMetadata reportExtendedMetadata"
    holds(result, wanted.split(), "result")
    same((result["allData"], result["hasDetailRows"]), (True, True), "result")
    assert rows(result), "no rows"
    for row in rows(result):
        same(len(row["dataCells"]), len(metadata["detailColumns"]), "cells")
        for cell in row["dataCells"]:
            holds(cell, ["label", "value"], "cell")
    short = read(f"{REPORTS}/{report}", params={"includeDetails": "false"})
    same(short["hasDetailRows"], False, "without details")
    same(short["factMap"]["T!T"].get("rows", []), [], "without details")


@check
def many_leads_are_there():
    """2,100 leads more are inserted in bulk"""
    wanted = [{"LastName": f"Reported {number:05}", "Company": "Judge Report"} for number in range(CAP + 100)]
    job = org.bulk2.Lead.insert(records=wanted, wait=0.1)[0]
    same(job["numberRecordsFailed"], 0, "failed")


def run_filtered(filters, method="POST", path="", **more):
    report, metadata = tabular_of_leads()
    metadata["reportFilters"] = [{"column": column, "operator": operator, "value": value} for column, operator, value in filters]
    metadata.update(more)
    return read(f"{REPORTS}/{report}{path}", method, params={"includeDetails": "true"}, json={"reportMetadata": metadata})


@check
def the_first_rows_only():
    """run: of more than 2,000 rows the first 2,000 are told, and that there are more"""
    result = run_filtered([(column_of("Company"), "equals", "Judge Report")])
    same((len(rows(result)), result["allData"]), (CAP, False), "rows")


@check
def filters_narrow():
    """run: a filter in the request narrows the rows; with all of them allData is true"""
    company, name = column_of("Company"), column_of("Last Name")
    result = run_filtered([(company, "equals", "Judge Report"), (name, "startsWith", "Reported 0000")])
    same((len(rows(result)), result["allData"]), (10, True), "startsWith")
    result = run_filtered([(company, "equals", "Judge Report"), (name, "greaterThan", "Reported 02089")])
    same((len(rows(result)), result["allData"]), (10, True), "greaterThan")
    either = [(name, "equals", "Reported 00001"), (name, "equals", "Reported 00002")]
    same(len(rows(run_filtered(either, reportBooleanFilter="1 OR 2"))), 2, "reportBooleanFilter")


@check
def long_reports_are_paged():
    """run: sorting by a unique column and filtering beyond the last value gives every row"""
    company, name = column_of("Company"), column_of("Last Name")
    seen, last, rounds = [], "", 0
    while True:
        filters = [(company, "equals", "Judge Report")] + ([(name, "greaterThan", last)] if last else [])
        result = run_filtered(filters, sortBy=[{"sortColumn": name, "sortOrder": "Asc"}], detailColumns=[name])
        seen += [row["dataCells"][0]["label"] for row in rows(result)]
        last, rounds = seen[-1], rounds + 1
        if result["allData"]:
            break
        assert rounds < 5, "the report never ends"
    same(seen, [f"Reported {number:05}" for number in range(CAP + 100)], "rows")


@check
def columns_are_chosen():
    """run: the columns of the request, in its order; more than 100 or more than 20 filters are refused"""
    report, metadata = tabular_of_leads()
    company, name = column_of("Company"), column_of("Last Name")
    result = run_filtered([(name, "equals", "Reported 00007")], detailColumns=[company, name])
    same([cell["label"] for cell in rows(result)[0]["dataCells"]], ["Judge Report", "Reported 00007"], "cells")
    metadata["reportFilters"] = [{"column": name, "operator": "notEqual", "value": f"x{number}"} for number in range(21)]
    answer = http("POST", f"{REPORTS}/{report}", json={"reportMetadata": metadata})
    same(answer.status_code, 400, "21 filters")


@check
def instances_run_by_themselves():
    """async: an instance is made, ends, and has the same rows; the report lists it"""
    report, metadata = tabular_of_leads()
    made = read(f"{REPORTS}/{report}/instances", "POST", params={"includeDetails": "true"}, json={"reportMetadata": metadata})
    holds(made, "id ownerId requestDate status url".split(), "instance")
    same((made["status"] in ("New", "Running", "Success"), made["url"]), (True, f"{REPORTS}/{report}/instances/{made['id']}"), "instance")
    result = until(lambda: (found := read(made["url"]))["attributes"]["status"] in ("Success", "Error") and found, "the end of the instance")
    same(result["attributes"]["status"], "Success", "status")
    same((len(rows(result)), result["allData"]), (CAP, False), "rows")
    listed = {entry["id"]: entry for entry in read(f"{REPORTS}/{report}/instances")}
    holds(listed[made["id"]], "completionDate id requestDate status url".split(), "list")
    assert re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", made["requestDate"]), made["requestDate"]
    same(http("GET", f"{REPORTS}/{report}/instances/0LG000000000ABCAA1").status_code, 404, "unknown instance")


@check
def unknown_reports_are_not_found():
    """an unknown report is 404"""
    for path in ("", "/describe"):
        same(http("GET", f"{REPORTS}/00O000000000ABCAA1{path}").status_code, 404, path)


run()
