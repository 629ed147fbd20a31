"""Authlib and requests-oauthlib against refresh token rotation, which this demo org has on.

Sources: Salesforce Help ("Refresh Token Rotation"), RFC 6749. The environment is that of `oauth_app`.
"""

from authlib.integrations.base_client import OAuthError
from requests_oauthlib import OAuth2Session as OauthlibSession

from oauth_app import CLIENT_ID, INSTANCE, TOKEN, authlib, log_in, status_of
from verdict import check, refused, run, same


@check
def refreshing_rotates():
    """a refresh answers another refresh token, with which the next one works"""
    token = log_in()
    seen = {token["refresh_token"]}
    for _ in range(3):
        token = authlib(token=dict(token)).refresh_token(TOKEN, refresh_token=token["refresh_token"])
        assert token["refresh_token"] not in seen, "the same refresh token"
        seen.add(token["refresh_token"])
        same(status_of(token["access_token"]), 200, "REST")


@check
def reuse_revokes_everything():
    """an old refresh token is invalid_grant, and ends the current one and every access token"""
    first = log_in()
    second = authlib(token=dict(first)).refresh_token(TOKEN, refresh_token=first["refresh_token"])
    same(status_of(second["access_token"]), 200, "before")
    error = refused(OAuthError, lambda: authlib().refresh_token(TOKEN, refresh_token=first["refresh_token"]))
    same(error.error, "invalid_grant", "the old one")
    error = refused(OAuthError, lambda: authlib().refresh_token(TOKEN, refresh_token=second["refresh_token"]))
    same(error.error, "invalid_grant", "the current one")
    same([status_of(token["access_token"]) for token in (first, second)], [401, 401], "access tokens")


@check
def other_logins_stay():
    """re-use in one login does not end another login of the same person"""
    token, other = log_in(), log_in()
    authlib().refresh_token(TOKEN, refresh_token=token["refresh_token"])
    refused(OAuthError, lambda: authlib().refresh_token(TOKEN, refresh_token=token["refresh_token"]))
    same(status_of(other["access_token"]), 200, "the other login")
    fresh = authlib().refresh_token(TOKEN, refresh_token=other["refresh_token"])
    same(status_of(fresh["access_token"]), 200, "its refresh")


@check
def the_client_keeps_the_new_token():
    """requests-oauthlib puts the rotated token in the old one's place, and renews with it again"""
    token = log_in()
    session = OauthlibSession(CLIENT_ID, token=dict(token))
    session.trust_env = False
    seen = [token["refresh_token"]]
    for _ in range(2):
        session.refresh_token(TOKEN, client_id=CLIENT_ID)
        seen.append(session.token["refresh_token"])
        same(session.get(f"{INSTANCE}/services/data/v60.0/limits").status_code, 200, "REST")
    same(len(set(seen)), 3, "refresh tokens")


run()
