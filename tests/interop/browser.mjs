// A person at a real browser, for programs that open one: `node browser.mjs --plan FILE URL`. Says nothing on standard
// output, which may be the caller's own; what it saw is in the report.

import { mkdir, readFile, rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';

import { bare, parameterNames, sameListener, withoutQueries } from './browser/address.mjs';
import { Authenticator } from './browser/authenticator.mjs';
import { readPlan } from './browser/plan.mjs';
import { Scene } from './browser/scene.mjs';
import { STEPS } from './browser/steps.mjs';
import { Wire } from './browser/wire.mjs';
import { Witness } from './browser/witness.mjs';
import { writePrivately } from './shared/private-file.mjs';

const { values: options, positionals: [start] } = parseArgs({
  options: { plan: { type: 'string' } },
  allowPositionals: true,
});
if (!options.plan || !start) throw new Error('usage: browser.mjs --plan FILE URL');

const plan = await readPlan(options.plan);
const provider = JSON.parse(await readFile(plan.provider, 'utf8'));
// A report of an earlier launch must not pass for this one's.
await rm(plan.report, { force: true });
if (plan.folder) await mkdir(plan.folder, { recursive: true });

const began = performance.now();
const elapsed = () => Math.round(performance.now() - began);
const authenticator = plan.authenticator && new Authenticator(plan.authenticator);
const witness = new Witness(plan);
const wire = new Wire((url) => url.startsWith('http') && sameListener(url, provider.issuer));
const steps = [];
let scene;
let late = false;

async function take(name, act) {
  const entry = { do: name, ms: null };
  steps.push(entry);
  const from = elapsed();
  await act();
  entry.ms = elapsed() - from;
  if (scene.page.isClosed()) return;
  await authenticator?.keep(scene.page);
  await witness.look(scene.page, name);
}

async function play() {
  scene = await Scene.open({ plan, provider, start, authenticator, wire });
  if (late) throw new Error('the browser took all the time to start');
  await take('start', () => scene.openTab(start));
  for (const step of plan.steps) await take(step.do, () => STEPS[step.do](scene, step));
}

const deadline = setTimeout(() => { late = true; void scene?.close(); }, plan.timeout_s * 1000);
const failure = await play().then(() => null, (error) => error);
if (failure && !late && !scene?.page?.isClosed()) await witness.look(scene.page, 'failure').catch(() => {});
// Playwright appends its own log, addresses included.
const reason = late ? `not done after ${plan.timeout_s} s, at step ${steps.at(-1)?.do}` : failure?.message.split('\n')[0];

const page = scene?.page;
const address = page && !page.isClosed() ? { url: bare(page.url()), parameters: parameterNames(page.url()) } : null;
// Before the browser goes, for its requests go with it; one that hangs is ended by the deadline.
await wire.settled();
clearTimeout(deadline);
await scene?.close();

const atHome = (url) => !url.startsWith('http') || [provider.issuer, start].some((known) => sameListener(url, known));
await writePrivately(plan.report, {
  schema: 'stepup-interop-browser/1',
  outcome: failure ? 'failed' : 'done',
  error: failure && withoutQueries(reason),
  ms: elapsed(),
  steps,
  address,
  pages: witness.pages,
  console: wire.console,
  requests: wire.requests,
  strangers: wire.requests.map(({ url }) => url).filter((url) => !atHome(url)),
});
if (failure) {
  process.stderr.write(`browser: ${withoutQueries(reason)}\n`);
  process.exitCode = 1;
}
