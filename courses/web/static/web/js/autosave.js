// Saves what stands at a question of a quiz as it changes, and says so. While the line is down it
// is kept in this browser and sent again; what another tab or device saved meanwhile is shown.

import { fill } from "./dom.js";
import { answerOf, fillIn } from "./form-answer.js";
import { LineDown, Refused, request } from "./http.js";
import { uuid7 } from "./uuid7.js";

const WAIT_MS = 700; // after the last change; the save is there well within two seconds
const RETRY_MS = 3000;
const ENDED = new Set(["time_is_up", "attempt_already_submitted"]);

const key = (attempt, question) => `quizsite.draft.${attempt}.${question}`;

function store(action) {
  try {
    return action(localStorage);
  } catch {
    return null;
  }
}

// Whether a field holds something else than the server put there.
function touched(form) {
  return [...form.querySelectorAll("input:not([type=hidden]), textarea, select")].some((field) => {
    if (field.tagName === "SELECT") {
      const given = [...field.options].findIndex((option) => option.defaultSelected);
      return field.selectedIndex !== Math.max(given, 0);
    }
    if (["radio", "checkbox"].includes(field.type)) return field.checked !== field.defaultChecked;
    return field.defaultValue !== field.value;
  });
}

// One question's form: what it holds, what the server has of it, what is on its way.
class Saver {
  constructor(form) {
    this.form = form;
    this.attempt = form.closest("[data-attempt]");
    this.inputs = form.querySelector("[data-inputs]");
    this.question = form.elements.question.value;
    this.key = key(this.attempt.dataset.attempt, this.question);
    this.state = this.attempt.querySelector("[data-save-state]");
    this.timer = null;
    this.sending = null;
    this.pending = null;
    this.shownAt = performance.now();
    this.#resume();
    // Who was faster than this script has changed something already.
    if (!this.pending && touched(form)) this.changed();
  }

  get revision() {
    return Number(this.form.elements.revision.value);
  }

  set revision(number) {
    this.form.elements.revision.value = String(number);
  }

  changed() {
    this.pending = { id: uuid7(), body: this.#body() };
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), WAIT_MS);
    this.#keep();
  }

  // Sends what is not saved yet, one request after the other; resolves when nothing waits, or the line is down.
  flush() {
    clearTimeout(this.timer);
    this.sending ??= this.#sendAll().finally(() => {
      this.sending = null;
    });
    return this.sending;
  }

  async #sendAll() {
    while (this.pending) {
      const sent = this.pending;
      this.#say("saving");
      try {
        const body = { ...sent.body, revision: this.revision };
        const saved = await request("POST", this.attempt.dataset.api, { body, key: sent.id });
        this.revision = saved.revision;
        if (this.pending === sent) this.#settled(saved);
      } catch (error) {
        if (!this.#recover(error, sent)) return;
      }
    }
  }

  #settled(saved) {
    this.pending = null;
    store((storage) => storage.removeItem(this.key));
    const time = new Date(saved.saved_at).toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" });
    this.#say("saved", { time });
    this.#mark();
  }

  // Returns whether to go on sending.
  #recover(error, sent) {
    if (error instanceof LineDown) {
      this.#say(this.#keep() ? "kept" : "unstored", {}, true);
      this.timer = setTimeout(() => this.flush(), RETRY_MS);
      return false;
    }
    if (!(error instanceof Refused)) throw error;
    if (ENDED.has(error.code)) {
      window.location.assign(this.attempt.dataset.results);
      return false;
    }
    if (this.pending === sent) this.pending = null;
    if (error.code === "save_conflict") this.#adopt(error.details);
    else if (error.code !== "already_answered") this.#tell(error.message, true);
    return Boolean(this.pending);
  }

  #adopt({ answer, revision }) {
    this.revision = revision;
    store((storage) => storage.removeItem(this.key));
    this.inputs.querySelectorAll("input:checked").forEach((input) => {
      input.checked = false;
    });
    fillIn(this.inputs, answer || {});
    this.#say("conflict", {}, true);
  }

  #body() {
    const { elements } = this.form;
    return {
      question: this.question,
      answer: answerOf(this.inputs) || {},
      confidence: elements.confidence?.value || "",
      flagged: Boolean(elements.flagged?.checked),
      duration_ms: Math.round(performance.now() - this.shownAt),
    };
  }

  #keep() {
    const kept = this.pending && JSON.stringify({ ...this.pending, revision: this.revision });
    return kept && store((storage) => storage.setItem(this.key, kept) ?? true);
  }

  // What could not be sent before the page was left; older than what the server has, it yields.
  #resume() {
    const kept = store((storage) => JSON.parse(storage.getItem(this.key)));
    if (!kept || !kept.body) return;
    if (kept.revision < this.revision) {
      store((storage) => storage.removeItem(this.key));
      return;
    }
    fillIn(this.inputs, kept.body.answer);
    const { elements } = this.form;
    if (kept.body.confidence && elements.confidence) elements.confidence.value = kept.body.confidence;
    if (elements.flagged) elements.flagged.checked = kept.body.flagged;
    this.pending = { id: kept.id, body: kept.body };
    this.flush();
  }

  // The number of the question says by now that something stands there.
  #mark() {
    const link = this.attempt.querySelector(".quiz-nav [aria-current]");
    if (link?.classList.contains("is-open") && answerOf(this.inputs)) link.classList.replace("is-open", "is-saved");
    link?.classList.toggle("is-flagged", Boolean(this.form.elements.flagged?.checked));
  }

  #say(name, values = {}, alarmed = false) {
    const text = this.state?.dataset[name] || "";
    this.#tell(fill(text.replace(/%\((\w+)\)s/g, "{$1}"), values), alarmed);
  }

  #tell(text, alarmed = false) {
    if (!this.state) return;
    this.state.textContent = text;
    this.state.classList.toggle("is-down", alarmed);
  }
}

let current = null;

// The saver of the form on the page, made when it comes.
function saver() {
  const form = document.querySelector("form[data-autosave]");
  if (!form) current = null;
  else if (current?.form !== form) current = new Saver(form);
  return current;
}

function changed(event) {
  if (event.target.closest("form[data-autosave]")) saver().changed();
}

// Saves what is on its way, at once; for what is about to leave the question.
export async function saveNow() {
  await current?.flush();
}

export function forgetDrafts(attempt) {
  store((storage) => {
    Object.keys(storage)
      .filter((name) => name.startsWith(key(attempt, "")))
      .forEach((name) => storage.removeItem(name));
  });
}

// The form itself brings what it holds: nothing more is saved beside it.
function yieldTo(event) {
  if (current?.form !== event.target) return;
  clearTimeout(current.timer);
  current.pending = null;
  if (current.sending) event.detail.wait.push(current.sending);
}

// The answer is final, or saved by the form itself: nothing of it is to be sent once more.
function settle(form) {
  if (current?.form !== form) return;
  clearTimeout(current.timer);
  current.pending = null;
  store((storage) => storage.removeItem(current.key));
}

export function autosave() {
  saver();
  new MutationObserver(saver).observe(document.querySelector("main"), { childList: true, subtree: true });
  addEventListener("input", changed);
  addEventListener("change", changed);
  addEventListener("online", () => current?.flush());
  document.addEventListener("visibilitychange", () => document.hidden && current?.flush());
  document.addEventListener("form-sending", yieldTo);
  document.addEventListener("form-sent", (event) => settle(event.target));
}
