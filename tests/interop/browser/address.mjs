// Addresses as they may be written down: codes and states live in queries and fragments, so only their names are kept.

export function bare(text) {
  if (!URL.canParse(text)) return text;
  const { protocol, host, pathname, origin } = new URL(text);
  return origin === 'null' ? `${protocol}${pathname}`.slice(0, 60) : `${protocol}//${host}${pathname}`;
}

export function parameterNames(text) {
  const { searchParams, hash } = new URL(text);
  return [...searchParams.keys(), ...new URLSearchParams(hash.slice(1)).keys()];
}

// The same for addresses inside prose, as in the browser's console.
export function withoutQueries(text) {
  return text.replace(/(\bhttps?:\/\/[^\s?#'"]*)[?#][^\s'"]*/gu, '$1?...');
}

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

// A client may use several names of its own machine; the port is what tells it apart.
export function sameListener(text, other) {
  const [one, two] = [new URL(text), new URL(other)];
  return one.origin === two.origin
    || (one.port === two.port && LOOPBACK.includes(one.hostname) && LOOPBACK.includes(two.hostname));
}
