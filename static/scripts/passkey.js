// Makes a passkey, or signs in with one: the browser's answer goes with the form, which works like any other.
const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const words = (buffer) => buffer && btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

for (const button of document.querySelectorAll("[data-passkey]:not([data-live])")) {
  button.dataset.live = "yes";
  if (!window.PublicKeyCredential) {
    document.querySelector("[data-no-passkey]")?.removeAttribute("hidden");
    continue;
  }
  button.hidden = false;
  const form = button.form;
  const failed = form.querySelector("[data-passkey-failed]");

  const ask = async () => {
    const answer = await fetch(button.dataset.passkey, { method: "POST", body: new URLSearchParams({ csrf_token: form.elements.csrf_token.value }) });
    if (!answer.ok || answer.redirected) throw new Error("not asked");
    return answer.json();
  };
  const make = async (asked) => navigator.credentials.create({ publicKey: {
    ...asked, challenge: bytes(asked.challenge), user: { ...asked.user, id: bytes(asked.user.id) }, excludeCredentials: known(asked.excludeCredentials),
  } });
  const show = async (asked) => navigator.credentials.get({ publicKey: {
    ...asked, challenge: bytes(asked.challenge), allowCredentials: known(asked.allowCredentials),
  } });
  const told = (made) => JSON.stringify({
    id: made.id, rawId: words(made.rawId), type: made.type, clientExtensionResults: {},
    authenticatorAttachment: made.authenticatorAttachment,
    response: {
      clientDataJSON: words(made.response.clientDataJSON),
      attestationObject: words(made.response.attestationObject),
      authenticatorData: words(made.response.authenticatorData),
      signature: words(made.response.signature),
      userHandle: words(made.response.userHandle),
      transports: made.response.getTransports?.(),
    },
  });

  button.addEventListener("click", async (event) => {
    // Without a name there is nothing to make yet: the portal says so.
    if (form.elements.name && !form.elements.name.value.trim()) return;
    event.preventDefault();
    failed.textContent = "";
    button.disabled = true;
    try {
      const asked = await ask();
      const made = await (asked.user ? make(asked) : show(asked));
      form.elements.answer.value = told(made);
      form.action = button.formAction;
      form.submit();
    } catch {
      failed.textContent = failed.dataset.words;
      button.disabled = false;
    }
  });
}
