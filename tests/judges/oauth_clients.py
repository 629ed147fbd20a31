"""Authlib and requests-oauthlib against the demo org: the web server flow with PKCE, refresh, revocation.

Needs DEMO_INSTANCE_URL, DEMO_CLIENT_ID, DEMO_USERNAME and DEMO_PASSWORD in the environment.
"""

import os
import re
import secrets
from urllib.parse import parse_qs, urlsplit

os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"  # loopback
os.environ["OAUTHLIB_RELAX_TOKEN_SCOPE"] = "1"  # scopes come back in the org's own order

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session as AuthlibSession
from requests_oauthlib import OAuth2Session as OauthlibSession

from verdict import check, refused, run, same

INSTANCE = os.environ["DEMO_INSTANCE_URL"]
CLIENT_ID = os.environ["DEMO_CLIENT_ID"]
USERNAME = os.environ["DEMO_USERNAME"]
PASSWORD = os.environ["DEMO_PASSWORD"]
CALLBACK = "http://localhost:17171/callback"
SCOPE = "api refresh_token id"
AUTHORIZE, TOKEN, REVOKE = (f"{INSTANCE}/services/oauth2/{name}" for name in ("authorize", "token", "revoke"))
kept = {}


def field(page, name):
    return re.search(rf'name="{name}" value="([^"]*)"', page)[1]


def person(url, decision="allow", password=PASSWORD):
    """Logs in, decides, and says where the browser ends: the callback's address, or a page."""
    browser = requests.Session()
    browser.trust_env = False
    page = browser.get(url, allow_redirects=False)
    if page.status_code != 200:
        return page
    form = {"request": field(page.text, "request"), "username": USERNAME, "password": password}
    page = browser.post(f"{AUTHORIZE}/login", data=form, allow_redirects=False)
    if 'id="allow"' not in page.text:
        return page
    form = {"request": field(page.text, "request"), "decision": decision}
    return browser.post(f"{AUTHORIZE}/consent", data=form, allow_redirects=False).headers["Location"]


def authlib(**more):
    session = AuthlibSession(
        CLIENT_ID,
        scope=SCOPE,
        redirect_uri=CALLBACK,
        code_challenge_method="S256",
        token_endpoint_auth_method="none",
        **more,
    )
    session.trust_env = False
    return session


def begin(state=None):
    session, verifier = authlib(), secrets.token_urlsafe(64)
    url, state = session.create_authorization_url(AUTHORIZE, state=state, code_verifier=verifier)
    return session, verifier, state, person(url)


def log_in():
    session, verifier, state, location = begin()
    return session.fetch_token(TOKEN, authorization_response=location, state=state, code_verifier=verifier)


def status_of(token):
    headers = {"Authorization": f"Bearer {token}"}
    return requests.get(f"{INSTANCE}/services/data/v60.0/limits", headers=headers).status_code


def token_error(**form):
    answer = requests.post(TOKEN, data={"client_id": CLIENT_ID, "redirect_uri": CALLBACK, **form})
    same((answer.status_code, "no-store" in answer.headers["Cache-Control"]), (400, True), "answer")
    return answer.json()["error"], answer.json()["error_description"]


@check
def authlib_logs_in():
    """Authlib: login, consent, code, token with Salesforce's members"""
    token = kept["token"] = log_in()
    same(token["instance_url"], INSTANCE, "instance_url")
    assert re.fullmatch(r"00D\w{12,15}![.\w]+", token["access_token"]), token["access_token"]
    assert re.fullmatch(r"\d{13}", token["issued_at"]), token["issued_at"]
    assert re.search(r"/id/00D\w{15}/005\w{15}$", token["id"]), token["id"]
    same(status_of(token["access_token"]), 200, "REST")


@check
def state_comes_back():
    """the state comes back as it was, whatever it contains"""
    state = "a&b=c %2B+é/?#"
    location = begin(state)[3]
    same(parse_qs(urlsplit(location).query)["state"], [state], "state")


@check
def who_am_i():
    """identity and userinfo agree about the user"""
    token = kept["token"]
    headers = {"Authorization": f"Bearer {token['access_token']}"}
    identity = requests.get(token["id"], headers=headers).json()
    info = requests.get(f"{INSTANCE}/services/oauth2/userinfo", headers=headers).json()
    same((identity["username"], info["preferred_username"]), (USERNAME, USERNAME), "username")
    same((info["user_id"], info["organization_id"]), (identity["user_id"], identity["organization_id"]), "ids")
    same(requests.get(token["id"]).status_code, 403, "without a token")


