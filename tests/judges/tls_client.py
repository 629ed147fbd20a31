"""simple-salesforce against an org that speaks TLS, with the certificates that the clients are told to trust.

Needs DEMO_INSTANCE_URL and DEMO_ACCESS_TOKEN in the environment, and in DEMO_CERTIFICATE the file of the certificate
authority. Sources: RFC 8446, RFC 9110 ("https"); simple-salesforce knows https only.
"""

import os
import ssl
import urllib.request
from urllib.parse import urlsplit

import requests
from simple_salesforce import Salesforce

from verdict import check, refused, run, same

INSTANCE = os.environ["DEMO_INSTANCE_URL"]
CERTIFICATE = os.environ["DEMO_CERTIFICATE"]
PORT = urlsplit(INSTANCE).port


def trusting(certificate=CERTIFICATE):
    session = requests.Session()
    session.trust_env = False
    session.verify = certificate
    return session


def connect(instance=INSTANCE):
    token = os.environ["DEMO_ACCESS_TOKEN"]
    return Salesforce(instance_url=instance, session_id=token, version="60.0", session=trusting())


@check
def the_client_works_as_it_is():
    """simple-salesforce, unchanged: describe, records, query, bulk"""
    assert INSTANCE.startswith("https://"), INSTANCE
    org = connect()
    same(org.Account.describe()["keyPrefix"], "001", "describe")
    account = org.Account.create({"Name": "Over TLS"})["id"]
    same(org.query(f"SELECT Name FROM Account WHERE Id = '{account}'")["records"][0]["Name"], "Over TLS", "query")
    rows = [{"LastName": f"Tls {number}", "Company": "TLS", "Description": "x" * 500} for number in range(2500)]
    job = org.bulk2.Lead.insert(records=rows, wait=0.1)[0]
    same((job["numberRecordsProcessed"], job["numberRecordsFailed"]), (2500, 0), "Bulk 2")
    found = list(org.query_all_iter("SELECT Id FROM Lead WHERE Company = 'TLS'"))
    same(len(found), 2500, "pages")


@check
def either_name_is_good():
    """the certificate is good for localhost and for 127.0.0.1"""
    for host in ("localhost", "127.0.0.1"):
        same(connect(f"https://{host}:{PORT}").query("SELECT Id FROM Account LIMIT 1")["totalSize"], 1, host)


@check
def strangers_do_not_trust_it():
    """who does not know the authority refuses the certificate"""
    refused(requests.exceptions.SSLError, lambda: trusting(True).get(f"{INSTANCE}/services/data"))


@check
def current_protocols_are_spoken():
    """TLS 1.2 and 1.3 are spoken"""
    for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
        context = ssl.create_default_context(cafile=CERTIFICATE)
        context.minimum_version = context.maximum_version = version
        with urllib.request.urlopen(f"{INSTANCE}/services/data", context=context) as answer:
            same(answer.status, 200, version.name)


@check
def addresses_are_https():
    """addresses that the org gives are https: identity, instance, authorize"""
    org = connect()
    resources = org.restful("")
    assert resources["identity"].startswith("https://"), resources["identity"]
    answer = trusting().get(resources["identity"], headers={"Authorization": f"Bearer {org.session_id}"})
    assert answer.json()["urls"]["rest"].startswith("https://"), answer.text[:300]


@check
def plain_text_gets_no_data():
    """plain http on the same port gets no answer of the data API"""
    plain = lambda: requests.get(f"http://127.0.0.1:{PORT}/services/data", timeout=5).json()
    refused(Exception, plain)


run()
