// Saves what is chosen and typed on a page, an answer, a mentor's rating, their words or what they would move on a depth map,
// a domain of a depth map, as it is made, says so beside it, and keeps trying when it can't. The page works without this script: its buttons then save.
//
// Only what a person does is saved. What a browser restores into a form, after Back or when a tab is reopened, is not
// their doing: the page shows what the server holds, and offers the rest.
"use strict";

(() => {
  const form = document.querySelector("form[data-answers]");
  if (!form) return;

  const root = document.documentElement;
  const assessment = form.dataset.assessment;
  const unsaved = document.getElementById("unsaved");
  const gone = document.getElementById("gone");
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel("whetstone-answers") : null;
  const fresh = performance.getEntriesByType("navigation")[0]?.type === "navigate";
  const longestPause = 30000;
  const typingPause = 800;
  const keptAliveLimit = 60 * 1024;

  // Time counts only while the page is visible.
  let spent = 0;
  let since = document.visibilityState === "visible" ? performance.now() : null;
  const spentSoFar = () => spent + (since === null ? 0 : performance.now() - since);
  const takeSpent = () => {
    const taken = Math.round(spentSoFar());
    spent = 0;
    if (since !== null) since = performance.now();
    return taken;
  };

  // post sends one answer, with keepalive if there is room: all keepalive requests of a browser share 64 KiB, and one
  // beyond that fails.
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

  // What is not saved yet is remembered with the tab, so that it can be offered when the page is reopened.
  const remembered = (id) => `whetstone-unsaved:${assessment}:${id}`;
  const recall = (id) => {
    try {
      return JSON.parse(sessionStorage.getItem(remembered(id))) ?? {};
    } catch {
      return {};
    }
  };
  const remember = (id, values) => {
    try {
      if (Object.keys(values).length) sessionStorage.setItem(remembered(id), JSON.stringify(values));
      else sessionStorage.removeItem(remembered(id));
    } catch {
      // Without storage, only the page holds it.
    }
  };

  // revision counts the changes of an answer; its seen token begins with it.
  const revision = (seen) => Number.parseInt(seen, 10);

  // same reports whether two texts are stored as the same.
  const same = (one, other) => one.replaceAll("\r\n", "\n").trim() === other.replaceAll("\r\n", "\n").trim();

  // make returns a new element with a text.
  const make = (name, text) => Object.assign(document.createElement(name), { textContent: text });

  // A control that isn't typed in, a list or a box, holds its value; a box that isn't ticked holds nothing. original is
  // what the page came with.
  const isChosen = (control) => control.type === "checkbox" || "options" in control;
  const held = (control) => control.type === "checkbox" && !control.checked ? "" : control.value;
  const original = (control) => {
    if (control.type === "checkbox") return control.defaultChecked ? control.value : "";
    if (!("options" in control)) return control.defaultValue;
    return ([...control.options].find((option) => option.defaultSelected) ?? control.options[0]).value;
  };
  const put = (control, value) => {
    if (control.type === "checkbox") control.checked = value !== "";
    else if (control.value !== value) control.value = value;
  };

  class Question {
    constructor(element) {
      this.element = element;
      this.id = element.dataset.item;
      this.seen = element.dataset.seen;
      this.radios = [...element.querySelectorAll(".levels input, .others input")];
      this.texts = [...element.querySelectorAll("[data-text]")];
      this.state = element.querySelector("[data-state]") ?? form.querySelector("[data-state]");
      this.choice = element.querySelector("[data-conflict]");
      this.occasion = element.querySelector("[data-opens]"); // the fold of the note
      this.typedThen = "typed" in element.dataset; // the page shows what could not be taken
      this.dirty = false; // changed since the last save was sent
      this.refused = false; // the server won't take it: retrying is useless
      this.gone = false; // it can't be saved from here any more: finished in the meantime, or signed out
      this.saving = null;
      this.timer = null;
      this.pause = 1000;
      this.lost = null; // sent, but it isn't known whether it was saved
      this.offered = {};
      this.offer = null;
      // kept is what the server holds; shown is what the page shows because the server or the person said so. The
      // browser put anything else into a field.
      this.kept = Object.fromEntries(this.texts.map((text) => [text.dataset.text, original(text)]));
      if (this.radios.length) this.kept.level = this.radios.find((radio) => radio.defaultChecked)?.value ?? "";
      this.shown = { ...this.kept };
      this.listen();
      this.begin();
    }

    listen() {
      for (const radio of this.radios) radio.addEventListener("click", () => this.chose());
      for (const text of this.texts) {
        if (isChosen(text)) {
          this.listenTo(text);
          continue;
        }
        let acting = false;
        text.addEventListener("beforeinput", () => { acting = true; });
        text.addEventListener("input", (event) => {
          if (acting || event.inputType) this.typed(text);
          else this.restored();
          acting = false;
        });
        text.addEventListener("change", () => this.waits() && this.save());
      }
      // Firefox restores a reopened tab's form after the page has loaded.
      for (const radio of this.radios) radio.addEventListener("change", () => this.restored());
      this.choice?.addEventListener("click", (event) => {
        if (event.target.type === "radio") this.decide(event.target.value);
      });
    }

    // listenTo saves what a person chooses in a list or ticks.
    listenTo(control) {
      let acting = false;
      for (const act of ["pointerdown", "keydown", "click"]) control.addEventListener(act, () => { acting = true; });
      control.addEventListener("change", () => {
        if (!acting && document.activeElement !== control) this.restored();
        else if (held(control) !== this.shown[control.dataset.text]) {
          this.shown[control.dataset.text] = held(control);
          this.changed();
        }
      });
    }

    // begin removes from the fields what the browser has restored, and offers it together with what was not saved
    // before.
    begin() {
      if (this.typedThen) return;
      // On a page that was just opened, a person who was faster than this script has chosen what the fields hold.
      if (fresh && navigator.userActivation?.hasBeenActive) {
        this.shown = this.values();
        if (Object.keys(this.kept).some((key) => this.shown[key] !== this.kept[key])) this.changed();
      } else {
        this.restored();
      }
      const before = recall(this.id);
      if (Object.keys(before).length) this.propose(before);
    }

    // values returns what the fields hold.
    values() {
      const values = Object.fromEntries(this.texts.map((text) => [text.dataset.text, held(text)]));
      if (this.radios.length) values.level = this.radios.find((radio) => radio.checked)?.value ?? "";
      return values;
    }

    // show puts values into the fields.
    show(values) {
      for (const [key, value] of Object.entries(values)) {
        this.shown[key] = value;
        if (key === "level") {
          for (const radio of this.radios) radio.checked = radio.value === value;
          this.open(value);
        }
        const text = this.control(key);
        if (!text) continue;
        put(text, value);
        const fold = text.closest("details");
        if (value && fold) fold.open = true;
      }
    }

    // restored undoes what the browser put into a field, and offers it.
    restored() {
      const strange = {};
      for (const [key, value] of Object.entries(this.values())) {
        if (value !== this.shown[key]) strange[key] = value;
      }
      if (!Object.keys(strange).length) return;
      this.show({ ...this.shown });
      this.propose(strange);
    }

    chose() {
      const { level } = this.values();
      if (level === this.shown.level) return;
      this.shown.level = level;
      this.open(level);
      this.changed();
    }

    // open unfolds the note at the levels that need an occasion.
    open(level) {
      if (level >= 4 && this.occasion) this.occasion.open = true;
    }

    // long reports whether a text is too long to be saved; the rest still can be.
    long(text) {
      const limit = Number(text.dataset.limit ?? 0);
      return limit > 0 && [...text.value.trim()].length > limit;
    }

    overlong() {
      return this.texts.find((text) => this.long(text));
    }

    // waits reports whether something here is still to be saved, and can be.
    waits() {
      return Boolean(this.saving) || (this.dirty && !this.refused && !this.asks());
    }

    // asks reports whether the person has to choose between what stands here and what was saved elsewhere.
    asks() {
      return Boolean(this.choice?.firstElementChild);
    }

    // say shows the state next to the question; kind is "saved", "unsaved" or nothing.
    say(text, kind) {
      this.state.textContent = text;
      this.state.classList.toggle("is-saved", kind === "saved");
      this.state.classList.toggle("is-unsaved", kind === "unsaved");
      // What won't be taken has to be seen until it is mended, also where a field is asked for no longer.
      if (this.refused || this.overlong()) this.state.toggleAttribute("data-invalid", true);
      else if (kind === "saved") this.state.removeAttribute("data-invalid");
    }

    // sayWhole shows the state of the whole question, unless a text is too long: that message stays.
    sayWhole(text, kind) {
      const long = this.overlong();
      if (long) this.say(`Not saved: the ${long.dataset.what ?? "note"} is longer than ${long.dataset.limit} characters`, "unsaved");
      else this.say(text, kind);
    }

    changed() {
      this.dirty = true;
      this.refused = false;
      this.pause = 1000;
      this.note();
      if (this.asks()) this.ask();
      else this.save();
    }

    typed(text) {
      this.shown[text.dataset.text] = text.value;
      this.sayWhole("Not saved yet");
      this.note();
      // What was waiting before, such as a level, goes on waiting.
      if (this.long(text)) return;
      this.dirty = true;
      this.refused = false;
      if (this.asks()) this.ask();
      else this.saveIn(typingPause);
    }

    // note remembers what is not saved.
    note() {
      const left = { ...this.offered };
      for (const [key, value] of Object.entries(this.shown)) {
        if (!same(value, this.kept[key])) left[key] = value;
      }
      remember(this.id, left);
    }

    saveIn(pause) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(), pause);
    }

    // save sends what the page holds; what changes while that is on its way is sent afterwards.
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
      const sent = { ...this.shown };
      for (const text of this.texts) if (this.long(text)) sent[text.dataset.text] = this.kept[text.dataset.text];
      // Surrounding white space is not stored, and what is not sent can't be too long for the server.
      const kept = Object.fromEntries(Object.entries(sent).map(([key, value]) => [key, value.trim()]));
      let response, answer;
      try {
        ({ response, answer } = await post(new URLSearchParams({ item: this.id, ...kept, seen: this.seen, spent: time })));
      } catch {
        this.lost = sent;
        this.failed(time, "Not saved. Trying again.", true);
        return;
      }
      if (response.status === 412) {
        this.collide(answer, sent);
        return;
      }
      if (!response.ok) {
        // Only a fault of the server, or of a slow connection, passes by itself; what has changed meanwhile may be
        // accepted.
        this.refused = response.status < 500 && response.status !== 408 && !this.dirty;
        this.gone = [404, 409, 410].includes(response.status);
        if (response.status >= 500) this.lost = sent;
        if (this.gone) gone.hidden = false;
        this.failed(time, `Not saved: ${answer.message}`, !this.refused);
        return;
      }
      this.pause = 1000;
      this.lost = null;
      this.take(answer, sent);
      if (this.dirty) this.sayWhole("Not saved yet");
      else this.sayWhole("Saved", "saved");
      if (tabs) tabs.postMessage({ assessment, item: this.id, answer });
    }

    // part returns what an answer from the server says about a field.
    part(answer, key) {
      if (key !== "level") return answer[key];
      return answer.level < 0 ? "" : String(answer.level);
    }

    // hold notes what the server holds, and puts its seen token into the names of the fields, so that a form says what
    // it was changed from.
    hold(answer) {
      this.seen = answer.seen;
      for (const key of Object.keys(this.kept)) this.kept[key] = this.part(answer, key);
      // What the answer comes to in a sentence stands beside it, with what can be done about it.
      if ("told" in answer) {
        for (const told of this.element.querySelectorAll("[data-told]")) told.hidden = answer.told === "";
        for (const tells of this.element.querySelectorAll("[data-tells]")) tells.textContent = answer.told;
      }
      for (const field of [...this.radios, ...this.texts]) field.name = `${field.name.split("@")[0]}@${answer.seen}`;
      this.typedThen = false;
    }

    // take shows the merged answer if the page hasn't changed since it was sent: another device may have changed the
    // note while this one changed the level.
    take(answer, sent) {
      this.hold(answer);
      for (const [key, value] of Object.entries(sent)) {
        if (!same(this.kept[key], value) && this.shown[key] === value) this.show({ [key]: this.kept[key] });
      }
      this.note();
    }

    // collide asks which counts: what stands here, or what was saved elsewhere in the meantime. If the latter is what
    // this page itself sent, without learning that it arrived, there is nothing to ask.
    collide({ answer, choice }, sent) {
      const ours = this.lost && Object.keys(this.kept).every((key) =>
        same(this.part(answer, key), this.lost[key]) || same(this.part(answer, key), this.kept[key]));
      this.dirty = true;
      if (ours) {
        this.lost = null;
        this.hold(answer);
        return; // and it is sent again, since it is still waiting
      }
      for (const key of Object.keys(this.kept)) {
        // What the page left alone, or what could be saved along with it, is not in conflict.
        if (this.shown[key] === sent[key] && same(this.kept[key], sent[key])) this.show({ [key]: this.part(answer, key) });
      }
      this.choice.innerHTML = choice;
      this.ask();
    }

    // ask says that there is something to choose.
    ask() {
      this.note();
      this.sayWhole("Not saved: it was changed elsewhere. Choose which counts.", "unsaved");
    }

    // decide does what the person chose.
    decide(counts) {
      const answer = JSON.parse(this.choice.firstElementChild.dataset.answer);
      this.choice.replaceChildren();
      this.hold(answer);
      (this.radios.find((radio) => radio.checked) ?? this.texts[0]).focus();
      if (counts === "elsewhere") {
        this.dirty = false;
        this.show({ ...this.kept });
        this.note();
        this.say("Saved", "saved");
        return;
      }
      this.changed();
    }

    failed(time, message, again) {
      spent += time;
      this.dirty = true;
      this.say(message, "unsaved");
      if (!again) return;
      this.saveIn(this.pause);
      this.pause = Math.min(this.pause * 2, longestPause);
    }

    // takeOver shows what another tab or device has saved, unless this page has something newer. An answer may also
    // arrive late, when this page has saved since.
    takeOver(answer) {
      if (this.dirty || this.saving || this.asks() || this.typedThen || this.overlong() || revision(answer.seen) <= revision(this.seen)) return;
      this.hold(answer);
      if (this.offer) this.propose({});
      if (Object.keys(this.kept).every((key) => same(this.kept[key], this.shown[key]))) return;
      this.show({ ...this.kept });
      this.say("Changed in another tab; this is that choice.");
    }

    // propose offers what was not saved, if the page shows something else.
    propose(values) {
      Object.assign(this.offered, values);
      for (const [key, value] of Object.entries(this.offered)) {
        if (!(key in this.shown) || same(value, this.shown[key]) || (key !== "level" && !value.trim())) delete this.offered[key];
      }
      this.offer?.remove();
      this.offer = null;
      this.note();
      if (!Object.keys(this.offered).length) return;
      const offer = make("div", "");
      offer.className = "offer notice";
      offer.setAttribute("role", "status");
      const { level, ...texts } = this.offered;
      const typed = (key) => !isChosen(this.control(key));
      const keys = Object.keys(texts);
      const verb = level === undefined && keys.every(typed) ? "typed" : keys.some(typed) ? "chosen and typed" : "chosen";
      offer.append(make("p", `You had ${verb} this before, and it was not saved:`));
      if (level !== undefined) offer.append(make("p", this.words(level)));
      for (const [key, text] of Object.entries(texts)) offer.append(make("blockquote", this.spelled(key, text)));
      const use = this.button("Use it", () => this.use());
      const leave = this.button("Leave it", () => this.leave());
      const actions = make("p", "");
      actions.className = "actions";
      actions.append(use, leave);
      offer.append(actions);
      this.offer = offer;
      this.choice.after(offer);
    }

    button(words, act) {
      const button = make("button", words);
      button.type = "button";
      button.className = "plain";
      button.addEventListener("click", act);
      return button;
    }

    // control returns the one that holds a text.
    control(key) {
      return this.texts.find((candidate) => candidate.dataset.text === key);
    }

    // spelled returns a text as people read it: of a list what it calls the value, of a box what stands beside it.
    spelled(key, text) {
      const control = this.control(key);
      if ("options" in control) return [...control.options].find((option) => option.value === text)?.text ?? text;
      return control.type === "checkbox" ? control.closest("label").innerText.trim() : text;
    }

    // words returns the words of a level.
    words(level) {
      const radio = this.radios.find((candidate) => candidate.value === level);
      return radio ? radio.closest("label").innerText.replace(/\s+/g, " ").trim() : "No level";
    }

    use() {
      const values = this.offered;
      this.leave();
      this.show(values);
      this.changed();
    }

    leave() {
      this.offered = {};
      this.offer.remove();
      this.offer = null;
      this.note();
      (this.radios.find((radio) => radio.checked) ?? this.radios[0] ?? this.texts[0]).focus();
    }
  }

  const questions = new Map();
  for (const element of form.querySelectorAll("[data-item]")) {
    const question = new Question(element);
    questions.set(question.id, question);
  }
  const saveWaiting = () => [...questions.values()].filter((question) => question.waits()).map((question) => question.save());
  const saving = () => [...questions.values()].map((question) => question.saving).filter(Boolean);
  const pending = () => [...questions.values()].some((question) => question.waits());
  const asking = () => [...questions.values()].some((question) => question.asks() && question.dirty);
  const lost = () => [...questions.values()].some((question) => question.gone);

  // refresh asks what the server holds, and shows it.
  const refresh = async () => {
    try {
      const response = await fetch(form.dataset.answers, { headers: { Accept: "application/json" } });
      if (!response.ok) return;
      for (const answer of (await response.json()).answers) questions.get(answer.item)?.takeOver(answer);
    } catch {
      // The next save says that the server can't be reached.
    }
  };

  // Another tab tells this one at once; other devices' changes are fetched when this page becomes visible again.
  if (tabs) {
    tabs.addEventListener("message", (event) => {
      const question = event.data.assessment === assessment && questions.get(event.data.item);
      if (question) question.takeOver(event.data.answer);
    });
  }
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible") {
      spent = spentSoFar();
      since = null;
      // A hidden page may never run again, for example on a phone.
      saveWaiting();
      return;
    }
    since = performance.now();
    refresh();
  });
  window.addEventListener("online", saveWaiting);

  // A page that was left may be older than its own last save, and a cached one older than anything: neither is shown
  // as it was.
  window.addEventListener("pagehide", (event) => {
    saveWaiting();
    if (event.persisted) root.hidden = true;
  });
  window.addEventListener("pageshow", (event) => {
    leaving = false;
    if (!event.persisted) {
      // Chromium may restore a form's content only after this script has begun, without any event.
      if (!fresh) for (const question of questions.values()) if (!question.typedThen) question.restored();
      return;
    }
    if ("posted" in root.dataset) location.replace(location.pathname + location.search);
    else location.reload();
  });
  if (!fresh) refresh();

  // The digit keys choose a level while the focus is on a question's radio buttons, never while typing.
  form.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !/^[0-5]$/.test(event.key)) return;
    const question = questions.get(event.target.closest("[data-item]")?.dataset.item);
    if (!question?.radios.length || question.texts.includes(event.target)) return;
    const radio = question.radios.find((candidate) => candidate.value === event.key);
    radio.focus();
    radio.checked = true;
    question.chose();
  });

  // Leaving waits for what is not saved yet; if it can't be saved, the page stays, with the choices.
  let leaving = false;
  const send = (submitter) => {
    if (form.elements.spent) form.elements.spent.value = Math.round(spentSoFar());
    leaving = true;
    if (submitter !== undefined) form.requestSubmit(submitter);
  };
  form.addEventListener("submit", async (event) => {
    if (!pending() && !lost()) {
      send();
      return;
    }
    event.preventDefault();
    const submitter = event.submitter;
    saveWaiting();
    // What changed while a save was on its way is sent after it, so one save may follow another.
    for (let saves = saving(); saves.length; saves = saving()) await Promise.all(saves);
    const reason = lost() ? gone : pending() ? unsaved : null;
    if (reason) {
      reason.hidden = false;
      reason.focus();
      return;
    }
    send(submitter);
  });
  window.addEventListener("beforeunload", (event) => {
    if ((pending() || asking()) && !leaving) event.preventDefault();
  });
})();
