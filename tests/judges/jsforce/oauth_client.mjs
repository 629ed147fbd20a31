// jsforce against OAuth: the web server flow with PKCE, refresh, client credentials, revocation.
// Sources: Salesforce Help ("OAuth Authorization Flows"); what jsforce sends is in its own source.
// Needs DEMO_CLIENT_ID, DEMO_CLIENT_SECRET, DEMO_USERNAME and DEMO_PASSWORD too.

import jsforce from "jsforce";

import { INSTANCE, VERSION } from "./connection.mjs";
import { check, holds, refused, run, same } from "./verdict.mjs";

const CALLBACK = "http://localhost:17171/callback";
const { DEMO_CLIENT_ID: clientId, DEMO_CLIENT_SECRET: clientSecret, DEMO_USERNAME: username, DEMO_PASSWORD: password } = process.env;

function app(more = {}) {
  return new jsforce.OAuth2({ loginUrl: INSTANCE, clientId, redirectUri: CALLBACK, useVerifier: true, ...more });
}

const field = (page, name) => page.match(new RegExp(`name="${name}" value="([^"]*)"`))[1];

/** Logs in and allows, as a person would; says where the browser ends. */
async function person(url) {
  const send = async (address, form) => {
    const answer = await fetch(address, {
      method: form ? "POST" : "GET",
      body: form && new URLSearchParams(form),
      redirect: "manual",
    });
    return { location: answer.headers.get("location"), page: await answer.text(), status: answer.status };
  };
  const login = await send(url);
  same(login.status, 200, login.page.slice(0, 200));
  const consent = await send(`${INSTANCE}/services/oauth2/authorize/login`, { request: field(login.page, "request"), username, password });
  const end = await send(`${INSTANCE}/services/oauth2/authorize/consent`, { request: field(consent.page, "request"), decision: "allow" });
  return new URL(end.location);
}

async function logged_in(more) {
  const oauth2 = app(more);
  const location = await person(oauth2.getAuthorizationUrl({ scope: "api refresh_token id", state: "s t&=é" }));
  same(location.searchParams.get("state"), "s t&=é", "state");
  const connection = new jsforce.Connection({ oauth2, version: VERSION });
  const user = await connection.authorize(location.searchParams.get("code"));
  return { connection, user };
}

check("web server flow: a challenge without its method is S256; the connection works", async () => {
  const { connection, user } = await logged_in();
  same([user.organizationId.slice(0, 3), user.id.slice(0, 3)], ["00D", "005"], "user");
  same(connection.instanceUrl, INSTANCE, "instance");
  holds(/^00D\w{12,15}![.\w]*$/.test(connection.accessToken), connection.accessToken);
  same((await connection.identity()).username, username, "identity");
  same((await connection.query("SELECT Id FROM Account LIMIT 1")).totalSize, 1, "query");
});

check("confidential: with the secret as well", async () => {
  const { connection } = await logged_in({ clientSecret });
  same((await connection.query("SELECT Id FROM Account LIMIT 1")).totalSize, 1, "query");
});

check("refresh: an expired session is renewed once, unseen", async () => {
  const { connection } = await logged_in();
  const renewed = [];
  connection.on("refresh", (token) => renewed.push(token));
  connection.accessToken = "00D000000000001!expired";
  same((await connection.query("SELECT Id FROM Account LIMIT 1")).totalSize, 1, "query");
  same(renewed, [connection.accessToken], "refresh event");
});

check("refresh: a token that never was is refused", async () => {
  const error = await refused(() => app().refreshToken("nonsense"));
  same([error.name, error.message], ["invalid_grant", "expired access/refresh token"], "error");
});

check("client credentials: an access token without a refresh token", async () => {
  const connection = new jsforce.Connection({ oauth2: { loginUrl: INSTANCE, clientId, clientSecret }, instanceUrl: INSTANCE, version: VERSION });
  await connection.authorize({ grant_type: "client_credentials" });
  holds(!connection.refreshToken, "a refresh token");
  same((await connection.query("SELECT Id FROM Account LIMIT 1")).totalSize, 1, "query");
});

check("revocation: after logout the tokens are dead", async () => {
  const { connection } = await logged_in();
  const { accessToken, refreshToken, oauth2 } = connection;
  await connection.logout(true);
  const late = new jsforce.Connection({ instanceUrl: INSTANCE, accessToken, version: VERSION });
  same((await refused(() => late.query("SELECT Id FROM Account LIMIT 1"))).errorCode, "INVALID_SESSION_ID", "access token");
  same((await refused(() => oauth2.refreshToken(refreshToken))).name, "invalid_grant", "refresh token");
});

await run();
