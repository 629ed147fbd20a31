"""The app that judges log in with, and the person who allows it: what the OAuth judges share.

Needs DEMO_INSTANCE_URL, DEMO_CLIENT_ID, DEMO_CLIENT_SECRET, DEMO_USERNAME and DEMO_PASSWORD in the environment.
"""

import os
import re
import secrets

os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"  # loopback
os.environ["OAUTHLIB_RELAX_TOKEN_SCOPE"] = "1"  # scopes come back in the org's own order

import requests
from authlib.integrations.requests_client import OAuth2Session as AuthlibSession

from verdict import same

INSTANCE = os.environ["DEMO_INSTANCE_URL"]
CLIENT_ID = os.environ["DEMO_CLIENT_ID"]
CLIENT_SECRET = os.environ["DEMO_CLIENT_SECRET"]
USERNAME = os.environ["DEMO_USERNAME"]
PASSWORD = os.environ["DEMO_PASSWORD"]
CALLBACK = "http://localhost:17171/callback"
SCOPE = "api refresh_token id"
AUTHORIZE, TOKEN, REVOKE, INTROSPECT, USERINFO = (
    f"{INSTANCE}/services/oauth2/{name}" for name in ("authorize", "token", "revoke", "introspect", "userinfo")
)


def field(page, name):
    """The value of a hidden field."""
    return re.search(rf'name="{name}" value="([^"]*)"', page)[1]


def person(url, decision="allow", username=USERNAME, password=PASSWORD):
    """Logs in, decides, and says where the browser ends: the callback's address, or a page."""
    browser = requests.Session()
    browser.trust_env = False
    page = browser.get(url, allow_redirects=False)
    if page.status_code != 200:
        return page
    form = {"request": field(page.text, "request"), "username": username, "password": password}
    page = browser.post(f"{AUTHORIZE}/login", data=form, allow_redirects=False)
    if 'id="allow"' not in page.text:
        return page
    form = {"request": field(page.text, "request"), "decision": decision}
    return browser.post(f"{AUTHORIZE}/consent", data=form, allow_redirects=False).headers["Location"]


def authlib(scope=SCOPE, **more):
    """Authlib as a public client with PKCE."""
    session = AuthlibSession(
        CLIENT_ID,
        scope=scope,
        redirect_uri=CALLBACK,
        code_challenge_method="S256",
        token_endpoint_auth_method="none",
        **more,
    )
    session.trust_env = False
    return session


def begin(state=None, scope=SCOPE, username=USERNAME, **more):
    """The first half of a login: session, verifier, state, and where the browser ends."""
    session, verifier = authlib(scope), secrets.token_urlsafe(64)
    url, state = session.create_authorization_url(AUTHORIZE, state=state, code_verifier=verifier, **more)
    return session, verifier, state, person(url, username=username)


def log_in(scope=SCOPE, username=USERNAME, **more):
    """A whole login: the answer of the token endpoint."""
    session, verifier, state, location = begin(None, scope, username, **more)
    return session.fetch_token(TOKEN, authorization_response=location, state=state, code_verifier=verifier)


def status_of(token):
    """The status of a REST call with this access token."""
    headers = {"Authorization": f"Bearer {token}"}
    return requests.get(f"{INSTANCE}/services/data/v60.0/limits", headers=headers).status_code


def token_error(**form):
    """The error and description that the token endpoint must answer."""
    answer = requests.post(TOKEN, data={"client_id": CLIENT_ID, "redirect_uri": CALLBACK, **form})
    same((answer.status_code, "no-store" in answer.headers["Cache-Control"]), (400, True), answer.text[:200])
    return answer.json()["error"], answer.json()["error_description"]
