// The people who can sign in. Everything secret about them is made at start.

import { randomBytes, randomUUID } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

// Mira is the approver of stepup's sandbox; Noor exists so that somebody can be the wrong person.
const NAMES = [['mira.chen', 'Mira Chen'], ['noor.haddad', 'Noor Haddad']];

export class People {
  #byName = new Map();

  constructor() {
    for (const [username, name] of NAMES) {
      const email = `${username}@sandbox.example`;
      this.#byName.set(username, {
        sub: randomUUID(),
        username,
        name,
        email,
        password: randomBytes(12).toString('base64url'),
        totp: new TOTP({ issuer: 'interop', label: email, secret: new Secret({ size: 20 }) }),
        passkeys: [],
      });
    }
  }

  all() { return [...this.#byName.values()]; }

  named(name) { return this.#byName.get(name) ?? this.all().find((person) => person.email === name); }

  withSub(sub) { return this.all().find((person) => person.sub === sub); }

  withPasskey(id) { return this.all().find((person) => person.passkeys.some((key) => key.id === id)); }
}

export function claims(person) {
  return {
    sub: person.sub,
    name: person.name,
    email: person.email,
    email_verified: true,
    preferred_username: person.username,
  };
}

// One step of drift each way. A code may be used twice: tests sign in several times within one period.
export function acceptsCode(person, token) {
  return person.totp.validate({ token: token.replaceAll(' ', ''), window: 1 }) !== null;
}

// For the control port: what a test may know without being the person.
export function summary(person) {
  return { ...claims(person), passkeys: person.passkeys.length };
}
