// Keeps old pages from being shown: what a browser has cached of one, to show on Back, may be out of date, and its
// owner may have signed out. A page that saves by itself has its own script, questions.js.
"use strict";

(() => {
  const root = document.documentElement;
  window.addEventListener("pagehide", (event) => {
    if (event.persisted) root.hidden = true;
  });
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    // The answer to a form can't be requested again, but its address can.
    if ("posted" in root.dataset) location.replace(location.pathname + location.search);
    else location.reload();
  });

  // A visitor who is no longer signed in has nothing unsaved here either.
  if (!("nobody" in root.dataset)) return;
  try {
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith("whetstone-unsaved:")) sessionStorage.removeItem(key);
    }
  } catch {
    // A browser without storage has nothing to forget.
  }
})();
