// Copies the secret of an invitation. It is read from the page and never leaves it for an address or the
// server; without this script one selects it by hand.
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
