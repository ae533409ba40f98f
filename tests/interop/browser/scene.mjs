// One browser with its tabs, and how the person gets from page to page.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];

// Where to type and what to press at a provider whose pages are ours.
const OUR_PAGES = { username: '#username', password: '#password', press: ['#sign-in'], named: true };

// How long a page that has arrived may take to clean its own address.
const PATIENCE_MS = 2000;

export class Scene {
  #context;

  #tabs = [];

  #current;

  #profile;

  #closing;

  static async open({ plan, provider, start, authenticator, wire }) {
    const scene = new Scene();
    const { origin } = new URL(provider.issuer);
    Object.assign(scene, { plan, start, authenticator, origin, pages: provider.pages ?? OUR_PAGES, patience: PATIENCE_MS });
    scene.person = provider.people.find(({ username }) => username === plan.user);
    if (!scene.person) throw new Error(`the provider knows nobody called ${plan.user}`);
    scene.atClient = (url) => ['http:', 'https:'].includes(new URL(url).protocol) && new URL(url).origin !== origin;

    // Steps are handed what there is when they begin; one that opens a tab needs what there is then.
    scene.scene = () => scene;
    scene.#profile = plan.profile ?? await mkdtemp(join(tmpdir(), 'interop-profile-'));
    scene.#context = await chromium.launchPersistentContext(scene.#profile, {
      executablePath: plan.chromium,
      args: FLAGS,
      chromiumSandbox: false,
      viewport: { width: 1280, height: 800 },
    });
    scene.#context.setDefaultTimeout(plan.timeout_s * 1000);
    wire.watch(scene.#context);
    return scene;
  }

  get page() { return this.#tabs[this.#current]; }

  version() { return this.#context.browser()?.version(); }

  openTab = async (url) => {
    const page = this.#tabs.length === 0 ? this.#context.pages()[0] : await this.#context.newPage();
    await this.authenticator?.attach(this.#context, page);
    this.#current = this.#tabs.push(page) - 1;
    await page.goto(url);
    await this.#settle();
  };

  selectTab = (index) => { this.#current = index; };

  // Acts, then waits until the browser stands on a page that is meant to be read.
  arrive = async (act) => {
    await Promise.all([this.page.waitForEvent('load'), act()]);
    await this.#settle();
  };

  // Acts, then waits until the client has answered the provider's answer, and no longer.
  answer = (act) => Promise.all([this.page.waitForResponse((response) => this.atClient(response.url())), act()]);

  // Our provider names its pages; a document of its without a name posts itself onwards, so another one will load.
  async #settle() {
    const { page, origin, pages } = this;
    if (pages.named) {
      await page.waitForFunction((at) => location.origin !== at || document.body?.dataset.page !== undefined, origin);
    }
    await page.waitForLoadState('load');
  }

  // Asked for twice when the time is up; there is one end.
  close() {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close() {
    await this.#context.close();
    if (this.#profile !== this.plan.profile) await rm(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
