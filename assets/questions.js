// Saves each answer of a question page, and each rating of a mentor's page, as it is made, says so beside
// it, and keeps trying when it can't. The page works without this script: its button then saves.
"use strict";

(() => {
  const form = document.getElementById("questions");
  if (!form) return;

  const assessment = form.dataset.assessment;
  const unsaved = document.getElementById("unsaved");
  const gone = document.getElementById("gone");
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel("whetstone-answers") : null;
  const longestPause = 30000;
  const typingPause = 800;
  const keptAliveLimit = 60 * 1024;

  // Time counts only while the page is in view.
  let spent = 0;
  let since = document.visibilityState === "visible" ? performance.now() : null;
  const spentSoFar = () => spent + (since === null ? 0 : performance.now() - since);
  const takeSpent = () => {
    const taken = Math.round(spentSoFar());
    spent = 0;
    if (since !== null) since = performance.now();
    return taken;
  };

  // post sends one answer, alive beyond the page where there is room: all requests that a browser keeps
  // alive share 64 KiB, and one beyond that fails.
  let keptAlive = 0;
  const post = async (body) => {
    const size = body.toString().length;
    const keepalive = keptAlive + size <= keptAliveLimit;
    if (keepalive) keptAlive += size;
    try {
      const response = await fetch(form.dataset.answers, {
        method: "POST", body, headers: { Accept: "application/json" }, keepalive,
      });
      return { response, answer: await response.json() };
    } finally {
      if (keepalive) keptAlive -= size;
    }
  };

  // revision counts the changes of an answer; its mark begins with it.
  const revision = (seen) => Number.parseInt(seen, 10);

  class Question {
    constructor(fieldset) {
      this.fieldset = fieldset;
      this.id = fieldset.dataset.item;
      this.radios = [...fieldset.querySelectorAll("input[type=radio]")];
      this.note = fieldset.querySelector("textarea");
      this.seen = fieldset.querySelector("input[type=hidden]");
      this.state = fieldset.querySelector("[data-state]");
      this.savedNote = this.note.defaultValue;
      this.dirty = false; // changed since the last save was sent
      this.refused = false; // the server won't take it: trying again is of no use
      this.gone = false; // it can't be saved from here at all: finished meanwhile, or signed out
      this.saving = null;
      this.timer = null;
      this.pause = 1000;
      for (const radio of this.radios) radio.addEventListener("change", () => this.changed());
      this.note.addEventListener("input", () => this.typed());
      this.note.addEventListener("change", () => this.waits() && this.save());
    }

    level() {
      const chosen = this.radios.find((radio) => radio.checked);
      return chosen ? chosen.value : "";
    }

    // tooLong tells that the note can't be saved as it stands; the level still can.
    tooLong() {
      return [...this.note.value.trim()].length > Number(this.note.dataset.limit);
    }

    // waits tells that something here is still to be saved, and can be.
    waits() {
      return Boolean(this.saving) || (this.dirty && !this.refused);
    }

    // say words the state beside the question; kind is "saved", "unsaved" or nothing.
    say(text, kind) {
      this.state.textContent = text;
      this.state.classList.toggle("is-saved", kind === "saved");
      this.state.classList.toggle("is-unsaved", kind === "unsaved");
    }

    // sayWhole words the state of the whole question, unless its note is too long: that stays said.
    sayWhole(text, kind) {
      if (this.tooLong()) this.say(`Not saved: the ${this.note.dataset.what ?? "note"} is longer than ${this.note.dataset.limit} characters`, "unsaved");
      else this.say(text, kind);
    }

    changed() {
      this.dirty = true;
      this.refused = false;
      this.pause = 1000;
      this.save();
    }

    typed() {
      this.sayWhole("Not saved yet");
      // What waited before, such as a level, keeps waiting for its turn.
      if (this.tooLong()) return;
      this.dirty = true;
      this.refused = false;
      this.saveIn(typingPause);
    }

    saveIn(pause) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(), pause);
    }

    // save sends what stands on the page; what is changed while it is on its way is sent after it.
    save() {
      clearTimeout(this.timer);
      this.timer = null;
      if (this.saving) return this.saving;
      this.saving = this.send().finally(() => {
        this.saving = null;
        if (this.waits() && this.timer === null) this.save();
        if (!pending()) unsaved.hidden = true;
      });
      return this.saving;
    }

    async send() {
      this.dirty = false;
      this.sayWhole("Saving");
      const time = takeSpent();
      const sent = { level: this.level(), note: this.tooLong() ? this.savedNote : this.note.value };
      let response, answer;
      try {
        ({ response, answer } = await post(new URLSearchParams({ item: this.id, ...sent, seen: this.seen.value, spent: time })));
      } catch {
        this.failed(time, "Not saved. Trying again.", true);
        return;
      }
      if (!response.ok) {
        // Only a fault of the server, or of a slow line, passes by itself; what was changed meanwhile may be taken.
        this.refused = response.status < 500 && response.status !== 408 && !this.dirty;
        this.gone = [404, 409, 410].includes(response.status);
        this.failed(time, `Not saved: ${answer.message}`, !this.refused);
        return;
      }
      this.pause = 1000;
      this.seen.value = answer.seen;
      this.savedNote = answer.note;
      this.adopt(answer, sent);
      if (this.dirty) this.sayWhole("Not saved yet");
      else this.sayWhole(answer.elsewhere ? "Saved. Another tab had changed this answer; this later choice counts." : "Saved", "saved");
      if (tabs) tabs.postMessage({ assessment, item: this.id, answer });
    }

    // adopt shows what the answer has become, where the page still stands as it was sent: another device
    // may have changed the note while this one changed the level.
    adopt(answer, sent) {
      const level = answer.level < 0 ? "" : String(answer.level);
      if (level !== sent.level && this.level() === sent.level) this.choose(level);
      if (answer.note !== sent.note.trim() && this.note.value === sent.note) this.write(answer.note);
    }

    choose(level) {
      for (const radio of this.radios) radio.checked = radio.value === level;
    }

    write(note) {
      this.note.value = note;
      const fold = this.note.closest("details");
      if (note && fold) fold.open = true;
    }

    failed(time, message, again) {
      spent += time;
      this.dirty = true;
      this.say(message, "unsaved");
      if (!again) return;
      this.saveIn(this.pause);
      this.pause = Math.min(this.pause * 2, longestPause);
    }

    // elsewhere takes over what another tab or device has saved, unless this page has something newer.
    // An answer may also arrive late, when this page has saved since.
    elsewhere(answer) {
      if (this.dirty || this.saving || this.tooLong() || revision(answer.seen) <= revision(this.seen.value)) return;
      this.seen.value = answer.seen;
      this.savedNote = answer.note;
      const level = answer.level < 0 ? "" : String(answer.level);
      if (level === this.level() && answer.note === this.note.value) return;
      this.choose(level);
      this.write(answer.note);
      this.say("Changed in another tab; this is that choice.");
    }
  }

  const questions = new Map();
  for (const fieldset of form.querySelectorAll("fieldset.item")) {
    const question = new Question(fieldset);
    questions.set(question.id, question);
  }
  const saveWaiting = () => [...questions.values()].filter((question) => question.waits()).map((question) => question.save());
  const saving = () => [...questions.values()].map((question) => question.saving).filter(Boolean);
  const pending = () => [...questions.values()].some((question) => question.waits());
  const lost = () => [...questions.values()].some((question) => question.gone);

  // Another tab tells at once; another device is asked when this page comes into view again.
  if (tabs) {
    tabs.addEventListener("message", (event) => {
      const question = event.data.assessment === assessment && questions.get(event.data.item);
      if (question) question.elsewhere(event.data.answer);
    });
  }
  document.addEventListener("visibilitychange", async () => {
    if (document.visibilityState !== "visible") {
      spent = spentSoFar();
      since = null;
      // A page out of view may never run again, as on a phone.
      saveWaiting();
      return;
    }
    since = performance.now();
    try {
      const response = await fetch(form.dataset.answers, { headers: { Accept: "application/json" } });
      if (!response.ok) return;
      for (const answer of (await response.json()).answers) questions.get(answer.item)?.elsewhere(answer);
    } catch {
      // The next save says that the server can't be reached.
    }
  });
  window.addEventListener("pagehide", saveWaiting);
  window.addEventListener("online", saveWaiting);

  // The digits choose a level where the focus is on a question's radios, never while typing.
  form.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.tagName === "TEXTAREA") return;
    const question = questions.get(event.target.closest("fieldset.item")?.dataset.item);
    if (!question || !/^[0-5]$/.test(event.key)) return;
    const radio = question.radios.find((candidate) => candidate.value === event.key);
    radio.focus();
    if (radio.checked) return;
    radio.checked = true;
    question.changed();
  });

  // Leaving waits for what is not saved yet; if it can't be saved, the page stays, with the choices.
  let leaving = false;
  form.addEventListener("submit", async (event) => {
    form.elements.spent.value = Math.round(spentSoFar());
    if (!pending() && !lost()) {
      leaving = true;
      return;
    }
    event.preventDefault();
    const submitter = event.submitter;
    saveWaiting();
    // What was changed while a save was on its way is sent after it, and so a save may follow a save.
    for (let saves = saving(); saves.length; saves = saving()) await Promise.all(saves);
    const reason = lost() ? gone : pending() ? unsaved : null;
    if (reason) {
      reason.hidden = false;
      reason.focus();
      return;
    }
    form.elements.spent.value = Math.round(spentSoFar());
    leaving = true;
    form.requestSubmit(submitter);
  });
  window.addEventListener("beforeunload", (event) => {
    if (pending() && !leaving) event.preventDefault();
  });
  window.addEventListener("pageshow", () => { leaving = false; });
})();
