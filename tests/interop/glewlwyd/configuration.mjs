// What Glewlwyd reads at its start, and its plugin for OpenID Connect.

import { debian } from '../shared/daemon.mjs';

const MODULES = {
  user_module_path: 'user',
  client_module_path: 'client',
  user_auth_scheme_module_path: 'scheme',
  plugin_module_path: 'plugin',
};
const TYPES = { '.html': 'text/html', '.css': 'text/css', '.js': 'application/javascript', '.json': 'application/json' };

export function file({ base, port, database }) {
  const modules = Object.entries(MODULES).map(([name, folder]) => `${name}="${debian(`usr/lib/glewlwyd/${folder}`)}"`);
  const types = Object.entries(TYPES).map(([extension, type]) => `{ extension="${extension}" mime_type="${type}" compress=0 }`);
  return `
port=${port}
bind_address="127.0.0.1"
external_url="${base}"
login_url="login.html"
api_prefix="api"
static_files_path="${debian('usr/share/glewlwyd/pages')}/"
static_files_mime_types=(${types.join(', ')})
log_mode="console"
log_level="WARNING"
cookie_domain="localhost"
cookie_secure=0
hash_algorithm="SHA512"
${modules.join('\n')}
database={ type="sqlite3" path="${database}" };
`;
}

// Every request is pushed, and the address is told by UserInfo and nobody else.
export const plugin = ({ issuer, scopes, key }) => ({
  module: 'oidc',
  name: 'oidc',
  display_name: 'OpenID Connect',
  parameters: {
    iss: issuer,
    'subject-type': 'public',
    'jwks-show': true,
    'jwks-private': JSON.stringify({ keys: [key] }),
    'jwks-public': '',
    'access-token-duration': 300,
    'refresh-token-duration': 300,
    'code-duration': 60,
    'refresh-token-rolling': false,
    'allow-non-oidc': false,
    'auth-type-code-enabled': true,
    'auth-type-token-enabled': false,
    'auth-type-id-token-enabled': true,
    'auth-type-password-enabled': false,
    'auth-type-client-enabled': false,
    'auth-type-device-enabled': false,
    'auth-type-refresh-enabled': false,
    'allowed-scope': scopes,
    'pkce-allowed': true,
    'pkce-required': true,
    'name-claim': 'no',
    'email-claim': 'mandatory',
    'scope-claim': 'no',
    'oauth-as-iss-id': true,
    'request-parameter-allow': true,
    'oauth-par-allowed': true,
    'oauth-par-required': true,
    'oauth-par-request_uri-prefix': 'urn:ietf:params:oauth:request_uri:',
    'oauth-par-duration': 90,
    'oauth-ciba-allowed': true,
    'oauth-ciba-default-expiry': 300,
    'oauth-ciba-maximum-expiry': 300,
    'oauth-ciba-mode-poll-allowed': true,
    'oauth-ciba-mode-ping-allowed': false,
    'oauth-ciba-mode-push-allowed': false,
    'oauth-ciba-user-code-allowed': false,
    'oauth-ciba-email-allowed': false,
  },
});
