// Looks at a page the way a person and an accessibility checker would, and writes down what is there.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { bare, parameterNames, withoutQueries } from './address.mjs';

const WIDE = { width: 1280, height: 800 };

const LOOKS = {
  light: { scheme: 'light', size: WIDE },
  dark: { scheme: 'dark', size: WIDE },
  narrow: { scheme: 'light', size: { width: 400, height: 800 } },
};

export class Witness {
  #plan;

  #axe;

  pages = [];

  constructor(plan) { this.#plan = plan; }

  async look(page, after) {
    const entry = {
      after,
      url: bare(page.url()),
      parameters: parameterNames(page.url()),
      title: withoutQueries(await page.title()),
      page: await page.evaluate(() => document.body?.dataset.page ?? null),
      // The browser's own error page spells out the address it could not reach.
      text: withoutQueries(await page.innerText('body')).slice(0, 4000),
      // Anything the page moves sideways for on a small screen.
      overflows: false,
      axe: [],
      screenshots: [],
    };
    this.pages.push(entry);
    for (const name of this.#plan.look) await this.#see(page, name, entry);
  }

  async #see(page, name, entry) {
    const { scheme, size } = LOOKS[name];
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize(size);
    if (this.#plan.axe) entry.axe.push(...await this.#check(page, name));
    entry.overflows ||= await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
    if (this.#plan.folder) {
      const path = join(this.#plan.folder, `${String(this.pages.length).padStart(2, '0')}-${entry.after}-${name}.png`);
      await page.screenshot({ path, fullPage: true });
      entry.screenshots.push(path);
    }
  }

  // Evaluated over the debugging protocol, so the page's own content security policy stays as it is.
  async #check(page, look) {
    this.#axe ??= await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    await page.evaluate(this.#axe);
    const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ['violations'] }));
    return violations.map(({ id, impact, help, nodes }) => (
      { id, impact, help, look, where: nodes.map((node) => node.target.join(' ')) }));
  }
}
