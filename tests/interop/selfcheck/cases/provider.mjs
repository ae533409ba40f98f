// What changes or reads the provider as a whole, so that nothing may run beside it.

import assert from 'node:assert/strict';

import {
  endedWith, PASSWORD, passwordOnly, visit,
} from '../visit.mjs';

export default {
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
