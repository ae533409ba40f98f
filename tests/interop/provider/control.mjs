// The tests' own door: another port, loopback only, closed to everybody without the token of the state file.

import { randomBytes, timingSafeEqual } from 'node:crypto';

import { body, listen } from '../shared/loopback.mjs';
import { summary } from './people.mjs';

export async function openControl({ people, switches, journal, telephone }) {
  const token = randomBytes(32).toString('base64url');

  const personNamed = (name) => {
    const person = people.named(name);
    if (!person) throw new TypeError(`nobody is called ${name}`);
    return person;
  };

  const routes = [
    ['GET', /^\/log$/u, () => journal.entries()],
    ['DELETE', /^\/log$/u, () => journal.clear()],
    ['GET', /^\/people$/u, () => people.all().map(summary)],
    ['GET', /^\/people\/(?<name>[^/]+)\/code$/u, ({ name }) => ({ code: personNamed(name).totp.generate() })],
    ['DELETE', /^\/people\/(?<name>[^/]+)\/passkeys$/u, ({ name }) => { personNamed(name).passkeys = []; }],
    ['GET', /^\/next$/u, () => switches.pending()],
    ['POST', /^\/next$/u, (_, orders) => switches.order(orders)],
    ['PUT', /^\/device$/u, (_, { lifetime }) => { switches.deviceLifetime = Number(lifetime); }],
    ['GET', /^\/telephone$/u, () => telephone.waiting()],
    ['POST', /^\/telephone$/u, (_, answer) => telephone.answer(answer)],
    ['PUT', /^\/api$/u, (_, { url }) => { switches.api = new URL(url).href && url; }],
  ];

  function authorized(request) {
    const given = Buffer.from(request.headers.authorization ?? '');
    const expected = Buffer.from(`Bearer ${token}`);
    return given.length === expected.length && timingSafeEqual(given, expected);
  }

  async function answer(request) {
    if (!authorized(request)) return [401, { error: 'the control token is missing or wrong' }];
    const { pathname } = new URL(request.url, 'http://control');
    for (const [method, pattern, act] of routes) {
      const match = pattern.exec(pathname);
      if (match && method === request.method) {
        const text = await body(request);
        const value = await act(match.groups ?? {}, text ? JSON.parse(text) : {});
        return value === undefined ? [204] : [200, value];
      }
    }
    return [404, { error: `no ${request.method} ${pathname} here` }];
  }

  const server = await listen('127.0.0.1', 0, async (request, response) => {
    const [status, value] = await answer(request).catch((error) => [400, { error: error.message }]);
    response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(value === undefined ? undefined : JSON.stringify(value));
  });

  return { server, url: `http://127.0.0.1:${server.address().port}`, token };
}
