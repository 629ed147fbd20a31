"""Authlib, requests-oauthlib and joserfc against the flows without a person: client credentials, JWT bearer,
introspection; and against OpenID Connect.

Sources: Salesforce Help ("OAuth 2.0 Client Credentials Flow", "OAuth 2.0 JWT Bearer Flow", "OpenID Connect Token
Introspection", "OpenID Connect"), RFC 7523, RFC 7662, OpenID Connect Core and Discovery. The environment is that of
`oauth_app`.
"""

import time

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import AssertionSession
from authlib.integrations.requests_client import OAuth2Session as AuthlibSession
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from oauthlib.oauth2 import BackendApplicationClient
from requests.auth import HTTPBasicAuth
from requests_oauthlib import OAuth2Session as OauthlibSession

from connection import control
from oauth_app import CLIENT_ID, CLIENT_SECRET, INSTANCE, INTROSPECT, TOKEN, USERNAME, authlib, log_in, status_of, token_error
from verdict import check, holds, refused, run, same

JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"


def key_pair():
    """A new private key and its public half, as PEM."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    secret = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return secret.decode(), public.decode()


PRIVATE, PUBLIC = key_pair()


def confidential(method):
    session = AuthlibSession(CLIENT_ID, CLIENT_SECRET, token_endpoint_auth_method=method)
    session.trust_env = False
    return session


@check
def requests_oauthlib_is_a_client():
    """client credentials: requests-oauthlib, with the secret in the header or in the body"""
    for options in (
        {"auth": HTTPBasicAuth(CLIENT_ID, CLIENT_SECRET)},
        {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, "include_client_id": True},
    ):
        session = OauthlibSession(client=BackendApplicationClient(CLIENT_ID))
        session.trust_env = False
        token = session.fetch_token(TOKEN, **options)
        same((token["instance_url"], token["token_type"]), (INSTANCE, "Bearer"), "members")
        same("refresh_token" in token, False, "a refresh token")
        same(status_of(token["access_token"]), 200, "REST")


@check
def authlib_is_a_client():
    """client credentials: Authlib, with the secret in the header or in the body"""
    for method in ("client_secret_basic", "client_secret_post"):
        token = confidential(method).fetch_token(TOKEN, grant_type="client_credentials")
        same(status_of(token["access_token"]), 200, method)


@check
def strangers_are_no_clients():
    """client credentials: a wrong or missing secret is invalid_client, an unknown app invalid_client_id"""
    same(token_error(grant_type="client_credentials", client_secret="x")[0], "invalid_client", "wrong")
    same(token_error(grant_type="client_credentials")[0], "invalid_client", "missing")
    form = {"grant_type": "client_credentials", "client_id": "nobody", "client_secret": CLIENT_SECRET}
    same(token_error(**form)[0], "invalid_client_id", "unknown")


def asserted(key=PRIVATE, issuer=CLIENT_ID, subject=USERNAME, audience="https://login.salesforce.com", **more):
    session = AssertionSession(
        TOKEN,
        issuer,
        subject,
        audience=audience,
        grant_type=JWT_BEARER,
        key=key,
        header={"alg": "RS256"},
        expires_at=int(time.time()) + 180,
        **more,
    )
    session.trust_env = False
    return session.refresh_token()


@check
def authlib_asserts():
    """JWT bearer: an assertion signed with the app's key is a login, for the login host and for the instance"""
    control("jwt-key", text=PUBLIC)
    for audience in ("https://login.salesforce.com", INSTANCE):
        token = asserted(audience=audience)
        same((token["instance_url"], "refresh_token" in token), (INSTANCE, False), audience)
        same(status_of(token["access_token"]), 200, audience)


@check
def assertions_are_checked():
    """JWT bearer: another key, audience, time or user is invalid_grant, another app invalid_client_id"""
    stranger = key_pair()[0]
    now = int(time.time())
    claims = {"iss": CLIENT_ID, "sub": USERNAME, "aud": "https://login.salesforce.com", "exp": now + 120}
    def error(key=PRIVATE, **changes):
        signed = jwt.encode({"alg": "RS256"}, {**claims, **changes}, RSAKey.import_key(key))
        return token_error(grant_type=JWT_BEARER, assertion=signed)

    same(error(key=stranger)[0], "invalid_grant", "key")
    same(error(aud="https://example.com"), ("invalid_grant", "Audience validation failed"), "audience")
    test = ("invalid_grant", "Audience validation failed")
    same(error(aud="https://test.salesforce.com"), test, "a sandbox's audience")
    same(error(exp=now - 600)[0], "invalid_grant", "time")
    same(error(exp=now + 3600)[0], "invalid_grant", "an hour ahead")
    same(error(sub="nobody@nowhere.example"), ("invalid_grant", "user hasn't approved this consumer"), "user")
    same(error(iss="nobody")[0], "invalid_client_id", "app")
    same(token_error(grant_type=JWT_BEARER, assertion="nonsense")[0], "invalid_grant", "no JWT")


