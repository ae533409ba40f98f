// A virtual authenticator whose keys outlive the browser, as a person's do.

import { readFile } from 'node:fs/promises';

import { writePrivately } from '../shared/private-file.mjs';

export class Authenticator {
  #kind;

  #sessions = [];

  constructor(kind) { this.#kind = kind; }

  // Chromium ties authenticators to a tab, so every tab gets one with the same keys.
  async attach(context, page) {
    const { verified = true, synced = false, transport = 'internal' } = this.#kind;
    const session = await context.newCDPSession(page);
    await session.send('WebAuthn.enable', { enableUI: false });
    const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport,
        // Chromium makes no discoverable key without user verification, and on a security key refuses to try.
        hasResidentKey: verified,
        hasUserVerification: verified,
        isUserVerified: verified,
        automaticPresenceSimulation: true,
        defaultBackupEligibility: synced,
        defaultBackupState: synced,
      },
    });
    for (const credential of await this.#kept()) {
      await session.send('WebAuthn.addCredential', { authenticatorId, credential });
    }
    // A closed tab takes its authenticator along, so what it holds is written down while it is there.
    const keep = async () => {
      const { credentials } = await session.send('WebAuthn.getCredentials', { authenticatorId });
      await writePrivately(this.#kind.file, credentials);
    };
    this.#sessions.push({ page, keep });
  }

  async keep(page) {
    if (page.isClosed()) return;
    await this.#sessions.find((session) => session.page === page)?.keep();
  }

  async #kept() {
    try {
      return JSON.parse(await readFile(this.#kind.file, 'utf8'));
    } catch (error) {
      if (error.code === 'ENOENT') return [];
      throw error;
    }
  }
}
