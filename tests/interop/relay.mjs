// One loopback port seen from another network namespace: TCP on one side, a Unix socket, which namespaces do not part,
// on the other. `relay.mjs in FOLDER PORT...` listens on the ports where it runs and passes what comes through the
// sockets in the folder; `relay.mjs out FOLDER PORT...` takes it from there to the same ports where that one runs.

import { once } from 'node:events';
import { createConnection, createServer } from 'node:net';
import { join } from 'node:path';

const [side, folder, ...ports] = process.argv.slice(2);
if (!['in', 'out'].includes(side) || ports.length === 0) throw new Error('usage: relay.mjs in|out FOLDER PORT...');

// What one end breaks off is over at the other, too.
const couple = (one, other) => {
  for (const [from, to] of [[one, other], [other, one]]) {
    from.pipe(to);
    from.on('error', () => to.destroy());
    from.on('close', () => to.destroy());
  }
};

async function pass(listenAt, connectTo) {
  const server = createServer((socket) => couple(socket, createConnection(connectTo)));
  server.listen(listenAt);
  await once(server, 'listening');
}

for (const port of ports.map(Number)) {
  const path = join(folder, `${port}.sock`);
  const here = ['127.0.0.1', '::1'].map((host) => ({ host, port, ipv6Only: host === '::1' }));
  if (side === 'out') await pass({ path }, here[0]);
  else for (const one of here) await pass(one, { path });
}
process.stdout.write('relay: ready\n');
