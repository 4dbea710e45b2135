// Copies the secret of an invitation. It is read from the page, and never put into an address or sent to the server.
// Without this script people select it by hand.
"use strict";

(() => {
  const copier = document.querySelector("[data-copy-secret]");
  const said = document.querySelector("[data-copied]");
  // Over plain HTTP a browser offers no clipboard.
  if (!navigator.clipboard) return;
  copier.hidden = false;
  copier.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(document.querySelector("[data-secret]").textContent.trim());
      said.textContent = "Copied.";
    } catch {
      said.textContent = "This browser doesn’t let the page copy. Select it by hand.";
    }
  });
})();
