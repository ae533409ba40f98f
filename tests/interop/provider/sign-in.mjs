// The sign-in conversation: which form leads where, and how it ends.

import { errors } from 'oidc-provider';

import { body } from '../shared/loopback.mjs';
import { approving } from './approval.mjs';
import { askedAcr, assess } from './assurance.mjs';
import { consentPage, errorPage, factorsPage, signInPage } from './pages.mjs';
import { acceptsCode } from './people.mjs';

const PATH = /^\/interaction\/(?<uid>[\w-]+)(?<act>\/[a-z/]+)?$/u;

export function signIn({ provider, people, passkeys, switches }) {
  const visits = new Map();

  async function visitOf(ctx, uid) {
    const details = await provider.interactionDetails(ctx.req, ctx.res);
    if (details.uid !== uid) throw new errors.SessionNotFound('this sign-in belongs to another tab');
    if (!visits.has(uid)) {
      const client = await provider.Client.find(details.params.client_id);
      visits.set(uid, {
        uid,
        at: `/interaction/${uid}`,
        client: client.clientName,
        prompt: details.prompt.name,
        asked: askedAcr(details.params),
        approving: approving(details.params),
        hint: details.params.login_hint,
        factors: {},
      });
    }
    return visits.get(uid);
  }

  async function finish(ctx, visit, result) {
    visits.delete(visit.uid);
    ctx.status = 303;
    ctx.redirect(await provider.interactionResult(ctx.req, ctx.res, result));
  }

  // A wish that was not met is still a success, with what was reached. A demand is not.
  function conclude(ctx, visit) {
    const ordered = switches.take('error');
    if (ordered) return finish(ctx, visit, ordered);
    const { acr, amr, met } = assess(visit.factors, visit.asked.values);
    if (visit.asked.essential && !met) {
      return finish(ctx, visit, {
        error: 'unmet_authentication_requirements',
        error_description: 'the person did not reach the acr that was demanded',
      });
    }
    const login = { accountId: visit.person.sub, acr, amr, ...switches.take('login') };
    return finish(ctx, visit, { login });
  }

  function show(ctx, visit, notice) {
    visit.notice = notice;
    ctx.status = 303;
    ctx.redirect(visit.at);
  }

  function proved(ctx, visit, person, factors) {
    if (visit.person && visit.person !== person) return show(ctx, visit, 'That belongs to somebody else.');
    visit.person = person;
    Object.assign(visit.factors, factors);
    return assess(visit.factors, visit.asked.values).met ? conclude(ctx, visit) : show(ctx, visit);
  }

  function challenge(ctx, visit, options) {
    visit.challenge = options.challenge;
    ctx.body = options;
  }

  // A challenge is good for one answer.
  function takeChallenge(visit) {
    const { challenge: expected } = visit;
    delete visit.challenge;
    if (!expected) throw new Error('no ceremony was begun');
    return expected;
  }

  async function ceremony(ctx, visit, form, verify) {
    const response = JSON.parse(form.get('response'));
    if (response.failed) return show(ctx, visit, `The passkey was not used. ${response.failed}`);
    try {
      return await verify(response, takeChallenge(visit));
    } catch (error) {
      return show(ctx, visit, `The passkey was refused. ${error.message}`);
    }
  }

  const acts = {
    '/password': (ctx, visit, form) => {
      const person = people.named(form.get('username'));
      if (person?.password !== form.get('password')) return show(ctx, visit, 'Wrong user name or password.');
      return proved(ctx, visit, person, { password: true });
    },
    '/passkey/use/options': async (ctx, visit) => challenge(ctx, visit, await passkeys.authenticationOptions(visit.person)),
    '/passkey/use': (ctx, visit, form) => ceremony(ctx, visit, form, async (response, expected) => {
      const { person, passkey } = await passkeys.authenticate(response, expected);
      return proved(ctx, visit, person, { passkey });
    }),
    '/decline': (ctx, visit) => finish(ctx, visit, {
      error: 'access_denied',
      error_description: 'the person declined',
    }),
  };

  const actsOnceKnown = {
    '/totp': (ctx, visit, form) => {
      if (!acceptsCode(visit.person, form.get('code') ?? '')) return show(ctx, visit, 'Wrong code.');
      return proved(ctx, visit, visit.person, { otp: true });
    },
    '/passkey/register/options': async (ctx, visit) => challenge(ctx, visit, await passkeys.registrationOptions(visit.person)),
    '/passkey/register': (ctx, visit, form) => ceremony(ctx, visit, form, async (response, expected) => {
      await passkeys.register(visit.person, response, expected);
      return show(ctx, visit, 'The passkey is ready.');
    }),
    '/continue': conclude,
  };

  const actsOfConsent = {
    '/consent': (ctx, visit) => {
      switches.take('consent');
      return finish(ctx, visit, { consent: {} });
    },
    '/decline': acts['/decline'],
  };

  function page(ctx, visit) {
    if (visit.prompt === 'consent') return consentPage(ctx, visit);
    return visit.person ? factorsPage(ctx, visit) : signInPage(ctx, visit);
  }

  function allowed(visit) {
    if (visit.prompt === 'consent') return actsOfConsent;
    return visit.person ? { ...acts, ...actsOnceKnown } : acts;
  }

  async function converse(ctx, next, { uid, act }) {
    const visit = await visitOf(ctx, uid);
    if (ctx.method === 'GET' && !act) return page(ctx, visit);
    if (ctx.method !== 'POST' || !allowed(visit)[act]) return next();
    return allowed(visit)[act](ctx, visit, new URLSearchParams(await body(ctx.req)));
  }

  return async (ctx, next) => {
    const place = PATH.exec(ctx.path)?.groups;
    if (!place) return next();
    try {
      return await converse(ctx, next, place);
    } catch (error) {
      // Coming back to a sign-in that is over is something people do, not a fault of this server.
      if (!(error instanceof errors.SessionNotFound)) throw error;
      ctx.status = error.statusCode;
      return errorPage(ctx, error);
    }
  };
}
