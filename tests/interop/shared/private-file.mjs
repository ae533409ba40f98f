// Files that hold secrets: owner-only, and whole or absent, so that whoever waits for one never reads half of it.

import { rename, writeFile } from 'node:fs/promises';

export async function writePrivately(path, value) {
  const draft = `${path}.${process.pid}.part`;
  await writeFile(draft, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  await rename(draft, path);
}
