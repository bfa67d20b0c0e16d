/* Passkeys. The page holds a question of the server as JSON; the device's answer goes back in the hidden field of the
   same form. Without this script the button stays hidden and the code does the same. */
(() => {
  "use strict";

  const bytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
  const text = (buffer) =>
    btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(""))
      .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const named = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  function asked(question) {
    const options = JSON.parse(question);
    options.challenge = bytes(options.challenge);
    if (options.user) options.user.id = bytes(options.user.id);
    if (options.allowCredentials) options.allowCredentials = named(options.allowCredentials);
    if (options.excludeCredentials) options.excludeCredentials = named(options.excludeCredentials);
    return options;
  }

  function answer(found) {
    const parts = { clientDataJSON: text(found.response.clientDataJSON) };
    for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"])
      if (found.response[name]) parts[name] = text(found.response[name]);
    if (found.response.getTransports) parts.transports = found.response.getTransports();
    return JSON.stringify({
      id: found.id, rawId: text(found.rawId), type: found.type, response: parts,
      authenticatorAttachment: found.authenticatorAttachment || undefined,
    });
  }

  async function use(place) {
    const form = place.closest("form"), password = form.querySelector("input[type=password]");
    if (password && !password.value) return void password.focus();
    const publicKey = asked(place.dataset.question);
    const found = place.dataset.passkey === "make"
      ? await navigator.credentials.create({ publicKey })
      : await navigator.credentials.get({ publicKey });
    form.querySelector("input[name=passkey]").value = answer(found);
    form.submit();
  }

  for (const place of document.querySelectorAll("[data-passkey]")) {
    if (!window.PublicKeyCredential) break;
    const said = place.querySelector("[role=status]");
    place.hidden = false;
    place.querySelector("button").addEventListener("click", () => {
      said.textContent = "";
      use(place).catch(() => { said.textContent = place.dataset.failed; });
    });
  }
})();
