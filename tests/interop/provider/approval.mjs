// Rich authorization requests (RFC 9396): the one type that clients may ask for. What the person saw is what is granted.

import { errors } from 'oidc-provider';

export const TYPE = 'stepup_approval';

function validate(_ctx, { statement }) {
  if (typeof statement?.title !== 'string') throw new errors.InvalidAuthorizationDetails('there is no statement');
}

export const requested = ({ authorization_details: details }) => details && JSON.parse(details);

// What the page and the telephone show.
export const approving = (params) => requested(params)?.[0].statement.title;

// A test may order that something is granted which nobody asked for.
function granted(details, instead) {
  return details?.map((one) => ({ ...one, statement: { ...one.statement, ...instead } }));
}

export const richAuthorizationRequests = (switches) => ({
  enabled: true,
  types: { [TYPE]: { validate } },
  authorizationDetailsForGrantSource: (ctx) => requested(ctx.oidc.params),
  authorizationDetailsForAccessToken: (_ctx, _token, source) => granted(source.rar, switches.take('granted')),
  authorizationDetailsForIntrospection: (_ctx, token) => token.rar,
});
