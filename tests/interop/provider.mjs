// A certified OpenID provider with people, factors and a door for tests. It lives as long as its standard input.

import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { Provider } from 'oidc-provider';

import { configuration, makeClients } from './provider/configuration.mjs';
import { openControl } from './provider/control.mjs';
import { Journal } from './provider/journal.mjs';
import { Passkeys } from './provider/passkeys.mjs';
import { People } from './provider/people.mjs';
import { signIn } from './provider/sign-in.mjs';
import { Switches } from './provider/switches.mjs';
import { Telephone } from './provider/telephone.mjs';
import { closed, listenOnBoth } from './shared/loopback.mjs';
import { writePrivately } from './shared/private-file.mjs';

const { values: options } = parseArgs({
  options: {
    state: { type: 'string' },
    api: { type: 'string' },
    port: { type: 'string', default: '0' },
    strict: { type: 'string' },
  },
});
if (!options.state) {
  throw new Error('usage: provider.mjs --state FILE [--api URL] [--port PORT] [--strict ALG], standard input held open');
}

// Begun first: whoever started us may be gone before we are ready.
const ended = Promise.race([
  once(process, 'SIGTERM').then(() => 'asked to end'),
  once(process, 'SIGINT').then(() => 'interrupted'),
  once(process.stdin.resume(), 'end').then(() => 'standard input ended'),
]);

const people = new People();
const switches = new Switches();
const journal = new Journal();
const telephone = new Telephone();
const clients = makeClients();
switches.api = options.api;

// The issuer names the port, so the port comes first; WebAuthn refuses IP addresses, so its host is `localhost`.
const { port, servers } = await listenOnBoth(Number(options.port));
const issuer = `http://localhost:${port}`;
const provider = new Provider(issuer, await configuration({ people, switches, clients, telephone, strict: options.strict }));
telephone.serve(provider);
provider.on('server_error', (_ctx, error) => process.stderr.write(`provider: ${error.stack}\n`));

provider.use(journal.middleware());
provider.use(async (ctx, next) => {
  if (switches.peek('fail')?.path !== ctx.path) return next();
  const { status, body } = switches.take('fail');
  ctx.status = status;
  ctx.body = body ?? '';
  return undefined;
});
provider.use(signIn({ provider, people, switches, passkeys: new Passkeys(issuer, people) }));

const handle = provider.callback();
for (const server of servers) server.on('request', handle);

const control = await openControl({ people, switches, journal, telephone });
await writePrivately(options.state, {
  schema: 'stepup-interop-provider/1',
  pid: process.pid,
  issuer,
  control: { url: control.url, token: control.token },
  clients: clients.map(({ client_id, client_secret, private_key, token_endpoint_auth_method }) => (
    { client_id, client_secret, private_key, token_endpoint_auth_method })),
  people: people.all().map(({ sub, username, email, password, totp }) => (
    { sub, username, email, password, totp_secret: totp.secret.base32 })),
});
process.stderr.write(`provider: ${issuer}\n`);

process.stderr.write(`provider: ${await ended}\n`);
await rm(options.state, { force: true });
await Promise.all([...servers, control.server].map(closed));
process.exit(0);
