// What LemonLDAP::NG reads at its start, and what it serves.

import { debian } from '../shared/daemon.mjs';

// Both are what its packages write, in another folder.
export const file = (folder) => `
[all]
logLevel = warn
logger = Lemonldap::NG::Common::Logger::Std
[configuration]
type = File
dirName = ${folder}/conf
localStorage = Cache::FileCache
localStorageOptions = { 'namespace' => 'conf', 'cache_root' => '${folder}/cache', 'cache_depth' => 3 }
[portal]
staticPrefix = /static
templateDir = ${debian('usr/share/lemonldap-ng/portal/templates')}
languages = en
`;

const storage = (folder) => ({
  Directory: folder,
  LockDirectory: `${folder}/lock`,
  generateModule: 'Lemonldap::NG::Common::Apache::Session::Generate::SHA256',
});

// Levels of authentication, as its documentation names them.
export const LEVELS = { 'loa-1': 1, 'loa-2': 2, 'loa-3': 3, 'loa-4': 4, 'loa-5': 5 };

// `login` is whom the demonstration accounts are called; each has its name as password.
export const portal = ({ issuer, folder, keys, redirect, people, code }) => ({
  cfgNum: 1,
  cfgAuthor: 'tests',
  cfgDate: 1,
  cfgVersion: '2.16.1',
  authentication: 'Demo',
  userDB: 'Same',
  locationRules: {},
  passwordDB: 'Demo',
  demoExportedVars: { cn: 'cn', mail: 'mail', uid: 'uid' },
  macros: {
    _whatToTrace: 'lc($_user)',
    address: `{ ${people.map(({ login, email }) => `${login} => '${email}'`).join(', ')} }->{$uid}`,
  },
  whatToTrace: '_whatToTrace',
  portal: `${issuer}/`,
  domain: '127.0.0.1',
  cookieName: 'lemonldap',
  securedCookie: 0,
  // Seconds; outlives the browser.
  cookieExpiration: 3600,
  // Its pictures of letters would need an image library; no page here shows one.
  captcha: '::Main::Plugin',
  // Seconds in which a new sign-in that is demanded is not asked for, since there was one.
  portalForceAuthnInterval: 60,
  globalStorage: 'Apache::Session::File',
  globalStorageOptions: storage(`${folder}/sessions`),
  persistentStorage: 'Apache::Session::File',
  persistentStorageOptions: storage(`${folder}/kept`),
  localSessionStorage: 'Cache::FileCache',
  localSessionStorageOptions: { cache_depth: 3, cache_root: `${folder}/cache`, namespace: 'sessions' },
  // A second factor of the portal's own kind "external": a code that a program checks. It is asked for when the
  // person has it.
  ext2fActivation: people.filter(({ secondFactor }) => secondFactor).map(({ login }) => `$uid eq '${login}'`).join(' or '),
  // The program makes the code, and not the portal.
  ext2fCodeActivation: 0,
  ext2FSendCommand: 'true',
  ext2FValidateCommand: `test $code = ${code}`,
  ext2fAuthnLevel: LEVELS['loa-5'],
  issuerDBOpenIDConnectActivation: 1,
  oidcServiceMetaDataIssuer: issuer,
  oidcServicePrivateKeySig: keys.private,
  oidcServicePublicKeySig: keys.public,
  oidcServiceKeyIdSig: 'one',
  oidcServiceMetaDataAuthnContext: LEVELS,
  oidcServiceAllowAuthorizationCodeFlow: 1,
  oidcRPMetaDataOptions: {
    stepup: {
      oidcRPMetaDataOptionsClientID: 'stepup-cli',
      oidcRPMetaDataOptionsPublic: 1,
      oidcRPMetaDataOptionsRequirePKCE: 1,
      oidcRPMetaDataOptionsBypassConsent: 1,
      oidcRPMetaDataOptionsIDTokenSignAlg: 'RS256',
      oidcRPMetaDataOptionsRedirectUris: redirect,
      oidcRPMetaDataOptionsUserIDAttr: 'uid',
    },
  },
  oidcRPMetaDataExportedVars: { stepup: { email: 'address', preferred_username: 'uid' } },
});
