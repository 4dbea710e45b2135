// Saves the words on the whole of a mentor's review while they are typed, and says so beside the buttons. The
// page works without this script: its buttons save.
"use strict";

(() => {
  const form = document.querySelector("form[data-autosave]");
  if (!form) return;

  const state = form.querySelector("[data-state]");
  const gone = document.getElementById("gone");
  const typingPause = 800;
  const longestPause = 30000;
  let dirty = false;
  let saving = false;
  let leaving = false;
  let timer = null;
  let pause = 1000;

  const say = (text, kind) => {
    state.textContent = text;
    state.classList.toggle("is-saved", kind === "saved");
    state.classList.toggle("is-unsaved", kind === "unsaved");
  };

  const saveIn = (after) => {
    clearTimeout(timer);
    timer = setTimeout(save, after);
  };

  const save = async () => {
    clearTimeout(timer);
    if (saving || !dirty || leaving) return;
    saving = true;
    dirty = false;
    say("Saving");
    const body = new URLSearchParams(new FormData(form));
    try {
      const response = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" }, keepalive: body.toString().length < 60000 });
      const answer = await response.json();
      if (response.ok) {
        form.elements.revision.value = answer.revision;
        pause = 1000;
        say(answer.elsewhere ? "Saved. Another tab had changed these words; these later ones count." : "Saved", "saved");
      } else {
        say(`Not saved: ${answer.message}`, "unsaved");
        gone.hidden = ![404, 410].includes(response.status);
        if (response.status >= 500 || response.status === 408) {
          dirty = true;
          saveIn(pause);
          pause = Math.min(pause * 2, longestPause);
        }
      }
    } catch {
      dirty = true;
      say("Not saved. Trying again.", "unsaved");
      saveIn(pause);
      pause = Math.min(pause * 2, longestPause);
    } finally {
      saving = false;
    }
    if (dirty) saveIn(typingPause);
  };

  form.addEventListener("input", () => {
    dirty = true;
    pause = 1000;
    say("Not saved yet");
    saveIn(typingPause);
  });
  form.addEventListener("submit", () => {
    leaving = true;
    clearTimeout(timer);
  });
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && save());
  window.addEventListener("pagehide", save);
  window.addEventListener("online", save);
  window.addEventListener("pageshow", () => { leaving = false; });
  window.addEventListener("beforeunload", (event) => {
    if (dirty && !leaving) event.preventDefault();
  });
})();
