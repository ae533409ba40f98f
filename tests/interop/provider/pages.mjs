// What the person sees.

import { readFileSync } from 'node:fs';

import { html, respond, trusted } from './html.mjs';

const PASSKEY_SCRIPT = readFileSync(new URL('./passkey.page.js', import.meta.url), 'utf8');

const notice = (text) => text && html`<p role="alert">${text}</p>`;

const decline = (at) => html`<form method="post" action="${at}/decline"><button id="decline">Decline</button></form>`;

const passkeyForm = (at, purpose, label) => html`
<form method="post" action="${at}/passkey/${purpose}" data-passkey="${purpose}">
  <input type="hidden" name="response">
  <button id="passkey-${purpose}">${label}</button>
</form>`;

const request = ({ client, asked, approving }) => html`
<p><strong>${client}</strong> wants to know who you are.</p>
${approving && html`<p id="approving">You are approving: <strong>${approving}</strong></p>`}
${asked.values.length > 0 && html`<p>${asked.essential ? 'It demands' : 'It asks for'}: ${asked.values.map((acr) => html`<code>${acr}</code> `)}</p>`}`;

export function signInPage(ctx, visit) {
  respond(ctx, {
    name: 'sign-in',
    title: 'Sign in',
    script: PASSKEY_SCRIPT,
    main: html`${request(visit)}${notice(visit.notice)}
<form method="post" action="${visit.at}/password">
  <label for="username">User name</label>
  <input id="username" name="username" autocomplete="username" required value="${visit.hint}">
  <label for="password">Password</label>
  <input id="password" name="password" type="password" autocomplete="current-password" required>
  <button id="sign-in">Sign in</button>
</form>
${passkeyForm(visit.at, 'use', 'Use a passkey')}
${decline(visit.at)}`,
  });
}

export function factorsPage(ctx, visit) {
  respond(ctx, {
    name: 'factors',
    title: 'One more proof',
    script: PASSKEY_SCRIPT,
    main: html`${request(visit)}${notice(visit.notice)}
<p>Signed in as ${visit.person.email}.</p>
<form method="post" action="${visit.at}/totp">
  <label for="code">One-time code</label>
  <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" required>
  <button id="use-code">Use the code</button>
</form>
${passkeyForm(visit.at, 'use', 'Use a passkey')}
${passkeyForm(visit.at, 'register', 'Create a passkey')}
<form method="post" action="${visit.at}/continue"><button id="continue">Continue with what I have shown</button></form>
${decline(visit.at)}`,
  });
}

export function consentPage(ctx, visit) {
  respond(ctx, {
    name: 'consent',
    title: 'Allow access',
    main: html`${request(visit)}
<form method="post" action="${visit.at}/consent"><button id="allow">Allow</button></form>
${decline(visit.at)}`,
  });
}

// oidc-provider calls these itself.

export function deviceCodePage(ctx, form, _out, error) {
  respond(ctx, {
    name: 'device-code',
    title: 'Connect a program',
    main: html`${notice(error && 'That code is not known, or the sign-in was broken off.')}${trusted(form)}
<button id="use-device-code" form="op.deviceInputForm">Go on</button>`,
  });
}

export function deviceConfirmPage(ctx, form, client, _info, userCode) {
  respond(ctx, {
    name: 'device-confirm',
    title: 'Is this your program?',
    main: html`<p><strong>${client.clientName}</strong> shows <code>${userCode}</code>.</p>${trusted(form)}
<button id="confirm-device" form="op.deviceConfirmForm">It does</button>
<button id="abort-device" form="op.deviceConfirmForm" name="abort" value="yes">No</button>`,
  });
}

export function deviceDonePage(ctx) {
  respond(ctx, { name: 'device-done', title: 'Connected', main: html`<p>You can close this page.</p>` });
}


export function errorPage(ctx, out) {
  respond(ctx, {
    name: 'error',
    title: 'This request cannot go on',
    status: ctx.status,
    main: html`<p><code id="error">${out.error}</code></p><p>${out.error_description}</p>`,
  });
}

export function signOutPage(ctx, form) {
  respond(ctx, {
    name: 'sign-out',
    title: 'Sign out',
    main: html`${trusted(form)}<button form="op.logoutForm" name="logout" value="yes">Sign out</button>`,
  });
}

export function signedOutPage(ctx) {
  respond(ctx, { name: 'signed-out', title: 'Signed out', main: html`<p>You can close this page.</p>` });
}
