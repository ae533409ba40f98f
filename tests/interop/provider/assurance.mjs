// Which acr and amr a set of proven factors amounts to. Factors: `pwd`, `otp`, and a passkey described by what the
// authenticator said of itself.

export const PAPE_MULTI_FACTOR = 'http://schemas.openid.net/pape/policies/2007/06/multi-factor';

const ONE_FACTOR = 'urn:okta:loa:1fa:any';
const PASSWORD = 'urn:okta:loa:1fa:pwd';
const TWO_FACTORS = 'urn:okta:loa:2fa:any';
const PHISHING_RESISTANT = 'phr';
const PHISHING_RESISTANT_HARDWARE = 'phrh';

export const ACR_VALUES = [
  ONE_FACTOR, PASSWORD, TWO_FACTORS, PHISHING_RESISTANT, PHISHING_RESISTANT_HARDWARE, PAPE_MULTI_FACTOR,
];

// Strongest first: without a wish, the first one is reported. `phrh` stands behind `phr` because a provider reports
// it only to those who ask for it.
function reached({ password, otp, passkey }) {
  const strong = passkey?.userVerified;
  return [
    strong && PHISHING_RESISTANT,
    strong && passkey.deviceBound && PHISHING_RESISTANT_HARDWARE,
    (strong || (password && (otp || passkey))) && TWO_FACTORS,
    (strong || (password && (otp || passkey))) && PAPE_MULTI_FACTOR,
    password && PASSWORD,
    ONE_FACTOR,
  ].filter(Boolean);
}

function amr({ password, otp, passkey }) {
  const methods = [
    password && 'pwd',
    otp && 'otp',
    passkey && (passkey.deviceBound ? 'hwk' : 'swk'),
    passkey && 'pop',
    passkey && 'user',
  ].filter(Boolean);
  const several = passkey?.userVerified || (password && (otp || passkey));
  return several ? [...methods, 'mfa'] : methods;
}

// What was asked for decides among what was reached; nothing reached that was asked for means the strongest reached.
export function assess(factors, asked) {
  const held = reached(factors);
  const match = asked.find((acr) => held.includes(acr));
  return { acr: match ?? held[0], amr: amr(factors), met: asked.length === 0 || match !== undefined };
}

// OIDC Core 5.5.1.1: only a `claims` request can make an acr essential; `acr_values` is a wish.
export function askedAcr({ acr_values: wish, claims }) {
  const demand = claims ? JSON.parse(claims).id_token?.acr : undefined;
  const demanded = demand?.values ?? (demand?.value ? [demand.value] : []);
  if (demanded.length > 0) return { values: demanded, essential: demand.essential === true };
  return { values: wish ? wish.split(' ') : [], essential: false };
}
