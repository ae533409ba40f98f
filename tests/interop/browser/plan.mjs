// A plan: what the person at the browser does. A mistake in one is an error before anything starts.

import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

import { STEPS } from './steps.mjs';

const DEFAULTS = {
  user: 'mira.chen',
  timeout_s: 60,
  look: ['light', 'dark', 'narrow'],
  axe: true,
  chromium: '/usr/bin/chromium',
};

const SHAPE = {
  steps: 'object', // names, or objects {do, ...}
  provider: 'string', // the provider's state file
  report: 'string', // written at the end, whole
  folder: 'string', // for screenshots; none are taken without it
  user: 'string',
  timeout_s: 'number',
  look: 'object', // screenshots of each page: light, dark, narrow
  axe: 'boolean',
  authenticator: 'object', // {file, verified, synced, transport}
  profile: 'string', // a folder to keep between launches; by default a fresh one, removed afterwards
  chromium: 'string',
};

const PATHS = ['provider', 'report', 'folder', 'profile'];

export async function readPlan(path) {
  const plan = { ...DEFAULTS, ...JSON.parse(await readFile(path, 'utf8')) };
  for (const [name, value] of Object.entries(plan)) {
    if (!(name in SHAPE)) throw new TypeError(`${path}: no member called ${name}; there are ${Object.keys(SHAPE).join(', ')}`);
    if (typeof value !== SHAPE[name]) throw new TypeError(`${path}: ${name} must be of type ${SHAPE[name]}`);
  }
  for (const name of ['steps', 'provider', 'report']) {
    if (plan[name] === undefined) throw new TypeError(`${path}: ${name} is missing`);
  }
  const steps = plan.steps.map((step) => (typeof step === 'string' ? { do: step } : step));
  for (const step of steps) {
    if (!(step.do in STEPS)) throw new TypeError(`${path}: no step called ${step.do}; there are ${Object.keys(STEPS).join(', ')}`);
  }

  // Whoever opens the browser may do so from any folder, so paths are the plan's own.
  const near = (name) => name && resolve(dirname(path), name);
  return {
    ...plan,
    steps,
    ...Object.fromEntries(PATHS.filter((name) => plan[name]).map((name) => [name, near(plan[name])])),
    authenticator: plan.authenticator && { ...plan.authenticator, file: near(plan.authenticator.file) },
  };
}
