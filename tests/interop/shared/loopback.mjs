// One HTTP server on a loopback port.

import { once } from 'node:events';
import { createServer } from 'node:http';

export async function listen(host, port = 0, handler) {
  const server = createServer(handler);
  // As long as other servers keep idle connections. Node's 5 s are as long as a person here takes to sign in, and a
  // request that meets the end of its connection is lost.
  server.keepAliveTimeout = 75_000;
  server.listen({ host, port, ipv6Only: host === '::1' });
  await once(server, 'listening');
  return server;
}

export function closed(server) {
  server.closeAllConnections();
  return new Promise((resolve) => { server.close(resolve); });
}

// A person's `localhost` may mean either address family, so both get the same port. The first server picks it; where
// somebody else holds that port on ::1, pick again.
export async function listenOnBoth(port, attempts = 20) {
  const v4 = await listen('127.0.0.1', port);
  const chosen = v4.address().port;
  try {
    return { port: chosen, servers: [v4, await listen('::1', chosen)] };
  } catch (error) {
    if (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT') {
      process.stderr.write('provider: this machine has no ::1, listening on 127.0.0.1 alone\n');
      return { port: chosen, servers: [v4] };
    }
    await closed(v4);
    if (error.code !== 'EADDRINUSE' || port !== 0 || attempts === 0) throw error;
    return listenOnBoth(port, attempts - 1);
  }
}

export async function body(request, limit = 64 * 1024) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > limit) throw new Error(`request body over ${limit} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
