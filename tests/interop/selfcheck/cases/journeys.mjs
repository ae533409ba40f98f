// How the browser gets through: tabs, pages, sessions, clients, and what it notices on the way.

import assert from 'node:assert/strict';

import {
  endedWith, PASSWORD, signedIn, TWO_FACTORS, visit,
} from '../visit.mjs';

export default {
  async 'password, pages looked at'(scene) {
    const plan = { look: ['light', 'dark', 'narrow'], folder: 'shots' };
    const { report } = await visit(scene, { acr_values: TWO_FACTORS }, ['password', 'totp', 'result'], plan);
    assert.deepEqual(report.pages.map(({ page }) => page), ['sign-in', 'factors', null, null]);
    assert.deepEqual(report.pages.flatMap(({ axe }) => axe), []);
    assert.deepEqual(report.pages.filter(({ overflows }) => overflows), []);
    assert.deepEqual(report.console, []);
    assert.equal(report.pages.flatMap(({ screenshots }) => screenshots).length, 12);
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
    const { report, outcome } = await visit(scene, { acr_values: TWO_FACTORS }, ['continue'], { timeout_s: 12 });
    assert.equal(outcome, 'no answer');
    assert.deepEqual([report.outcome, report.code], ['failed', 1]);
    assert.match(report.error, /not done after 12 s, at step continue/u);
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
