"""Authlib and requests-oauthlib against OAuth: the web server flow with PKCE, refresh, identity, revocation.

Sources: Salesforce Help ("OAuth 2.0 Web Server Flow", "OAuth 2.0 Refresh Token Flow", "Identity URLs", "Revoke OAuth
Tokens", "OAuth Authorization Errors"), RFC 6749, RFC 7636. The environment is that of `oauth_app`.
"""

import base64
import hashlib
import hmac
import re
import secrets
from urllib.parse import parse_qs, urlsplit

import requests
from authlib.integrations.base_client import OAuthError

from oauth_app import (
    AUTHORIZE,
    CALLBACK,
    CLIENT_ID,
    CLIENT_SECRET,
    INSTANCE,
    REVOKE,
    SCOPE,
    TOKEN,
    USERNAME,
    authlib,
    begin,
    log_in,
    person,
    status_of,
    token_error,
)
from requests_oauthlib import OAuth2Session as OauthlibSession

from verdict import check, holds, refused, run, same

kept = {}


@check
def authlib_logs_in():
    """Authlib: login, consent, code, token with Salesforce's members"""
    token = kept["token"] = log_in()
    same(token["instance_url"], INSTANCE, "instance_url")
    assert re.fullmatch(r"00D\w{12,15}![.\w]+", token["access_token"]), token["access_token"]
    assert re.fullmatch(r"\d{13}", token["issued_at"]), token["issued_at"]
    assert re.search(r"/id/00D\w{15}/005\w{15}$", token["id"]), token["id"]
    same(status_of(token["access_token"]), 200, "REST")
    same((token["token_type"], "expires_in" in token), ("Bearer", False), "members")
    holds(token["scope"].split(), SCOPE.split(), "scope")


@check
def answers_are_signed():
    """the signature is that of id and issued_at with the consumer secret"""
    token = kept["token"]
    digest = hmac.new(CLIENT_SECRET.encode(), (token["id"] + token["issued_at"]).encode(), hashlib.sha256).digest()
    same(token["signature"], base64.b64encode(digest).decode(), "signature")


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
    latest = requests.get(token["id"], params={"version": "latest", "format": "json", "oauth_token": token["access_token"]}).json()
    assert "{version}" in identity["urls"]["rest"] and "{version}" not in latest["urls"]["rest"], latest["urls"]
    for headers, text in (({}, "Missing_OAuth_Token"), ({"Authorization": "Bearer nonsense"}, "Bad_OAuth_Token")):
        answer = requests.get(token["id"], headers=headers)
        same((answer.status_code, answer.text.strip()), (403, text), "refusal")


@check
def identity_has_its_members():
    """identity and userinfo have the documented members"""
    token = kept["token"]
    headers = {"Authorization": f"Bearer {token['access_token']}"}
    identity = requests.get(token["id"], headers=headers).json()
    wanted = """id asserted_user user_id organization_id username nick_name display_name email email_verified first_name
    last_name timezone photos addr_street addr_city addr_state addr_country addr_zip mobile_phone status urls active
    user_type language locale utcOffset last_modified_date is_app_installed"""
    holds(identity, wanted.split(), "identity")
    wanted = """sub user_id organization_id preferred_username nickname name email email_verified given_name family_name
    zoneinfo photos profile picture address urls active user_type language locale utcOffset updated_at is_app_installed"""
    info = requests.get(f"{INSTANCE}/services/oauth2/userinfo", headers=headers).json()
    holds(info, wanted.split(), "userinfo")
    same((type(info["utcOffset"]), info["sub"]), (int, token["id"]), "userinfo")
    same(requests.get(f"{INSTANCE}/services/oauth2/userinfo").status_code in (401, 403), True, "without a token")


@check
def only_what_was_asked_for():
    """without the scope refresh_token there is no refresh token, without openid no id_token"""
    token = log_in("api")
    same(("refresh_token" in token, "id_token" in token), (False, False), "members")
    same("id_token" in kept["token"], False, "id_token")


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
