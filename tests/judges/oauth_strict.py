"""Authlib against an app that requires PKCE, and whose policies allow no client credentials.

Sources: Salesforce Help ("Require Proof Key for Code Exchange", "OAuth 2.0 Client Credentials Flow"), RFC 7636. The
environment is that of `oauth_app`.
"""

from urllib.parse import parse_qs, urlsplit

import requests

from oauth_app import AUTHORIZE, CALLBACK, CLIENT_ID, CLIENT_SECRET, log_in, status_of, token_error
from verdict import check, run, same


@check
def a_challenge_is_required():
    """authorize: without a challenge the app gets invalid_request, and says what is missing"""
    wanted = {"response_type": "code", "client_id": CLIENT_ID, "redirect_uri": CALLBACK, "state": "s"}
    answer = requests.get(AUTHORIZE, params=wanted, allow_redirects=False)
    same(answer.status_code, 302, answer.text[:200])
    assert answer.headers["Location"].startswith(CALLBACK), answer.headers["Location"]
    query = {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["Location"]).query).items()}
    same(query["error"], "invalid_request", "error")
    same((query["error_description"], query["state"]), ("missing required code challenge", "s"), "query")


@check
def with_a_challenge_it_works():
    """authorize: with a challenge the login works"""
    same(status_of(log_in()["access_token"]), 200, "REST")


@check
def client_credentials_need_a_policy():
    """client credentials: without a run-as user they are invalid_grant"""
    form = {"grant_type": "client_credentials", "client_secret": CLIENT_SECRET}
    same(token_error(**form)[0], "invalid_grant", "error")


run()
