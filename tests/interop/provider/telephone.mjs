// The person's own device, for requests by backchannel (CIBA): what waits for an answer, and the answer, which a test
// gives through the control port.

import { errors } from 'oidc-provider';

import { approving, requested } from './approval.mjs';
import { askedAcr, assess } from './assurance.mjs';

const API_SCOPE = 'task:approve';

export class Telephone {
  #provider;

  #waiting = new Map();

  serve(provider) { this.#provider = provider; }

  // oidc-provider calls it when a request was taken.
  ring(request) {
    const { params, clientId, accountId } = request;
    this.#waiting.set(params.binding_message, { request, clientId, accountId });
  }

  waiting() {
    return [...this.#waiting].map(([message, { request, clientId }]) => (
      {
        binding_message: message,
        client_id: clientId,
        acr_values: request.params.acr_values,
        approving: approving(request.params),
      }));
  }

  // `shown` is what the person proves, as in `assurance.mjs`; without it they refuse.
  async answer({ binding_message: message, shown }) {
    const { request, clientId, accountId } = this.#waiting.get(message) ?? {};
    if (!request) throw new TypeError(`nothing waits under ${message}`);
    this.#waiting.delete(message);
    if (!shown) {
      await this.#provider.backchannelResult(request, new errors.AccessDenied('the person refused'));
      return;
    }
    const grant = new this.#provider.Grant({ clientId, accountId });
    grant.addOIDCScope(request.params.scope);
    if (request.resource) grant.addResourceScope(request.resource, API_SCOPE);
    const { acr, amr, met } = assess(shown, askedAcr(request.params).values);
    const result = askedAcr(request.params).essential && !met
      ? new errors.AccessDenied('the demanded acr was not reached')
      : await grant.save();
    await this.#provider.backchannelResult(request, result, {
      acr,
      amr,
      authTime: Math.floor(Date.now() / 1000),
      rar: requested(request.params),
    });
  }
}
