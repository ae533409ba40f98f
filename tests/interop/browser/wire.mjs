// What went over the wire and what the console said, for every tab.

import { bare, withoutQueries } from './address.mjs';

const SECRETS = ['code', 'state', 'id_token', 'access_token'];

export class Wire {
  #pending = [];

  #atProvider;

  constructor(atProvider) { this.#atProvider = atProvider; }

  requests = [];

  console = [];

  watch(context) {
    context.on('request', (request) => { this.#pending.push(this.#note(request)); });
    context.on('console', (message) => {
      if (!['error', 'warning'].includes(message.type())) return;
      this.console.push({ type: message.type(), text: withoutQueries(message.text()), url: bare(message.location().url) });
    });
    context.on('weberror', (error) => {
      this.console.push({ type: 'exception', text: withoutQueries(error.error().message) });
    });
  }

  async #note(request) {
    const entry = { method: request.method(), url: bare(request.url()) };
    this.requests.push(entry);
    // A tab may close over an unanswered request; then there are no more facts than these.
    const headers = await request.allHeaders().catch(() => ({}));
    const { referer } = headers;
    if (referer) {
      entry.referer = bare(referer);
      const { searchParams } = new URL(referer);
      // What a server is told of an address at itself is no leak; at the client nothing has to ask for more.
      const told = this.#atProvider(referer) && this.#atProvider(entry.url);
      entry.referer_leaks = told ? [] : SECRETS.filter((name) => searchParams.has(name));
    }
    const response = await request.response().catch(() => null);
    entry.status = response?.status() ?? null;
  }

  async settled() { await Promise.all(this.#pending); }
}
