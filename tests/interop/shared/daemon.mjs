// A provider that is a program of its own: on a free loopback port, for as long as our standard input is open.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { openControl } from '../provider/control.mjs';
import { closed, listen } from './loopback.mjs';
import { writePrivately } from './private-file.mjs';

const DEBIAN = fileURLToPath(new URL('../../../target/interop-debian/root', import.meta.url));
const PATIENCE_MS = 60_000;
const LOOK_MS = 50;

// A file of Debian's packages.
export function debian(path) {
  const file = `${DEBIAN}/${path}`;
  if (!existsSync(file)) throw new Error(`${file} is missing: run tests/interop/fetch-debian`);
  return file;
}

// A port that nobody holds now, for a program that binds it a moment later.
export async function freePort() {
  const server = await listen('127.0.0.1');
  const { port } = server.address();
  await closed(server);
  return port;
}

async function answering(url, child) {
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`${child.spawnfile} ended with ${child.exitCode}`);
    const status = await fetch(url).then((answer) => answer.status, () => 0);
    if (status === 200) return;
    if (status) throw new Error(`${url} answers with ${status}`);
    await new Promise((resolve) => { setTimeout(resolve, LOOK_MS); });
  }
  throw new Error(`nothing answers at ${url}`);
}

// Starts the program, lets it be set up as soon as `ready` answers, and writes the state file with what that returns.
export async function serve({ state, issuer, program, args, env, ready, setUp, control }) {
  const ended = Promise.race([
    once(process, 'SIGTERM').then(() => 'asked to end'),
    once(process.stdin.resume(), 'end').then(() => 'standard input ended'),
  ]);
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 2, 2] });
  const gone = once(child, 'exit');
  const door = await openControl(control);
  try {
    await answering(ready, child);
    await writePrivately(state, {
      schema: 'stepup-interop-provider/1',
      pid: process.pid,
      issuer,
      control: { url: door.url, token: door.token },
      ...await setUp(),
    });
    process.stderr.write(`provider: ${issuer}\n`);
    process.stderr.write(`provider: ${await ended}\n`);
  } finally {
    child.kill();
    await gone;
    await closed(door.server);
    // Last: whoever waits for this knows that nothing of us is left.
    await rm(state, { force: true });
  }
  process.exit(0);
}
