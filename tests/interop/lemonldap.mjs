// LemonLDAP::NG with its demonstration accounts, as the provider of a native client. What it calls acr are its levels
// of authentication: 1 for a password there, 5 for a second factor.

import { generateKeyPairSync, randomInt } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { file, portal } from './lemonldap/configuration.mjs';
import { debian, freePort, serve } from './shared/daemon.mjs';

const { values: options } = parseArgs({ options: { state: { type: 'string' } } });

const folder = join(dirname(options.state), 'lemonldap');
const [port, redirectPort] = [await freePort(), await freePort()];
const issuer = `http://127.0.0.1:${port}`;

// The accounts are the product's, their addresses those of the sandbox's people. Mira has another one, which lacks the
// second factor.
const people = [['mira.chen', 'dwho'], ['noor.haddad', 'rtyler']].map(([username, login]) => (
  { username, login, password: login, email: `${username}@sandbox.example`, secondFactor: true }));
people.push({ ...people[0], username: 'mira.weakly', login: 'msmith', password: 'msmith', secondFactor: false });
const code = String(randomInt(100_000, 999_999));

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const keys = {
  private: privateKey.export({ type: 'pkcs8', format: 'pem' }),
  public: publicKey.export({ type: 'spki', format: 'pem' }),
};
const redirect = `http://127.0.0.1:${redirectPort}/callback/interop`;

for (const name of ['conf', 'cache', 'sessions/lock', 'kept/lock']) await mkdir(join(folder, name), { recursive: true });
await writeFile(join(folder, 'lemonldap-ng.ini'), file(folder));
const settings = portal({ issuer, folder, keys, redirect, people, code });
await writeFile(join(folder, 'conf/lmConf-1.json'), JSON.stringify(settings));

await serve({
  state: options.state,
  issuer,
  // A server with several workers: one alone would wait on a connection that a browser keeps open.
  program: 'starman',
  args: [
    '--listen', `127.0.0.1:${port}`, '--workers', '4', '--env', 'deployment', '--access-log', join(folder, 'access.log'),
    fileURLToPath(new URL('lemonldap/portal.psgi', import.meta.url)),
  ],
  env: {
    PERL5LIB: debian('usr/share/perl5'),
    LLNG_DEFAULTCONFFILE: join(folder, 'lemonldap-ng.ini'),
    INTEROP_STATIC: debian('usr/share/lemonldap-ng/portal/htdocs/static'),
  },
  ready: `${issuer}/.well-known/openid-configuration`,
  setUp: () => ({
    redirect_port: redirectPort,
    clients: [{ client_id: 'stepup-cli' }],
    people: people.map((person) => ({ ...person, code })),
    pages: { username: '#userfield', password: '#passwordfield', code: '#extcode', press: ['button[type=submit]'] },
  }),
  control: {},
});