@check
def authlib_refreshes():
    """Authlib: refresh gives another access token, and the refresh token stays"""
    token = kept["token"]
    fresh = authlib(token=dict(token)).refresh_token(TOKEN, refresh_token=token["refresh_token"])
    assert fresh["access_token"] != token["access_token"], "the same access token"
    same(status_of(fresh["access_token"]), 200, "REST")
    again = authlib(token=dict(token)).refresh_token(TOKEN, refresh_token=token["refresh_token"])
    same(status_of(again["access_token"]), 200, "REST after the second refresh")


@check
def oauthlib_logs_in():
    """requests-oauthlib: the whole flow with PKCE, then refresh"""
    session = OauthlibSession(CLIENT_ID, redirect_uri=CALLBACK, scope=SCOPE.split(), pkce="S256")
    session.trust_env = False
    url, _ = session.authorization_url(AUTHORIZE)
    token = session.fetch_token(TOKEN, authorization_response=person(url), include_client_id=True)
    same(status_of(token["access_token"]), 200, "REST")
    fresh = session.refresh_token(TOKEN, refresh_token=token["refresh_token"], client_id=CLIENT_ID)
    same(status_of(fresh["access_token"]), 200, "refreshed")


@check
def denial_goes_back():
    """who denies is sent back with access_denied and the state"""
    url, state = authlib().create_authorization_url(AUTHORIZE, code_verifier=secrets.token_urlsafe(64))
    query = parse_qs(urlsplit(person(url, decision="deny")).query)
    same((query["error"], query["state"]), (["access_denied"], [state]), "answer")


@check
def a_wrong_password_stays_on_the_page():
    """a wrong password shows the login page again, with a reason"""
    url, _ = authlib().create_authorization_url(AUTHORIZE, code_verifier=secrets.token_urlsafe(64))
    page = person(url, password="wrong")
    assert page.status_code == 200 and 'id="password"' in page.text and 'role="alert"' in page.text, page.text[:200]


@check
def the_verifier_is_checked():
    """a wrong or missing code_verifier is invalid_grant"""
    session, _, state, location = begin()
    guess = lambda: session.fetch_token(TOKEN, authorization_response=location, state=state, code_verifier="x" * 64)
    same(refused(OAuthError, guess).error, "invalid_grant", "wrong")
    code = parse_qs(urlsplit(begin()[3]).query)["code"][0]
    same(token_error(grant_type="authorization_code", code=code)[0], "invalid_grant", "missing")


@check
def a_code_works_once():
    """a code that was used is invalid_grant"""
    session, verifier, state, location = begin()
    session.fetch_token(TOKEN, authorization_response=location, state=state, code_verifier=verifier)
    code = parse_qs(urlsplit(location).query)["code"][0]
    wanted = ("invalid_grant", "expired authorization code")
    same(token_error(grant_type="authorization_code", code=code, code_verifier=verifier), wanted, "second use")


@check
def strangers_are_refused():
    """an unknown app and an unregistered callback get a page, never a redirect"""
    for client_id, callback, error in [
        ("nobody", CALLBACK, "invalid_client_id"),
        (CLIENT_ID, "http://127.0.0.1:17171/callback", "redirect_uri_mismatch"),
        (CLIENT_ID, CALLBACK + "/", "redirect_uri_mismatch"),
    ]:
        wanted = {"response_type": "code", "client_id": client_id, "redirect_uri": callback}
        page = requests.get(AUTHORIZE, params=wanted, allow_redirects=False)
        same((page.status_code, error in page.text), (400, True), error)
    same(token_error(grant_type="refresh_token", refresh_token="x", client_id="nobody")[0], "invalid_client_id", "token")
    same(token_error(grant_type="refresh_token", refresh_token="x", client_secret="x")[0], "invalid_client", "secret")
    same(token_error(grant_type="password")[0], "unsupported_grant_type", "grant")


@check
def revocation_ends_everything():
    """revoking a refresh token ends it and its access tokens"""
    token = log_in()
    answer = authlib(token=dict(token)).revoke_token(REVOKE, token=token["refresh_token"])
    same(answer.status_code, 200, "revoke")
    same(status_of(token["access_token"]), 401, "access token")
    wanted = ("invalid_grant", "expired access/refresh token")
    same(token_error(grant_type="refresh_token", refresh_token=token["refresh_token"]), wanted, "refresh token")


run()
