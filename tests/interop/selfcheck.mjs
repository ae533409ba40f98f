// Proves the provider and the browser on their own, before `stepup` meets them: `node selfcheck.mjs [NAME...]`.

import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';

import factors from './selfcheck/cases/factors.mjs';
import journeys from './selfcheck/cases/journeys.mjs';
import whole from './selfcheck/cases/provider.mjs';
import { startProvider } from './selfcheck/children.mjs';

const LIMIT_S = 480;
const API = 'http://127.0.0.1:9470';

// Whatever was started here carries the folder's name in its arguments, except Chromium's helpers, which end with
// their browser. Linux only, like the rest of this suite.
async function leftovers(folder) {
  const processes = (await readdir('/proc')).filter((name) => /^\d+$/u.test(name) && Number(name) !== process.pid);
  const lines = await Promise.all(processes.map((id) => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')));
  return lines.filter((line) => line.includes(folder)).map((line) => line.replaceAll('\0', ' ').trim());
}

const guard = setTimeout(() => {
  process.stderr.write(`selfcheck: not done after ${LIMIT_S} s\n`);
  process.exit(1);
}, LIMIT_S * 1000);

const folder = await mkdtemp(join(tmpdir(), 'interop-selfcheck-'));
// Browsers make their profiles here too, so that none can hide.
process.env.TMPDIR = folder;
const wanted = process.argv.slice(2);
let failures = 0;

const provider = await startProvider(folder, API);

async function one([name, check]) {
  const from = performance.now();
  const failure = await check({ folder, name, provider, api: API }).then(() => null, (error) => error);
  process.stdout.write(`${failure ? 'FAILED' : 'ok'}  ${name}  ${Math.round(performance.now() - from)} ms\n`);
  if (failure) {
    failures += 1;
    process.stdout.write(`${failure.stack}\n`);
  }
}

async function run(cases, abreast) {
  const queue = Object.entries(cases).filter(([name]) => wanted.length === 0 || wanted.includes(name));
  const worker = async () => { while (queue.length > 0) await one(queue.shift()); };
  await Promise.all(Array.from({ length: abreast }, worker));
}

try {
  assert.equal((await stat(provider.state)).mode & 0o777, 0o600, 'the state file is for its owner only');
  await run({ ...factors, ...journeys }, Math.min(4, availableParallelism()));
  await run(whole, 1);
} finally {
  const { code, errors } = await provider.end();
  assert.equal(code, 0, `the provider ended with ${code}: ${errors}`);
  assert.deepEqual(await leftovers(folder), [], 'processes left behind');
  assert.deepEqual((await readdir(folder)).filter((name) => name.startsWith('interop-profile-')), [], 'profiles left behind');
  await rm(folder, { recursive: true });
  clearTimeout(guard);
}
process.stdout.write(failures ? `${failures} failed\n` : 'all green\n');
process.exitCode = failures ? 1 : 0;
