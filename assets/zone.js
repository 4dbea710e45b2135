// Tells the time zone of the browser, so that days are counted as people count them: where the page says which one
// the server knows and it is another, to the server; else in the form of the page that asks for it. Without this
// script days are UTC's until another zone is chosen.
"use strict";

(() => {
  const { dataset } = document.currentScript;
  let zone = "";
  try {
    zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
  } catch {
    return;
  }
  if (zone === "") return;

  for (const field of document.querySelectorAll("[data-browser-zone]")) {
    if (field.localName !== "select" || [...field.options].some((option) => option.value === zone)) field.value = zone;
  }

  if (dataset.tell !== undefined && dataset.zone !== zone) {
    // What comes of it shows on the next page; if it fails, that page tries again.
    fetch(dataset.tell, {
      method: "POST",
      body: new URLSearchParams({ zone }),
      headers: { Accept: "application/json" },
      keepalive: true,
    }).catch(() => {});
  }
})();
