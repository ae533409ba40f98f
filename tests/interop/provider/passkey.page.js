// In the page: fetch the options, let the browser do the ceremony, post its answer as a form. A failed ceremony is
// posted too, so that every press of the button ends in a new page.

const ceremonies = {
  async use(options) {
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
    return navigator.credentials.get({ publicKey });
  },
  async register(options) {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
    return navigator.credentials.create({ publicKey });
  },
};

async function perform(form) {
  try {
    const answer = await fetch(`${form.action}/options`, { method: 'POST' });
    if (!answer.ok) throw new Error(`options: ${answer.status}`);
    const credential = await ceremonies[form.dataset.passkey](await answer.json());
    return JSON.stringify(credential.toJSON());
  } catch (error) {
    return JSON.stringify({ failed: `${error.name}: ${error.message}` });
  }
}

for (const form of document.querySelectorAll('form[data-passkey]')) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    form.elements.response.value = await perform(form);
    form.submit();
  });
}
