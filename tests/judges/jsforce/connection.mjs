// jsforce connected to the demo org of the environment: DEMO_INSTANCE_URL and DEMO_ACCESS_TOKEN.

import jsforce from "jsforce";

export const INSTANCE = process.env.DEMO_INSTANCE_URL;
export const TOKEN = process.env.DEMO_ACCESS_TOKEN;
export const VERSION = "60.0";

/** A connection with this token; more options as jsforce knows them. */
export function connect(options = {}) {
  return new jsforce.Connection({ instanceUrl: INSTANCE, accessToken: TOKEN, version: VERSION, ...options });
}

/** Uses one of the demo org's own endpoints, which no real org has. */
export async function control(path, body) {
  const answer = await fetch(`${INSTANCE}/demo/${path}`, {
    method: "POST",
    headers: { "X-Demo-Control": "1", "Content-Type": "application/json" },
    body: body && JSON.stringify(body),
  });
  if (!answer.ok) {
    throw new Error(`control ${path}: ${answer.status} ${await answer.text()}`);
  }
}
