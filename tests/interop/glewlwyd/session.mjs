// Somebody who is signed in at Glewlwyd, as its pages see them.

export class Session {
  #base;

  #cookie;

  constructor(base, cookie) {
    this.#base = base;
    this.#cookie = cookie;
  }

  static async signIn(base, { username, password }) {
    const answer = await send(base, 'POST', '/auth/', {}, { username, password });
    return new Session(base, answer.headers.getSetCookie()[0].split(';')[0]);
  }

  // The answer, which is no error; a redirect is not followed.
  async call(method, path, body) {
    const answer = await send(this.#base, method, path, { cookie: this.#cookie }, body);
    const text = await answer.text();
    return text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : undefined;
  }
}

async function send(base, method, path, headers, body) {
  const answer = await fetch(`${base}/api${path}`, {
    method,
    headers: { ...headers, 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
    redirect: 'manual',
  });
  if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer;
}
