// The smallest relying party that does what the real one must: one attempt on a loopback listener. It trusts nothing
// but what a verified token says.

import { createHash, randomBytes } from 'node:crypto';
import { createRemoteJWKSet, jwtVerify } from 'jose';

import { body, closed, listen } from '../shared/loopback.mjs';

const random = () => randomBytes(32).toString('base64url');

const PAGE = (text) => `<!DOCTYPE html><html lang="en"><head><title>${text}</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"></head>
<body><main><h1>${text}</h1></main></body></html>`;

// Everything a client's page should not be: it stands at the address with the code, sends that address along, asks a
// stranger, has no language, fails in the console and is too wide for a small screen.
const CARELESS = `<!DOCTYPE html><html><head><title>Done</title><meta name="referrer" content="unsafe-url"></head>
<body><h1 style="width: 3000px">Done</h1><img src="/spy.png"><img src="http://127.0.0.1:9470/spy.png"></body></html>`;

export class Attempt {
  #server;

  #outcome = withResolvers();

  #verifier = random();

  #state = random();

  #nonce = random();

  static async begin(provider, api, asked) {
    const {
      client = 'stepup-cli', host = '127.0.0.1', path = '/callback/interop', pushed = false, careless = false, ...parameters
    } = asked;
    const attempt = new Attempt();
    attempt.careless = careless;
    attempt.metadata = await fetch(`${provider.issuer}/.well-known/openid-configuration`).then((answer) => answer.json());
    attempt.client = provider.clients.find(({ client_id: id }) => id === client);
    attempt.api = api;
    attempt.#server = await listen(host === 'localhost' ? '127.0.0.1' : host.replace(/[[\]]/gu, ''), 0, (request, response) => {
      attempt.#serve(request, response).catch((error) => {
        attempt.#outcome.reject(error);
        response.writeHead(500).end(PAGE('Failed'));
      });
    });
    const { port } = attempt.#server.address();
    attempt.origin = `http://${host}:${port}`;
    attempt.start = `${attempt.origin}/start`;
    attempt.redirect = attempt.origin + path;
    await attempt.#prepare(pushed, parameters);
    return attempt;
  }

  async #prepare(pushed, parameters) {
    const query = new URLSearchParams({
      client_id: this.client.client_id,
      response_type: 'code',
      scope: 'openid',
      redirect_uri: this.redirect,
      code_challenge: createHash('sha256').update(this.#verifier).digest('base64url'),
      code_challenge_method: 'S256',
      state: this.#state,
      nonce: this.#nonce,
      ...parameters,
    });
    const target = new URL(this.metadata.authorization_endpoint);
    if (pushed) {
      const answer = await this.#post(this.metadata.pushed_authorization_request_endpoint, Object.fromEntries(query));
      if (answer.error) throw new Error(`pushing the request: ${answer.error}: ${answer.error_description}`);
      target.search = new URLSearchParams({ client_id: this.client.client_id, request_uri: answer.request_uri });
    } else {
      target.search = query;
    }
    this.authorization = target.href;
  }

  // What the provider answered: `{error}` or the verified claims of both tokens.
  outcome() { return this.#outcome.promise; }

  close() { return closed(this.#server); }

  async #serve(request, response) {
    const { pathname, searchParams } = new URL(request.url, this.origin);
    if (pathname === '/start') return response.writeHead(302, { location: this.authorization }).end();
    if (pathname === '/done') return response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE('Done'));
    if (this.origin + pathname !== this.redirect) return response.writeHead(404).end();
    const answer = request.method === 'POST' ? new URLSearchParams(await body(request)) : searchParams;
    this.#outcome.resolve(await this.#settle(Object.fromEntries(answer)));
    if (this.careless) return response.writeHead(200, { 'content-type': 'text/html' }).end(CARELESS);
    // Answered only now: the browser shows the outcome, at an address without the code.
    return response.writeHead(303, { location: '/done', 'referrer-policy': 'no-referrer' }).end();
  }

  async #settle({ state, iss, code, error, error_description: description }) {
    if (state !== this.#state) throw new Error('wrong state');
    if (iss !== this.metadata.issuer) throw new Error(`wrong iss: ${iss}`);
    if (error) return { error, description };
    const tokens = await this.#post(this.metadata.token_endpoint, {
      grant_type: 'authorization_code', code, redirect_uri: this.redirect, code_verifier: this.#verifier,
    });
    if (tokens.error) return { error: tokens.error, description: tokens.error_description };
    const keys = createRemoteJWKSet(new URL(this.metadata.jwks_uri));
    const { issuer } = this.metadata;
    const id = await jwtVerify(tokens.id_token, keys, { issuer, audience: this.client.client_id });
    if (id.payload.nonce !== this.#nonce) throw new Error('wrong nonce');
    const access = await jwtVerify(tokens.access_token, keys, { issuer, audience: this.api, typ: 'at+jwt' });
    return { id: id.payload, access: access.payload };
  }

  async #post(url, form) {
    const { client_id: id, client_secret: secret, token_endpoint_auth_method: method } = this.client;
    const basic = method === 'client_secret_basic';
    const answer = await fetch(url, {
      method: 'POST',
      headers: basic ? { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` } : {},
      body: new URLSearchParams({ ...form, ...(!basic && { client_id: id }), ...(method === 'client_secret_post' && { client_secret: secret }) }),
    });
    return answer.json();
  }
}

// Node 20 lacks Promise.withResolvers.
function withResolvers() {
  let settle;
  const promise = new Promise((resolve, reject) => { settle = { resolve, reject }; });
  // Whoever asks later still hears of a rejection; until then it must not end the process.
  promise.catch(() => {});
  return { promise, ...settle };
}
