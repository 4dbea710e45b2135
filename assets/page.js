// Shows no page as it once was: what a browser has kept of it, to show again on Back, may be out of date, and
// whom it belongs to may be gone. A page that saves by itself has its own script, questions.js.
"use strict";

(() => {
  const root = document.documentElement;
  window.addEventListener("pagehide", (event) => {
    if (event.persisted) root.hidden = true;
  });
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    // The answer to a form can't be asked for again, its address can.
    if ("posted" in root.dataset) location.replace(location.pathname + location.search);
    else location.reload();
  });

  // Who is nobody here any more has nothing unsaved here either.
  if (!("nobody" in root.dataset)) return;
  try {
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith("whetstone-unsaved:")) sessionStorage.removeItem(key);
    }
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
})();
