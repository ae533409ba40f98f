// The request log: enough to count round trips and to see what was asked, nothing that could be replayed.

export class Journal {
  #entries = [];

  entries() { return this.#entries; }

  clear() { this.#entries = []; }

  middleware() {
    return async (ctx, next) => {
      const entry = { at: new Date().toISOString(), method: ctx.method, path: ctx.path };
      this.#entries.push(entry);
      try {
        await next();
      } finally {
        entry.status = ctx.status;
        if (ctx.oidc?.route === 'authorization' && ctx.oidc.params) entry.asked = asked(ctx);
      }
    };
  }
}

// As the provider understood it, pushed parameters included. `max_age=0` shows as `prompt=login`: the provider turns
// the one into the other.
function asked(ctx) {
  const { params } = ctx.oidc;
  const names = [
    'client_id', 'scope', 'response_mode', 'acr_values', 'claims', 'max_age', 'prompt', 'login_hint', 'resource',
    'code_challenge_method',
  ];
  const known = names.filter((name) => params[name] !== undefined).map((name) => [name, params[name]]);
  return { ...Object.fromEntries(known), pushed: ctx.query.request_uri !== undefined };
}
