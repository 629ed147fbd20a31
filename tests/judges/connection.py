"""simple-salesforce connected to the demo org of the environment, and what several judges ask of it.

Needs DEMO_INSTANCE_URL and DEMO_ACCESS_TOKEN in the environment.
"""

import csv
import io
import os
import time
from urllib.parse import urlsplit

import requests
from simple_salesforce import Salesforce
from simple_salesforce.exceptions import SalesforceMalformedRequest

from verdict import refused, same

INSTANCE = os.environ["DEMO_INSTANCE_URL"]
TOKEN = os.environ["DEMO_ACCESS_TOKEN"]
VERSION = "60.0"
DATA = f"/services/data/v{VERSION}"
ID = r"[0-9A-Za-z]{15}[0-5A-Z]{3}"
MOMENT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000"


class Loopback(requests.adapters.HTTPAdapter):
    """The client knows https only; the demo org on loopback speaks http."""

    def send(self, request, *arguments, **options):
        request.url = request.url.replace("https://", "http://", 1)
        return super().send(request, *arguments, **options)


def connect(token=TOKEN, version=VERSION):
    """simple-salesforce with this token."""
    session = requests.Session()
    session.trust_env = False
    session.mount("https://", Loopback())
    return Salesforce(
        instance_url=f"https://{urlsplit(INSTANCE).netloc}", session_id=token, version=version, session=session
    )


_plain = requests.Session()
_plain.trust_env = False


def http(method, path, token=TOKEN, **options):
    """A request that the client has no call for; never raises for a status."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    headers.update(options.pop("headers", {}))
    url = path if path.startswith("http") else INSTANCE + path
    return _plain.request(method, url, headers=headers, allow_redirects=False, **options)


def control(path, body=None, method="POST", text=None):
    """Uses one of the demo org's own endpoints, which no real org has; sends JSON or a text."""
    headers = {"X-Demo-Control": "1"}
    answer = _plain.request(method, f"{INSTANCE}/demo/{path}", headers=headers, json=body, data=text)
    if not answer.ok:
        raise AssertionError(f"control {path}: {answer.status_code} {answer.text[:200]}")
    return answer


def table(text, delimiter=","):
    """The rows of a CSV text."""
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def error_of(exception):
    """The first error of the array that a refused request answers."""
    return exception.content[0]


def bad_request(code, function, text=""):
    """A call that must be refused with 400 and this code, with this text in the message."""
    error = error_of(refused(SalesforceMalformedRequest, function))
    same(error["errorCode"], code, error.get("message", "code"))
    if text not in error["message"]:
        raise AssertionError(f"{code}: got the message {error['message']!r}, wanted {text!r} in it")
    return error


def refused_with(answer, status, code):
    """The error of a plain request that must be refused so."""
    same(answer.status_code, status, answer.text[:200])
    error = answer.json()[0]
    same(error["errorCode"], code, error["message"])
    return error


def until(question, what, seconds=20.0):
    """The first true answer to a question that is asked again and again."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        answer = question()
        if answer:
            return answer
        time.sleep(0.02)
    raise AssertionError(f"{what} did not happen within {seconds} s")
