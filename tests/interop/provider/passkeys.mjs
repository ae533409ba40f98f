// The relying-party side of WebAuthn, verified by a library we did not write.

import {
  generateAuthenticationOptions, generateRegistrationOptions, verifyAuthenticationResponse, verifyRegistrationResponse,
} from '@simplewebauthn/server';

export class Passkeys {
  #origin;

  #rpID;

  #people;

  constructor(issuer, people) {
    const { origin, hostname } = new URL(issuer);
    this.#origin = origin;
    this.#rpID = hostname;
    this.#people = people;
  }

  registrationOptions(person) {
    return generateRegistrationOptions({
      rpName: 'interop provider',
      rpID: this.#rpID,
      userID: new TextEncoder().encode(person.sub),
      userName: person.email,
      userDisplayName: person.name,
      excludeCredentials: person.passkeys.map(({ id }) => ({ id })),
      authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
    });
  }

  async register(person, response, expectedChallenge) {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge,
      expectedOrigin: this.#origin,
      expectedRPID: this.#rpID,
      requireUserVerification: false,
    });
    if (!verified) throw new Error('the passkey registration did not verify');
    person.passkeys.push(registrationInfo.credential);
  }

  // Naming the keys lets an authenticator without resident keys answer; before we know the person, any key may.
  authenticationOptions(person) {
    return generateAuthenticationOptions({
      rpID: this.#rpID,
      userVerification: 'preferred',
      allowCredentials: person?.passkeys.map(({ id }) => ({ id })),
    });
  }

  // Whose key it was, and what kind of proof it gave.
  async authenticate(response, expectedChallenge) {
    const person = this.#people.withPasskey(response.id);
    if (!person) throw new Error('nobody here has this passkey');
    const credential = person.passkeys.find(({ id }) => id === response.id);
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge,
      expectedOrigin: this.#origin,
      expectedRPID: this.#rpID,
      credential,
      requireUserVerification: false,
    });
    if (!verified) throw new Error('the passkey assertion did not verify');
    credential.counter = authenticationInfo.newCounter;
    return {
      person,
      passkey: {
        userVerified: authenticationInfo.userVerified,
        deviceBound: authenticationInfo.credentialDeviceType === 'singleDevice',
      },
    };
  }
}
