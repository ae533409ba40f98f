// One attempt with one browser, and what it has to show afterwards.

import assert from 'node:assert/strict';

import { browse } from './children.mjs';
import { Attempt } from './relying-party.mjs';

export const PASSWORD = 'urn:okta:loa:1fa:pwd';
export const TWO_FACTORS = 'urn:okta:loa:2fa:any';
export const PAPE = 'http://schemas.openid.net/pape/policies/2007/06/multi-factor';

export const demand = (...values) => JSON.stringify({ id_token: { acr: { essential: true, values } } });

// Looking at pages is left to the one case about looking.
export async function visit({ folder, name, provider, api }, asked, steps, plan) {
  const attempt = await Attempt.begin(provider, api, asked);
  try {
    const began = Math.floor(Date.now() / 1000);
    const report = await browse(folder, name, { steps, timeout_s: 60, look: [], ...plan }, attempt.start);
    return { report, began, outcome: await answered(attempt) };
  } finally {
    await attempt.close();
  }
}

// The browser is back, so an answer that is not here by now never came.
function answered(attempt) {
  return Promise.race([attempt.outcome(), new Promise((resolve) => { setImmediate(resolve, 'no answer'); })]);
}

export function signedIn({ report, outcome, began }, { acr, amr, user = 'mira.chen' }, provider) {
  assert.equal(report.error, null);
  assert.equal(outcome.error, undefined, outcome.description);
  const person = provider.people.find(({ username }) => username === user);
  for (const claims of [outcome.id, outcome.access]) {
    assert.equal(claims.acr, acr);
    assert.deepEqual(claims.amr, amr);
    assert.equal(claims.sub, person.sub);
    assert.equal(claims.email, person.email);
    assert.ok(claims.auth_time >= began && claims.auth_time <= Date.now() / 1000 + 1, `auth_time ${claims.auth_time}`);
  }
  assert.equal(outcome.id.preferred_username, person.username);
  assert.deepEqual(report.address.parameters, [], 'the address bar holds no code');
  assert.deepEqual(report.strangers, [], 'nothing left the machine');
  assert.deepEqual(report.requests.flatMap(({ referer_leaks: leaks = [] }) => leaks), []);
}

export function endedWith({ report, outcome }, error) {
  assert.equal(report.error, null);
  assert.equal(outcome.error, error);
}

export const passwordOnly = ['password', 'continue', 'result'];
