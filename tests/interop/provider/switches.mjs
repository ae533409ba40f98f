// What a test may change while the provider runs: orders for the next sign-in or request, used once each, and the
// address of the API that access tokens are for.

const ORDERS = {
  consent: 'boolean', // show the consent page
  error: 'object', // {error, error_description}: end the next sign-in with this error
  granted: 'object', // members of a statement: grant these instead of what was asked for
  login: 'object', // {acr, amr, ts}: report this instead of what was proven (ts is auth_time, seconds)
  always: 'boolean', // what was ordered for the next sign-in counts for every one
  nonce: 'boolean', // from now on, DPoP proofs must hold the provider's nonce
  fail: 'object', // {path, status, body}: answer the next request to this path so
};

export class Switches {
  #orders = {};

  api;

  deviceLifetime = 300; // seconds that a device code lives

  order(orders) {
    for (const [name, value] of Object.entries(orders)) {
      if (!(name in ORDERS)) throw new TypeError(`no order called ${name}; there are ${Object.keys(ORDERS).join(', ')}`);
      if (typeof value !== ORDERS[name]) throw new TypeError(`${name} must be of type ${ORDERS[name]}`);
    }
    Object.assign(this.#orders, orders);
  }

  pending() { return { ...this.#orders }; }

  peek(name) { return this.#orders[name]; }

  take(name) {
    const value = this.#orders[name];
    if (!(name === 'login' && this.#orders.always)) delete this.#orders[name];
    return value;
  }
}
