// Markup whose every value is escaped, and the frame all pages share.

import { randomBytes } from 'node:crypto';

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

class Markup {
  constructor(text) { this.text = text; }

  toString() { return this.text; }
}

function escaped(value) {
  if (value instanceof Markup) return value.text;
  if (Array.isArray(value)) return value.map(escaped).join('');
  if (value === undefined || value === null || value === false) return '';
  return String(value).replace(/[&<>"']/gu, (character) => ENTITIES[character]);
}

export function html(strings, ...values) {
  return new Markup(strings.reduce((text, part, index) => text + escaped(values[index - 1]) + part));
}

export const trusted = (text) => new Markup(text);

const STYLE = `
  :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
  body { margin: 0 auto; max-width: 24rem; padding: 1.5rem; }
  form { margin: 1rem 0; }
  label { display: block; }
  input, button { box-sizing: border-box; font: inherit; padding: .5rem; width: 100%; }
  input { margin: .25rem 0 .75rem; }
  code { overflow-wrap: anywhere; }
`;

// `name` tells a script which page this is; a document without it is one the browser only passes through.
export function respond(ctx, { name, title, main, script, status = 200 }) {
  const nonce = randomBytes(16).toString('base64');
  ctx.status = status;
  ctx.type = 'html';
  ctx.set('Cache-Control', 'no-store');
  ctx.set('Referrer-Policy', 'no-referrer');
  // No form-action: Chromium applies it to redirects as well, and the last one leads to the client's listener.
  ctx.set('Content-Security-Policy', [
    "default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "connect-src 'self'", 'img-src data:',
    `style-src 'nonce-${nonce}'`, `script-src 'nonce-${nonce}'`,
  ].join('; '));
  ctx.body = html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} - interop provider</title>
<link rel="icon" href="data:,">
<style nonce="${nonce}">${trusted(STYLE)}</style>
</head>
<body data-page="${name}">
<main>
<h1>${title}</h1>
${main}
</main>
${script && html`<script nonce="${nonce}">${trusted(script)}</script>`}
</body>
</html>
`.toString();
}
