// When the provider has to ask the person something: its own policy, with two changes.

import { interactionPolicy } from 'oidc-provider';

import { askedAcr } from './assurance.mjs';

const { base, Check } = interactionPolicy;

export function policy(switches) {
  const prompts = base();

  // The library acts on essential acr values alone. A provider that honours `acr_values` asks again when the session
  // holds none of them; what the person then proves is the answer, whether it was asked for or not.
  prompts.get('login').checks.add(new Check(
    'voluntary_acr',
    'the session holds none of the requested acr values',
    ({ oidc }) => {
      const { values, essential } = askedAcr(oidc.params);
      return !essential && values.length > 0 && !oidc.result?.login && !values.includes(oidc.acr);
    },
  ));

  // RFC 8252 section 8.6 would have every native client confirmed each time, which rules out silent single sign-on.
  const { checks } = prompts.get('consent');
  checks.remove('native_client_prompt');
  checks.add(new Check(
    'consent_ordered',
    'a test asked for the consent page',
    ({ oidc }) => Boolean(switches.peek('consent')) && !oidc.result?.consent,
  ));

  return prompts;
}
