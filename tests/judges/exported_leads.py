"""simple-salesforce finds what landbridge-cli exported, and compares each record with its row of the list.

Needs DEMO_INSTANCE_URL and DEMO_ACCESS_TOKEN in the environment, and in EXPORTS a JSON file:
[{"object": "Lead", "list": CSV file, "ledger": JSON file with the lines of `runs ledger --json`, "records": 40}, …]
"""

import csv
import json
import os

import requests
from simple_salesforce import Salesforce

from verdict import check, run, same

INSTANCE = os.environ["DEMO_INSTANCE_URL"]

# Field of Salesforce: column of ZoomInfo.
LEAD = {
    "Salutation": "Salutation",
    "FirstName": "First Name",
    "LastName": "Last Name",
    "Title": "Job Title",
    "Company": "Company Name",
    "Email": "Email Address",
    "MobilePhone": "Mobile phone",
    "Fax": "Fax",
    "Website": "Website",
    "Street": "Company Street Address",
    "City": "Company City",
    "State": "Company State",
    "PostalCode": "Company Zip Code",
    "Country": "Company Country",
}
CONTACT = {
    "Salutation": "Salutation",
    "FirstName": "First Name",
    "MiddleName": "Middle Name",
    "LastName": "Last Name",
    "Suffix": "Suffix",
    "Title": "Job Title",
    "Department": "Department",
    "Email": "Email Address",
    "MobilePhone": "Mobile phone",
    "Fax": "Fax",
}
ACCOUNT = {
    "Name": "Company Name",
    "Website": "Website",
    "Phone": "Company HQ Phone",
    "Fax": "Fax",
    "BillingStreet": "Company Street Address",
    "BillingCity": "Company City",
    "BillingState": "Company State",
    "BillingPostalCode": "Company Zip Code",
    "BillingCountry": "Company Country",
    "TickerSymbol": "Ticker",
    "Sic": "SIC Code 1",
    "NaicsCode": "NAICS Code 1",
    "YearStarted": "Founded Year",
}


class Loopback(requests.adapters.HTTPAdapter):
    """The client knows https only; the demo org on loopback speaks http."""

    def send(self, request, *arguments, **options):
        request.url = request.url.replace("https://", "http://", 1)
        return super().send(request, *arguments, **options)


def connect():
    session = requests.Session()
    session.trust_env = False
    session.mount("https://", Loopback())
    host = INSTANCE.removeprefix("http://")
    token = os.environ["DEMO_ACCESS_TOKEN"]
    return Salesforce(instance_url=f"https://{host}", session_id=token, version="60.0", session=session)


org = connect()


def text(row, column):
    """A cell as Salesforce keeps it: without outer spaces, and nothing when empty."""
    return row[column].strip() or None


def number(row, column, factor=1):
    cell = text(row, column)
    return None if cell is None else float(cell) * factor


def taken(row, columns):
    return {field: text(row, column) for field, column in columns.items()}


def phone(row):
    return text(row, "Direct Phone Number") or text(row, "Company HQ Phone")


def size(row):
    return {
        "AnnualRevenue": number(row, "Revenue (in 000s USD)", 1000),
        "NumberOfEmployees": number(row, "Employees"),
    }


def lead(row):
    return taken(row, LEAD) | size(row) | {"Phone": phone(row), "LeadSource": "ZoomInfo"}


def contact(row):
    """A person's own address, whole, or else the company's: never a mixture."""
    own = ["Person Street", "Person City", "Person State", "Person Zip Code", "Country"]
    company = ["Company Street Address", "Company City", "Company State", "Company Zip Code", "Company Country"]
    columns = own if any(text(row, column) for column in own) else company
    fields = ["MailingStreet", "MailingCity", "MailingState", "MailingPostalCode", "MailingCountry"]
    address = taken(row, dict(zip(fields, columns)))
    return taken(row, CONTACT) | address | {"Phone": phone(row), "LeadSource": "ZoomInfo"}


def account(row):
    return taken(row, ACCOUNT) | size(row) | {"AccountSource": "ZoomInfo"}


# Object: what a row becomes, and the column that names the profile.
OBJECTS = {
    "Lead": (lead, "ZoomInfo Contact ID"),
    "Contact": (contact, "ZoomInfo Contact ID"),
    "Account": (account, "ZoomInfo Company ID"),
}


def read_rows(path, id_column):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return {row[id_column]: row for row in csv.DictReader(file)}


def read_ledger(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def compare(export):
    wanted_of, id_column = OBJECTS[export["object"]]
    rows = read_rows(export["list"], id_column)
    ledger = read_ledger(export["ledger"])
    same(len(ledger), export["records"], "lines of the ledger")
    same({line["action"] for line in ledger}, {"created"}, "actions")
    same(len({line["salesforce_id"] for line in ledger}), len(ledger), "different records")
    same(len({line["profile_id"] for line in ledger}), len(ledger), "different profiles")
    fields = list(wanted_of(next(iter(rows.values()))))
    ids = ", ".join(f"'{line['salesforce_id']}'" for line in ledger)
    found = org.query_all(f"SELECT Id, {', '.join(fields)} FROM {export['object']} WHERE Id IN ({ids})")
    records = {record["Id"]: record for record in found["records"]}
    same(len(records), len(ledger), "records in Salesforce")
    for line in ledger:
        record = records[line["salesforce_id"]]
        for field, value in wanted_of(rows[line["profile_id"]]).items():
            same(record[field], value, f"{field} of {record['Id']}, profile {line['profile_id']}")


def add_check(export):
    def exported():
        compare(export)

    exported.__doc__ = f"{export['records']} records of {export['object']} have the values of their rows"
    check(exported)


with open(os.environ["EXPORTS"], encoding="utf-8") as file:
    for made in json.load(file):
        add_check(made)


if __name__ == "__main__":
    run()
