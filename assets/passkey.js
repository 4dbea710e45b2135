// Asks the device for a passkey, or to make one, and sends its answer with the form. A passkey can't be used without a
// script; the other ways in can.
"use strict";

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const making = form.dataset.passkey === "create";
  if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) continue;
  const button = form.querySelector("button"), said = form.querySelector("[data-said]");
  button.hidden = false;
  form.querySelector("[data-without]").hidden = true;
  // A browser may bring back what was in the field; each answer holds only once.
  window.addEventListener("pageshow", () => { form.elements.answer.value = ""; });

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button.disabled) return;
    button.disabled = true;
    said.textContent = making ? "Follow what your device asks." : "Choose a passkey where your device asks for it.";
    try {
      form.elements.answer.value = JSON.stringify(await ask());
      form.submit();
    } catch (error) {
      said.textContent = reason(error);
    }
    button.disabled = false;
  });

  async function ask() {
    const options = JSON.parse(form.dataset.options);
    return making
      ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
      : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
  }

  function reason(error) {
    if (error.name === "InvalidStateError") return "This device keeps a passkey for your history already.";
    if (error.name === "NotAllowedError") return "Nothing was done: the device refused, or nobody answered it. Press again to retry.";
    return "The device could not do it. Try again, or come in by another way.";
  }
}
