// What was asked, which factors the person showed, and what the verified tokens say of it.

import assert from 'node:assert/strict';

import {
  demand, endedWith, PAPE, PASSWORD, passwordOnly, signedIn, TWO_FACTORS, visit,
} from '../visit.mjs';

export default {
  async password(scene) {
    const seen = await visit(scene, { acr_values: PASSWORD, max_age: 0 }, ['password', 'result']);
    signedIn(seen, { acr: PASSWORD, amr: ['pwd'] }, scene.provider);
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
};
