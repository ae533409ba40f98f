// The person's own device, for requests by backchannel (CIBA): the addresses that Glewlwyd would send by mail, opened
// by somebody who has just signed in.

import { Session } from './session.mjs';

export class Telephone {
  #base;

  #people;

  constructor(base, people) {
    this.#base = base;
    this.#people = people;
  }

  // Everybody's.
  async waiting() {
    const lists = await Promise.all(this.#people.all().map(async (person) => {
      const session = await Session.signIn(this.#base, person);
      const requests = await session.call('GET', '/oidc/ciba_user_list');
      return requests.map((request) => ({ ...request, session, user: person.username }));
    }));
    return lists.flat();
  }

  // Agreed to where something was `shown`, refused without.
  async answer({ binding_message: message, shown }) {
    const request = (await this.waiting()).find(({ binding_message: words }) => words === message);
    if (!request) throw new TypeError(`nothing waits under ${message}`);
    const what = shown ? 'g_continue' : 'cancel';
    await request.session.call('GET', `/oidc/ciba_user_check?user_req_id=${request.user_req_id}&${what}`);
  }
}
