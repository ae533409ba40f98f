// oidc-provider as the provider of a native command-line client.

import { generateKeyPair, generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { errors } from 'oidc-provider';

import { TYPE, richAuthorizationRequests } from './approval.mjs';
import { ACR_VALUES } from './assurance.mjs';
import {
  deviceCodePage, deviceConfirmPage, deviceDonePage, errorPage, signedOutPage, signOutPage,
} from './pages.mjs';
import { claims } from './people.mjs';
import { policy } from './policy.mjs';

// Registered without a port: RFC 8252 section 7.3 lets a native client use any.
const REDIRECTS = ['127.0.0.1', 'localhost', '[::1]'].map((host) => `http://${host}/callback/interop`);

const CIBA = 'urn:openid:params:grant-type:ciba';

export function makeClients() {
  const native = {
    application_type: 'native',
    redirect_uris: REDIRECTS,
    response_types: ['code'],
    authorization_details_types: [TYPE],
  };
  const confidential = {
    ...native,
    grant_types: ['authorization_code', CIBA],
    backchannel_token_delivery_mode: 'poll',
  };
  const secret = () => randomBytes(32).toString('base64url');
  return [
    {
      ...native,
      client_id: 'stepup-cli',
      client_name: 'stepup',
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
    },
    ...['client_secret_basic', 'client_secret_post'].map((method) => ({
      ...confidential,
      client_id: `stepup-${method.replace('client_secret_', '')}`,
      client_name: `stepup (${method})`,
      client_secret: secret(),
      token_endpoint_auth_method: method,
    })),
    // The API itself, where it runs the step-up (the hosted ceremony).
    {
      application_type: 'native',
      client_id: 'api',
      client_name: 'the API',
      client_secret: secret(),
      token_endpoint_auth_method: 'client_secret_post',
      redirect_uris: ['http://127.0.0.1/auth/callback'],
      response_types: ['code'],
      grant_types: ['authorization_code'],
    },
    {
      application_type: 'native',
      client_id: 'stepup-device',
      client_name: 'stepup login',
      token_endpoint_auth_method: 'none',
      redirect_uris: [],
      response_types: [],
      grant_types: ['urn:ietf:params:oauth:grant-type:device_code'],
    },
    signing('stepup-ec-key', generateKeyPairSync('ec', { namedCurve: 'P-256' }), confidential),
    signing('stepup-rsa-key', generateKeyPairSync('rsa', { modulusLength: 2048 }), confidential),
  ];
}

// A client that proves itself with a key. Its private half stays out of what the provider is told.
function signing(client_id, { publicKey, privateKey }, registration) {
  const client = {
    ...registration,
    client_id,
    client_name: `stepup (${client_id})`,
    token_endpoint_auth_method: 'private_key_jwt',
    jwks: { keys: [{ ...publicKey.export({ format: 'jwk' }), use: 'sig' }] },
  };
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
  return Object.defineProperty(client, 'private_key', { value: pem, enumerable: false });
}

const KINDS = {
  RS256: ['rsa', { modulusLength: 2048 }],
  ES256: ['ec', { namedCurve: 'P-256' }],
  EdDSA: ['ed25519', {}],
};

async function makeKey(alg) {
  const { privateKey } = await promisify(generateKeyPair)(...KINDS[alg]);
  return { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg, kid: randomUUID() };
}

const API_SCOPE = 'task:approve';

function resourceIndicators(switches) {
  return {
    enabled: true,
    // A client that names no resource means the API, and may use what it was granted without naming it again.
    defaultResource: (_ctx, _client, oneOf) => oneOf ?? switches.api,
    useGrantedResource: () => true,
    getResourceServerInfo(_ctx, resource) {
      if (new URL(resource).href !== (switches.api && new URL(switches.api).href)) throw new errors.InvalidTarget();
      return {
        scope: API_SCOPE,
        audience: resource,
        accessTokenFormat: 'jwt',
        accessTokenTTL: 300,
        jwt: { sign: { alg: 'RS256' } },
      };
    },
  };
}

// RFC 9470 section 6.1: the authentication event travels in the access token too.
function extraTokenClaims(people) {
  return (ctx, token) => {
    const { AuthorizationCode, BackchannelAuthenticationRequest, RefreshToken } = ctx.oidc.entities;
    const source = AuthorizationCode ?? BackchannelAuthenticationRequest ?? RefreshToken;
    if (token.kind !== 'AccessToken' || !source) return undefined;
    return {
      acr: source.acr,
      amr: source.amr,
      auth_time: source.authTime,
      email: people.withSub(token.accountId).email,
    };
  };
}

// The clients are trusted: whatever they ask is granted without a page.
async function grantAll(ctx) {
  const { provider, client, account, requestParamClaims, resourceServers, params } = ctx.oidc;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: account.accountId });
  if (params.scope) grant.addOIDCScope(params.scope);
  grant.addOIDCClaims([...requestParamClaims]);
  for (const resource of Object.keys(resourceServers)) grant.addResourceScope(resource, API_SCOPE);
  await grant.save();
  return grant;
}