@check
def tokens_are_introspected():
    """introspection: Authlib asks what a token is; access and refresh tokens are active, others are not"""
    token = log_in()
    session = confidential("client_secret_post")
    answer = session.introspect_token(INTROSPECT, token=token["access_token"], token_type_hint="access_token").json()
    holds(answer, "active scope client_id username sub token_type exp iat nbf".split(), "members")
    wanted = (True, CLIENT_ID, USERNAME, token["id"], "access_token")
    found = (answer["active"], answer["client_id"], answer["username"], answer["sub"], answer["token_type"])
    same(found, wanted, "access token")
    assert answer["nbf"] <= answer["iat"] <= time.time() + 5 < answer["exp"], answer
    refresh = confidential("client_secret_basic").introspect_token(
        INTROSPECT, token=token["refresh_token"], token_type_hint="refresh_token"
    )
    same((refresh.json()["active"], refresh.json()["token_type"]), (True, "refresh_token"), "refresh token")
    same(session.introspect_token(INTROSPECT, token="nonsense").json(), {"active": False}, "nonsense")
    revoke = INTROSPECT.replace("introspect", "revoke")
    authlib(token=dict(token)).revoke_token(revoke, token=token["access_token"])
    same(session.introspect_token(INTROSPECT, token=token["access_token"]).json(), {"active": False}, "revoked")


@check
def introspection_is_for_apps():
    """introspection: without the app's secret it is refused"""
    token = log_in()["access_token"]
    for form in ({}, {"client_id": CLIENT_ID}, {"client_id": CLIENT_ID, "client_secret": "x"}):
        answer = requests.post(INTROSPECT, data={"token": token, **form})
        assert answer.status_code in (400, 401) and "error" in answer.json(), answer.text[:200]


@check
def endpoints_are_discovered():
    """OpenID Connect: the discovery document names the endpoints"""
    answer = requests.get(f"{INSTANCE}/.well-known/openid-configuration").json()
    for name, path in {
        "authorization_endpoint": "/services/oauth2/authorize",
        "token_endpoint": "/services/oauth2/token",
        "revocation_endpoint": "/services/oauth2/revoke",
        "userinfo_endpoint": "/services/oauth2/userinfo",
        "jwks_uri": "/id/keys",
    }.items():
        same(answer[name], INSTANCE + path, name)
    holds(answer, ["issuer", "scopes_supported", "response_types_supported", "subject_types_supported"], "members")
    holds(answer["id_token_signing_alg_values_supported"], ["RS256"], "algorithms")


@check
def identities_are_signed():
    """OpenID Connect: the id_token is signed with a published key, and says who, for whom and until when"""
    token = log_in("openid api", nonce="n-0S6_WzA2Mj")
    found = requests.get(f"{INSTANCE}/.well-known/openid-configuration").json()
    keys = KeySet.import_key_set(requests.get(found["jwks_uri"]).json())
    claims = jwt.decode(token["id_token"], keys, algorithms=["RS256"]).claims
    registry = jwt.JWTClaimsRegistry(
        iss={"essential": True, "value": found["issuer"]},
        aud={"essential": True, "value": CLIENT_ID},
        sub={"essential": True, "value": token["id"]},
        nonce={"essential": True, "value": "n-0S6_WzA2Mj"},
        exp={"essential": True},
        iat={"essential": True},
    )
    registry.validate(claims)


@check
def errors_are_worded():
    """errors: the words that clients branch on"""
    same(token_error(grant_type="password", username=USERNAME, password="x")[0] in ("unsupported_grant_type", "invalid_grant"), True, "password")
    same(token_error(grant_type="explode"), ("unsupported_grant_type", "grant type not supported"), "grant")
    same(token_error(grant_type="refresh_token", refresh_token="x"), ("invalid_grant", "expired access/refresh token"), "refresh")
    same(token_error(grant_type="refresh_token", refresh_token="x", client_id="nobody"), ("invalid_client_id", "client identifier invalid"), "app")
    same(token_error(grant_type="refresh_token", refresh_token="x", client_secret="x"), ("invalid_client", "invalid client credentials"), "secret")
    same(token_error(grant_type="authorization_code", code="x", code_verifier="x" * 43)[0], "invalid_grant", "code")
    refused(OAuthError, lambda: authlib().refresh_token(TOKEN, refresh_token="nonsense"))


run()
