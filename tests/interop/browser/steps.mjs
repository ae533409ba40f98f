// What a person can do. Each step gets the scene (page, plan, person, moves) and its own entry of the plan.

import { Secret, TOTP } from 'otpauth';

const code = ({ totp_secret: secret }) => new TOTP({ secret: Secret.fromBase32(secret) }).generate();

const press = (selector) => ({ page, arrive }) => arrive(() => page.click(selector));

export const STEPS = {
  async password({ page, person, arrive }, { user = person.username, value = person.password }) {
    await page.fill('#username', user);
    await page.fill('#password', value);
    await arrive(() => page.click('#sign-in'));
  },

  async totp({ page, person, arrive }, { value = code(person) }) {
    await page.fill('#code', value);
    await arrive(() => page.click('#use-code'));
  },

  passkey: press('#passkey-use'),
  'register-passkey': press('#passkey-register'),
  continue: press('#continue'),
  consent: press('#allow'),
  decline: press('#decline'),

  // The first thing that makes the person leave: the tab is gone, and what the client shows goes unread.
  'close-tab': ({ page }) => page.close(),

  // The client's page, at the address it is to stay at. Where it never becomes clean, the report shows what it was.
  async result({ page, atClient, patience }) {
    await page.waitForURL((url) => atClient(url), { waitUntil: 'load' });
    await page.waitForURL((url) => !url.search && !url.hash, { timeout: patience }).catch((error) => {
      if (error.name !== 'TimeoutError') throw error;
    });
  },

  // Only the client's own pages are reached by these, so none of them waits for more than the page.
  reload: ({ page }) => page.reload(),
  'reload-after': ({ page }) => page.reload(),
  back: ({ page }) => page.goBack(),
  forward: ({ page }) => page.goForward(),

  // The address is opened once more in a new tab, and the person goes on there / returns to the tab before.
  'second-tab': ({ openTab, start }) => openTab(start),
  'first-tab': ({ selectTab }) => selectTab(0),
  'two-tabs': async ({ openTab, selectTab, start }) => { await openTab(start); selectTab(0); },
};