// A provider that takes what the specifications leave to it: one kind of key, pushed requests and no others, the
// address at UserInfo alone, the person of a backchannel request named in a JSON object.
const strictly = (alg, people) => ({
  clientDefaults: { id_token_signed_response_alg: alg },
  conformIdTokenClaims: true,
  claims: { openid: ['sub', 'acr', 'amr', 'auth_time'], email: ['email', 'email_verified'] },
  features: {
    claimsParameter: { enabled: false },
    pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: true },
    ciba: { processLoginHint: (_ctx, hint) => people.named(namedIn(hint))?.sub },
  },
});

function namedIn(hint) {
  try {
    return JSON.parse(hint).username;
  } catch {
    throw new errors.InvalidRequest('login_hint has to be a JSON object');
  }
}

export async function configuration({ people, switches, clients, telephone, strict }) {
  const usual = await usually({ people, switches, clients, telephone });
  if (!strict) return usual;
  const { features, ...others } = strictly(strict, people);
  const ciba = { ...usual.features.ciba, ...features.ciba };
  return {
    ...usual,
    ...others,
    jwks: { keys: [await makeKey(strict)] },
    features: { ...usual.features, ...features, ciba },
  };
}

async function usually({ people, switches, clients, telephone }) {
  return {
    acrValues: ACR_VALUES,
    clients,
    jwks: { keys: await Promise.all(['RS256', 'ES256'].map(makeKey)) },
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    scopes: ['openid', 'profile', 'email', 'offline_access'],
    claims: {
      // In every ID token, asked or not, so that a client which forgets to ask is caught by its own checks.
      openid: ['sub', 'acr', 'amr', 'auth_time', 'preferred_username', 'email', 'email_verified'],
      profile: ['name'],
      email: ['email', 'email_verified'],
    },
    conformIdTokenClaims: false,
    clientBasedCORS: () => false,
    pkce: { required: () => true },
    findAccount: (_ctx, sub) => {
      const person = people.withSub(sub);
      return person && { accountId: sub, claims: () => claims(person) };
    },
    extraTokenClaims: extraTokenClaims(people),
    loadExistingGrant: grantAll,
    interactions: { policy: policy(switches), url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    renderError: errorPage,
    features: {
      devInteractions: { enabled: false },
      // RFC 8628; the library's own pages import a web font.
      deviceFlow: {
        enabled: true,
        userCodeInputSource: deviceCodePage,
        userCodeConfirmSource: deviceConfirmPage,
        successSource: deviceDonePage,
      },
      claimsParameter: { enabled: true },
      // What a binding message may hold is left to the library.
      ciba: {
        enabled: true,
        deliveryModes: ['poll'],
        processLoginHint: (_ctx, hint) => people.named(hint)?.sub,
        verifyUserCode: () => {},
        validateRequestContext: () => {},
        triggerAuthenticationDevice: (_ctx, request) => telephone.ring(request),
      },
      dPoP: {
        enabled: true,
        nonceSecret: randomBytes(32),
        requireNonce: () => switches.peek('nonce') === true,
      },
      resourceIndicators: resourceIndicators(switches),
      richAuthorizationRequests: richAuthorizationRequests(switches),
      // The library's own sign-out pages import a web font; no page here may leave the machine.
      rpInitiatedLogout: { enabled: true, logoutSource: signOutPage, postLogoutSuccessSource: signedOutPage },
    },
    ttl: { AccessToken: 300, AuthorizationCode: 60, DeviceCode: () => switches.deviceLifetime, Grant: 3600, IdToken: 300, Interaction: 600, RefreshToken: 3600, Session: 3600 },
  };
}
