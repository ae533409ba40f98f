// One story each: what was asked, what the person did, what the verified tokens say.

import assert from 'node:assert/strict';

import { browse } from './children.mjs';
import { Attempt } from './relying-party.mjs';

const PASSWORD = 'urn:okta:loa:1fa:pwd';
const TWO_FACTORS = 'urn:okta:loa:2fa:any';
const PAPE = 'http://schemas.openid.net/pape/policies/2007/06/multi-factor';

const demand = (...values) => JSON.stringify({ id_token: { acr: { essential: true, values } } });

// One attempt with one browser. Looking at pages is left to the one case about looking.
async function visit({ folder, name, provider, api }, asked, steps, plan) {
  const attempt = await Attempt.begin(provider, api, asked);
  try {
    const began = Math.floor(Date.now() / 1000);
    const report = await browse(folder, name, { steps, timeout_s: 30, look: [], ...plan }, attempt.start);
    return { report, began, outcome: await answered(attempt) };
  } finally {
    await attempt.close();
  }
}

// The browser is back, so an answer that is not here by now never came.
function answered(attempt) {
  return Promise.race([attempt.outcome(), new Promise((resolve) => { setImmediate(resolve, 'no answer'); })]);
}

function signedIn({ report, outcome, began }, { acr, amr, user = 'mira.chen' }, provider) {
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

function endedWith({ report, outcome }, error) {
  assert.equal(report.error, null);
  assert.equal(outcome.error, error);
}

const passwordOnly = ['password', 'continue', 'result'];

// Each could run beside any other.
export const TOGETHER = {
  async password(scene) {
    const seen = await visit(scene, { acr_values: PASSWORD, max_age: 0 }, ['password', 'result']);
    signedIn(seen, { acr: PASSWORD, amr: ['pwd'] }, scene.provider);
  },

  async 'password, pages looked at'(scene) {
    const plan = { look: ['light', 'dark', 'narrow'], folder: 'shots' };
    const { report } = await visit(scene, { acr_values: TWO_FACTORS }, ['password', 'totp', 'result'], plan);
    assert.deepEqual(report.pages.map(({ page }) => page), ['sign-in', 'factors', null, null]);
    assert.deepEqual(report.pages.flatMap(({ axe }) => axe), []);
    assert.deepEqual(report.pages.filter(({ overflows }) => overflows), []);
    assert.deepEqual(report.console, []);
    assert.equal(report.pages.flatMap(({ screenshots }) => screenshots).length, 12);
  },

  async totp(scene) {
    const seen = await visit(scene, { acr_values: TWO_FACTORS, max_age: 0 }, ['password', 'totp', 'result']);
    signedIn(seen, { acr: TWO_FACTORS, amr: ['pwd', 'otp', 'mfa'] }, scene.provider);
  },

  async 'totp as PAPE multi-factor'(scene) {
    const seen = await visit(scene, { acr_values: PAPE }, ['password', 'totp', 'result']);
    signedIn(seen, { acr: PAPE, amr: ['pwd', 'otp', 'mfa'] }, scene.provider);
  },

  async 'wrong password, wrong code, then right'(scene) {
    const wrong = [{ do: 'password', value: 'guess' }, 'password', { do: 'totp', value: '000000' }, 'totp', 'result'];
    const seen = await visit(scene, { acr_values: TWO_FACTORS }, wrong, { look: ['light'] });
    signedIn(seen, { acr: TWO_FACTORS, amr: ['pwd', 'otp', 'mfa'] }, scene.provider);
    assert.match(seen.report.pages[1].text, /Wrong user name or password/u);
    assert.match(seen.report.pages[3].text, /Wrong code/u);
  },

  async 'passkey, registered then used by another browser'(scene) {
    const authenticator = { file: 'synced.key', synced: true };
    const first = await visit(scene, { acr_values: 'phr' }, ['password', 'register-passkey', 'passkey', 'result'], { authenticator });
    signedIn(first, { acr: 'phr', amr: ['pwd', 'swk', 'pop', 'user', 'mfa'] }, scene.provider);
    const again = await visit(scene, { claims: demand('phr'), max_age: 0, pushed: true }, ['passkey', 'result'], { authenticator });
    signedIn(again, { acr: 'phr', amr: ['swk', 'pop', 'user', 'mfa'] }, scene.provider);
    const hardware = await visit(scene, { claims: demand('phrh') }, ['passkey', 'continue', 'result'], { authenticator });
    endedWith(hardware, 'unmet_authentication_requirements');
  },

  async 'passkey bound to its device'(scene) {
    const authenticator = { file: 'bound.key', transport: 'usb' };
    const steps = ['password', 'register-passkey', 'passkey', 'result'];
    const seen = await visit(scene, { claims: demand('phrh') }, steps, { authenticator });
    signedIn(seen, { acr: 'phrh', amr: ['pwd', 'hwk', 'pop', 'user', 'mfa'] }, scene.provider);
  },

  async 'passkey without user verification'(scene) {
    const authenticator = { file: 'presence.key', verified: false, transport: 'usb' };
    const steps = ['password', 'register-passkey', 'passkey', 'continue', 'result'];
    const seen = await visit(scene, { acr_values: 'phr' }, steps, { authenticator });
    signedIn(seen, { acr: TWO_FACTORS, amr: ['pwd', 'hwk', 'pop', 'user', 'mfa'] }, scene.provider);
  },

  async 'no passkey at hand'(scene) {
    const authenticator = { file: 'empty.key' };
    const steps = ['passkey', 'decline', 'result'];
    const seen = await visit(scene, { acr_values: 'phr' }, steps, { authenticator, look: ['light'] });
    endedWith(seen, 'access_denied');
    assert.match(seen.report.pages[1].text, /The passkey was not used/u);
  },

  async 'a wish that is not met'(scene) {
    const seen = await visit(scene, { acr_values: 'phr', max_age: 0 }, passwordOnly);
    signedIn(seen, { acr: PASSWORD, amr: ['pwd'] }, scene.provider);
  },

  async 'a demand that is not met'(scene) {
    endedWith(await visit(scene, { claims: demand('phr', 'phrh') }, passwordOnly), 'unmet_authentication_requirements');
  },

  async decline(scene) {
    endedWith(await visit(scene, { acr_values: TWO_FACTORS }, ['decline', 'result']), 'access_denied');
    endedWith(await visit(scene, { acr_values: TWO_FACTORS }, ['password', 'decline', 'result']), 'access_denied');
  },

  async 'close the tab'(scene) {
    const { report, outcome } = await visit(scene, { acr_values: TWO_FACTORS }, ['password', 'close-tab']);
    assert.equal(report.error, null);
    assert.equal(report.address, null);
    assert.equal(outcome, 'no answer');
  },

  async 'reload, back, forward'(scene) {
    const steps = ['password', 'result', 'reload-after', 'back', 'forward'];
    const seen = await visit(scene, { acr_values: PASSWORD }, steps, { look: ['light'] });
    signedIn(seen, { acr: PASSWORD, amr: ['pwd'] }, scene.provider);
    const titles = seen.report.pages.slice(-4).map(({ title }) => title);
    assert.deepEqual([titles[0], titles[1], titles[3]], ['Done', 'Done', 'Done']);
    assert.equal(seen.report.pages.at(-2).page, 'error', 'the sign-in is over');
  },

  async 'two tabs'(scene) {
    const seen = await visit(scene, { acr_values: PASSWORD }, ['two-tabs', 'password', 'result']);
    signedIn(seen, { acr: PASSWORD, amr: ['pwd'] }, scene.provider);
    const later = await visit(scene, { acr_values: PASSWORD }, ['second-tab', 'password', 'result', 'first-tab']);
    assert.equal(later.report.error, null);
  },

  async 'every loopback host'(scene) {
    for (const host of ['127.0.0.1', 'localhost', '[::1]']) {
      const seen = await visit(scene, { host, acr_values: PASSWORD }, ['password', 'result']);
      signedIn(seen, { acr: PASSWORD, amr: ['pwd'] }, scene.provider);
    }
  },

  async 'form_post'(scene) {
    const seen = await visit(scene, { response_mode: 'form_post', acr_values: PASSWORD }, ['password', 'result']);
    signedIn(seen, { acr: PASSWORD, amr: ['pwd'] }, scene.provider);
  },

  async 'confidential clients'(scene) {
    for (const client of ['stepup-basic', 'stepup-post']) {
      const seen = await visit(scene, { client, pushed: true, acr_values: PASSWORD }, ['password', 'result']);
      signedIn(seen, { acr: PASSWORD, amr: ['pwd'] }, scene.provider);
    }
  },

  async 'single sign-on in one profile'(scene) {
    const plan = { profile: 'kept-profile' };
    const first = await visit(scene, { acr_values: PASSWORD }, ['password', 'result'], plan);
    signedIn(first, { acr: PASSWORD, amr: ['pwd'] }, scene.provider);
    const silent = await visit(scene, { acr_values: PASSWORD }, ['result'], plan);
    assert.equal(silent.outcome.id.auth_time, first.outcome.id.auth_time, 'the session was reused');
    const fresh = await visit(scene, { acr_values: PASSWORD, max_age: 0 }, ['password', 'result'], plan);
    signedIn(fresh, { acr: PASSWORD, amr: ['pwd'] }, scene.provider);
    const higher = await visit(scene, { acr_values: TWO_FACTORS }, ['password', 'totp', 'result'], plan);
    signedIn(higher, { acr: TWO_FACTORS, amr: ['pwd', 'otp', 'mfa'] }, scene.provider);
    const user = 'noor.haddad';
    const other = await visit(scene, { acr_values: PASSWORD, max_age: 0 }, ['password', 'result'], { ...plan, user });
    signedIn(other, { acr: PASSWORD, amr: ['pwd'], user }, scene.provider);
  },

  async 'a careless client is seen through'(scene) {
    const { report } = await visit(scene, { careless: true }, ['password', 'result'], { look: ['light', 'narrow'] });
    const page = report.pages.at(-1);
    assert.deepEqual(report.address.parameters.toSorted(), ['code', 'iss', 'state']);
    assert.ok(page.axe.some(({ id }) => id === 'html-has-lang'), 'axe looks');
    assert.equal(page.overflows, true);
    assert.deepEqual(report.strangers, ['http://127.0.0.1:9470/spy.png']);
    const spied = report.requests.filter(({ url }) => url.endsWith('/spy.png'));
    assert.deepEqual(spied.map(({ referer_leaks: leaks }) => leaks), [['code', 'state'], ['code', 'state']]);
    assert.ok(report.console.length > 0, 'the console is heard');
    assert.doesNotMatch(JSON.stringify(report), /[?&](?:code|state)=/u, 'the report itself holds no secret');
  },

  async 'a person who does not go on'(scene) {
    const { report, outcome } = await visit(scene, { acr_values: TWO_FACTORS }, ['continue'], { timeout_s: 6 });
    assert.equal(outcome, 'no answer');
    assert.deepEqual([report.outcome, report.code], ['failed', 1]);
    assert.match(report.error, /not done after 6 s, at step continue/u);
  },

  async 'what the provider refuses to redirect'(scene) {
    const { report, outcome } = await visit(scene, { path: '/callback/elsewhere' }, [], { look: ['light'] });
    assert.equal(outcome, 'no answer');
    assert.equal(report.pages[0].page, 'error');
    assert.match(report.pages[0].text, /redirect_uri/u);
  },

  async 'PKCE is not optional'(scene) {
    endedWith(await visit(scene, { code_challenge: '', code_challenge_method: '' }, ['result']), 'invalid_request');
    endedWith(await visit(scene, { code_challenge_method: 'plain' }, ['result']), 'invalid_request');
  },

};

// What changes or reads the provider as a whole.
export const ALONE = {
  async 'orders for the next sign-in'(scene) {
    const { control } = scene.provider;
    await control('POST', '/next', { consent: true, login: { acr: 'phr', ts: 1_000_000 } });
    const told = await visit(scene, { acr_values: PASSWORD }, ['password', 'consent', 'result']);
    assert.deepEqual([told.outcome.id.acr, told.outcome.id.auth_time], ['phr', 1_000_000]);
    assert.deepEqual([told.outcome.access.acr, told.outcome.access.auth_time], ['phr', 1_000_000]);

    await control('POST', '/next', { error: { error: 'temporarily_unavailable' } });
    endedWith(await visit(scene, { acr_values: PASSWORD }, ['password', 'result']), 'temporarily_unavailable');

    await control('POST', '/next', { fail: { path: '/token', status: 503, body: { error: 'server_error' } } });
    endedWith(await visit(scene, { acr_values: PASSWORD }, ['password', 'result']), 'server_error');
    assert.deepEqual(await control('GET', '/next'), {});
  },

  async 'the control port'(scene) {
    const { control, control_url: url } = scene.provider;
    await control('DELETE', '/log');
    await visit(scene, { acr_values: 'phr', pushed: true }, passwordOnly);
    const log = await control('GET', '/log');
    const uid = log.map(({ path }) => /^\/auth\/(.+)/u.exec(path)?.[1]).find(Boolean);
    assert.deepEqual(log.map(({ method, path }) => `${method} ${path.replace(uid, 'UID')}`), [
      'GET /.well-known/openid-configuration', 'POST /request', 'GET /auth', 'GET /interaction/UID',
      'POST /interaction/UID/password', 'GET /interaction/UID', 'POST /interaction/UID/continue', 'GET /auth/UID',
      'POST /token', 'GET /jwks',
    ]);
    const { asked } = log.find(({ path }) => path === '/auth');
    assert.deepEqual([asked.acr_values, asked.pushed, asked.code_challenge_method], ['phr', true, 'S256']);
    const people = await control('GET', '/people');
    assert.deepEqual(people.map(({ preferred_username: name }) => name), ['mira.chen', 'noor.haddad']);
    const { code } = await control('GET', '/people/mira.chen/code');
    assert.match(code, /^\d{6}$/u);
    await assert.rejects(control('POST', '/next', { nonsense: 1 }), /no order called nonsense/u);
    const stranger = await fetch(`${url}/log`, { headers: { authorization: 'Bearer guess' } });
    assert.equal(stranger.status, 401);
  },
};
