// Reports the browser's time zone, so that days are counted as people count them. If the page says which zone the
// server knows and the browser's differs, it is sent to the server; a page that asks for the zone has it filled into
// its form. Without this script days are counted in UTC until another zone is chosen.
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
    // The effect shows on the next page; if this fails, that page tries again.
    fetch(dataset.tell, {
      method: "POST",
      body: new URLSearchParams({ zone }),
      headers: { Accept: "application/json" },
      keepalive: true,
    }).catch(() => {});
  }
})();
