// What a person can do. Each step gets the scene (page, plan, person, moves) and its own entry of the plan.

import { writeFile } from 'node:fs/promises';

import { Secret, TOTP } from 'otpauth';

const code = ({ totp_secret: secret }) => new TOTP({ secret: Secret.fromBase32(secret) }).generate();

const press = (selector) => ({ page, arrive }) => arrive(() => page.click(selector));

export const STEPS = {
  // The last thing that is pressed leads to another page.
  async password({ page, pages, person, arrive }, { user = person.login ?? person.username, value = person.password }) {
    await page.fill(pages.username, user);
    await page.fill(pages.password, value);
    for (const selector of pages.press.slice(0, -1)) await page.click(selector);
    await arrive(() => page.click(pages.press.at(-1)));
  },

  async totp({ page, person, arrive, answer }, { value = code(person), leave = false }) {
    await page.fill('#code', value);
    await (leave ? answer : arrive)(() => page.click('#use-code'));
  },

  // The second factor of another provider.
  async 'portal-code'({ page, pages, person, arrive }) {
    await page.fill(pages.code, person.code);
    await arrive(() => page.click(pages.press.at(-1)));
  },

  passkey: press('#passkey-use'),
  'register-passkey': press('#passkey-register'),
  continue: press('#continue'),
  consent: press('#allow'),
  decline: press('#decline'),

  // What stands in the address bar, also over the browser's own page about a place that it cannot reach. Only the
  // plan's owner may read the file: there is a code in it.
  async 'copy-address'({ page }, { file }) {
    const devtools = await page.context().newCDPSession(page);
    const { entries, currentIndex } = await devtools.send('Page.getNavigationHistory');
    await writeFile(file, entries[currentIndex].url, { mode: 0o600 });
  },

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
  // Any field and any button of any page, for providers that are not ours.
  type: ({ page }, { selector, value }) => page.fill(selector, value),
  press: ({ page, arrive }, { selector }) => arrive(() => page.click(selector)),
  // What opens on the page itself: none follows.
  unfold: ({ page }, { selector }) => page.click(selector),

  // Another address at the client.
  visit: ({ page, start }, { path }) => page.goto(new URL(path, start).href),

  // In a new tab somebody else's page posts a made-up answer to the client; the person is left looking at that.
  async forge({ openTab, start, atClient, scene }, { path }) {
    const form = `<form method="post" action="${new URL(path, start)}"><input name="code" value="forged">`
      + '<input name="state" value="forged"></form><script>document.forms[0].submit()</script>';
    await openTab(`data:text/html,${encodeURIComponent(form)}`);
    await scene().page.waitForURL((url) => atClient(url), { waitUntil: 'load' });
  },

  reload: ({ page }) => page.reload(),
  'reload-after': ({ page }) => page.reload(),
  back: ({ page }) => page.goBack(),
  forward: ({ page }) => page.goForward(),

  // The address is opened once more in a new tab, and the person goes on there / returns to the tab before.
  'second-tab': ({ openTab, start }) => openTab(start),
  'first-tab': ({ selectTab }) => selectTab(0),
  'other-tab': ({ selectTab }) => selectTab(1),
  'two-tabs': async ({ openTab, selectTab, start }) => { await openTab(start); selectTab(0); },
};
