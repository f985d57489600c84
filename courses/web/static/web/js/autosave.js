// Saves what stands at a question of a quiz as it changes, and says so. While the line is down it
// is kept in this browser and sent again; what another tab or device saved meanwhile is shown.

import { fill } from "./dom.js";
import { answerOf, clear, fillIn } from "./form-answer.js";
import { LineDown, Refused, request } from "./http.js";
import { renew } from "./live-form.js";
import { Moments } from "./moments.js";
import { uuid7 } from "./uuid7.js";

const WAIT_MS = 700; // after the last change; the save is there well within two seconds
const RETRY_MS = 3000;
const ENDED = new Set(["time_is_up", "attempt_already_submitted"]);

const key = (attempt, question) => `quizsite.draft.${attempt}.${question}`;

function store(action, place = "localStorage") {
  try {
    return action(window[place]);
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
    this.putBack = this.attempt.querySelector("[data-put-back]");
    this.problem = this.attempt.querySelector("[data-problem]");
    this.timer = null;
    this.sending = null;
    this.pending = null; // changed, and not sent
    this.unsure = null; // sent, and not answered: it may have arrived
    this.mine = null; // what stood here when another page's answer took its place
    this.seen = ""; // what the form held when it was looked at last
    this.shownAt = performance.now();
    this.noted = this.revision ? this.#standing() : "";
    // Who was faster than this script has changed something already.
    const known = this.#resume() || (!touched(form) && this.#catchUp());
    if (!known && touched(form)) this.changed();
    else this.#isNews();
  }

  get revision() {
    return Number(this.form.elements.revision.value);
  }

  set revision(number) {
    this.form.elements.revision.value = String(number);
  }

  changed() {
    // A field says once more that it changed when it is left.
    if (!this.#isNews()) return;
    this.pending = { id: uuid7(), body: this.#body() };
    this.#offer(null);
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

  // Nothing more is to be sent of this form.
  settle() {
    clearTimeout(this.timer);
    this.pending = null;
    this.unsure = null;
    this.#keep();
  }

  // What may have arrived goes once more as it was, under the same id, before what came after it.
  async #sendAll() {
    while (this.unsure || this.pending) {
      this.unsure ??= this.#next();
      const { id, body, revision } = this.unsure;
      this.#say("saving");
      try {
        const saved = await request("POST", this.attempt.dataset.api, { body: { ...body, revision }, key: id });
        this.unsure = null;
        this.revision = saved.revision;
        this.#keep();
        this.#note(body, saved);
        if (!this.pending) this.#saved(saved.saved_at, saved.problem);
      } catch (error) {
        if (!this.#recover(error)) return;
      }
    }
  }

  #next() {
    const next = { ...this.pending, revision: this.revision };
    this.pending = null;
    return next;
  }

  #saved(moment, problem = "") {
    const { timeZone } = this.attempt.dataset;
    this.#say("saved", { time: new Moments(timeZone, {}).timeText(new Date(moment)) });
    this.#mark();
    this.problem.textContent = problem;
    this.problem.hidden = !problem;
  }

  // Returns whether to go on sending.
  #recover(error) {
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
    this.unsure = null;
    if (error.code === "save_conflict") this.#adopt(error.details);
    else if (error.code !== "already_answered") this.#tell(error.message, true);
    return Boolean(this.pending);
  }

  // Shows what another page saved. What stood here stays in this browser, and can be put back.
  #adopt({ answer, revision }) {
    const mine = this.#body().answer;
    this.pending = null;
    this.revision = revision;
    clear(this.inputs);
    fillIn(this.inputs, answer || {});
    if (JSON.stringify(this.#body().answer) === JSON.stringify(mine)) {
      this.settle();
      this.#saved(Date.now());
      return;
    }
    this.#isNews();
    this.#say("conflict", {}, true);
    this.#offer(mine);
  }

  #isNews() {
    const { duration_ms: _spent, ...held } = this.#body();
    const before = this.seen;
    this.seen = JSON.stringify(held);
    return this.seen !== before;
  }

  #offer(mine) {
    this.mine = mine;
    if (this.putBack) this.putBack.hidden = mine === null;
  }

  putMineBack() {
    clear(this.inputs);
    fillIn(this.inputs, this.mine || {});
    this.changed();
    this.flush();
    this.form.querySelector("[data-inputs] :is(input, select, textarea):not([type=hidden])")?.focus();
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

  // Keeps in this browser what waits; returns whether it could.
  #keep() {
    const waiting = [this.unsure, this.pending && { ...this.pending, revision: this.revision }].filter(Boolean);
    if (!waiting.length) return store((storage) => storage.removeItem(this.key) ?? true);
    return store((storage) => storage.setItem(this.key, JSON.stringify(waiting)) ?? true);
  }

  // What was not answered before the page was left is shown, and sent again as it was then:
  // whether it had arrived, or another page was faster, the server says.
  #resume() {
    const kept = store((storage) => JSON.parse(storage.getItem(this.key)));
    if (!Array.isArray(kept) || !kept.length) return false;
    this.#show(kept.at(-1).body);
    [this.unsure, this.pending = null] = kept;
    this.flush();
    return true;
  }

  // What this tab saved last, which a page that was asked for before may not have yet.
  #note(body, { revision, saved_at }) {
    store((storage) => storage.setItem(this.key, JSON.stringify({ body, revision, saved_at })), "sessionStorage");
  }

  // Shows what this tab saved while the page was on its way; returns whether there was such.
  #catchUp() {
    const saved = store((storage) => JSON.parse(storage.getItem(this.key)), "sessionStorage");
    if (!saved || saved.revision <= this.revision) return false;
    this.#show(saved.body);
    this.revision = saved.revision;
    this.#saved(saved.saved_at);
    return true;
  }

  #show({ answer, confidence, flagged }) {
    const { elements } = this.form;
    clear(this.inputs);
    fillIn(this.inputs, answer);
    if (confidence && elements.confidence) elements.confidence.value = confidence;
    if (elements.flagged) elements.flagged.checked = flagged;
  }

  // Whether anything stands here, and whether it is flagged: what the row of numbers shows.
  #standing() {
    return `${Boolean(answerOf(this.inputs))} ${Boolean(this.form.elements.flagged?.checked)}`;
  }

  // The numbers and counts of the questions say by now what stands here.
  #mark() {
    const standing = this.#standing();
    if (standing === this.noted) return;
    this.noted = standing;
    const link = this.attempt.querySelector("#quiz-nav [aria-current]");
    renew("quiz-nav", link ? link.href : window.location.pathname);
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
  for (const place of ["localStorage", "sessionStorage"]) {
    store((storage) => {
      Object.keys(storage)
        .filter((name) => name.startsWith(key(attempt, "")))
        .forEach((name) => storage.removeItem(name));
    }, place);
  }
}

// The form itself brings what it holds, but for what may have arrived before it. Another form of
// the page takes the place of this one, which is saved first.
function yieldTo(event) {
  if (!current) return;
  clearTimeout(current.timer);
  if (current.form !== event.target || current.unsure) event.detail.wait.push(current.flush());
}

// The answer is final, or saved by the form itself: nothing of it is to be sent once more.
function settle(event) {
  if (current?.form === event.target) current.settle();
}

export function autosave() {
  saver();
  new MutationObserver(saver).observe(document.querySelector("main"), { childList: true, subtree: true });
  addEventListener("input", changed);
  addEventListener("change", changed);
  addEventListener("online", () => current?.flush());
  document.addEventListener("visibilitychange", () => document.hidden && current?.flush());
  document.addEventListener("form-sending", yieldTo);
  document.addEventListener("form-sent", settle);
  document.addEventListener("form-failed", () => current?.flush());
  addEventListener("click", (event) => event.target.closest("[data-put-back]") && current?.putMineBack());
}
