// Glewlwyd, set up by its own API as the provider of a native client, with a signing key of one kind.

import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

import { Session } from './glewlwyd/session.mjs';
import { Telephone } from './glewlwyd/telephone.mjs';
import { file, plugin } from './glewlwyd/configuration.mjs';
import { People } from './provider/people.mjs';
import { debian, freePort, serve } from './shared/daemon.mjs';

const KINDS = { ES256: ['ec', { namedCurve: 'P-256' }], EdDSA: ['ed25519', {}] };
const SCOPES = ['openid', 'email'];

const { values: options } = parseArgs({
  options: { state: { type: 'string' }, alg: { type: 'string', default: 'ES256' } },
});

const folder = join(dirname(options.state), 'glewlwyd');
const [port, redirectPort] = [await freePort(), await freePort()];
const base = `http://localhost:${port}`;
const issuer = `${base}/api/oidc`;
const database = join(folder, 'glewlwyd.db');
const configuration = join(folder, 'glewlwyd.conf');

await mkdir(folder);
// Nothing here has to outlive a power cut.
execFileSync('sqlite3', [database, 'PRAGMA synchronous = OFF', `.read ${debian('usr/share/dbconfig-common/data/glewlwyd/install/sqlite3')}`]);
await writeFile(configuration, file({ base, port, database }));

const people = new People();

function makeKey(alg) {
  const { privateKey } = generateKeyPairSync(...KINDS[alg]);
  return { ...privateKey.export({ format: 'jwk' }), kid: 'one', alg };
}

const redirect = { redirect_uri: [`http://127.0.0.1:${redirectPort}/callback/interop`], enabled: true, scope: [] };
const clients = [
  { ...redirect, client_id: 'stepup-cli', name: 'stepup', confidential: false, authorization_type: ['code'] },
  {
    ...redirect,
    client_id: 'stepup-basic',
    client_secret: randomBytes(32).toString('base64url'),
    name: 'stepup by telephone',
    confidential: true,
    authorization_type: ['code', 'urn:openid:params:grant-type:ciba'],
    token_endpoint_auth_method: ['client_secret_basic'],
    backchannel_token_delivery_mode: 'poll',
  },
];

async function setUp() {
  // As the package creates it; nobody but this machine can reach it.
  const admin = await Session.signIn(base, { username: 'admin', password: 'password' });
  await admin.call('PUT', '/scope/openid', { name: 'openid', password_required: true, password_max_age: 0, scheme: {} });
  await admin.call('POST', '/scope/', { name: 'email', password_required: true, password_max_age: 0, scheme: {} });
  await admin.call('POST', '/mod/plugin/', plugin({ issuer, scopes: SCOPES, key: makeKey(options.alg) }));
  for (const client of clients) await admin.call('POST', '/client/', client);
  for (const { username, name, email, password } of people.all()) {
    await admin.call('POST', '/user/', { username, name, email, password, enabled: true, scope: [...SCOPES, 'g_profile'] });
    // What the person would tick on the page at the first sign-in.
    const person = await Session.signIn(base, { username, password });
    for (const { client_id: id } of clients) await person.call('PUT', `/auth/grant/${id}`, { scope: SCOPES.join(' ') });
  }
  return {
    redirect_port: redirectPort,
    clients: clients.map(({ client_id, client_secret }) => ({ client_id, client_secret })),
    people: people.all().map(({ username, email, password }) => ({ username, email, password })),
    pages: {
      username: '#username',
      password: '#password',
      // The last one leaves.
      press: ['#loginbut', 'button[title^="Continue to"]'],
    },
  };
}

await serve({
  state: options.state,
  issuer,
  program: debian('usr/bin/glewlwyd'),
  args: [`--config-file=${configuration}`],
  ready: `${base}/config/`,
  setUp,
  control: { people, telephone: new Telephone(base, people) },
});
