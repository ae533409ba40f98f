// The provider and the browser, as processes of their own.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const script = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));

// The state file appears whole, so its appearance is the sign.
async function appears(path, gone) {
  const watcher = watch(dirname(path));
  try {
    const seen = new Promise((resolve) => {
      watcher.on('change', (_event, name) => { if (name === basename(path)) resolve(); });
    });
    await Promise.race([seen, gone.then(() => { throw new Error('the provider ended before it was ready'); })]);
  } finally {
    watcher.close();
  }
}

export async function startProvider(folder, api) {
  const state = join(folder, 'provider.json');
  const child = spawn(process.execPath, [script('provider.mjs'), '--state', state, '--api', api], {
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  const errors = child.stderr.setEncoding('utf8').toArray().then((chunks) => chunks.join(''));
  const gone = once(child, 'exit');
  await appears(state, gone);
  const facts = JSON.parse(await readFile(state, 'utf8'));

  async function control(method, path, body) {
    const answer = await fetch(facts.control.url + path, {
      method,
      headers: { authorization: `Bearer ${facts.control.token}` },
      body: body && JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`control: ${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.status === 204 ? undefined : answer.json();
  }

  // Nothing but the end of its standard input ends it.
  async function end() {
    child.stdin.end();
    const [code] = await gone;
    return { code, errors: await errors };
  }

  return { ...facts, control_url: facts.control.url, state, control, end };
}

// Plays a plan at an address, as a program that opens a browser would have it.
export async function browse(folder, name, plan, url) {
  const file = join(folder, `${name}.plan.json`);
  await writeFile(file, JSON.stringify({ provider: 'provider.json', report: `${name}.report.json`, ...plan }));
  const child = spawn(process.execPath, [script('browser.mjs'), '--plan', file, url], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const abandon = () => child.kill();
  process.once('exit', abandon);
  const said = Promise.all([child.stdout, child.stderr].map((stream) => stream.setEncoding('utf8').toArray()));
  const [code] = await once(child, 'exit');
  process.off('exit', abandon);
  const [stdout, stderr] = (await said).map((chunks) => chunks.join(''));
  if (stdout) throw new Error(`${name}: the browser wrote to standard output: ${stdout}`);
  const report = await readFile(join(folder, `${name}.report.json`), 'utf8').then(JSON.parse).catch(() => null);
  if (!report) throw new Error(`${name}: the browser left no report (exit ${code}): ${stderr}`);
  return { ...report, code };
}
