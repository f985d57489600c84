// Keeps what is chosen in a quiz and not yet checked on this device: leaving loses nothing.

import { answerOf, fillIn } from "./form-answer.js";

const prefix = (attempt) => `quizsite.draft.${attempt}.`;

function store(action) {
  try {
    return action(localStorage);
  } catch {
    return null; // a full or forbidden storage: then the draft is lost with the page, as ever
  }
}

const inputs = (form) => form.querySelector("[data-inputs]");

function say(attempt) {
  const line = attempt.querySelector("[data-draft-state]");
  if (line) line.textContent = line.dataset.kept;
}

const question = (form) => form.elements.question?.value;

function showAgain(attempt) {
  const form = attempt.querySelector("form[data-question]");
  const key = form && prefix(attempt.dataset.attempt) + question(form);
  const kept = key && store((storage) => JSON.parse(storage.getItem(key)));
  if (kept) {
    fillIn(inputs(form), kept);
    say(attempt);
  }
  const answered = attempt.querySelector("[data-answered]");
  if (answered) {
    store((storage) => storage.removeItem(prefix(attempt.dataset.attempt) + answered.dataset.answered));
  }
}

function keep(event) {
  const attempt = event.target.closest("[data-attempt]");
  const form = event.target.closest("form[data-question]");
  if (!attempt || !form) return;
  const answer = answerOf(inputs(form));
  if (!answer) return;
  const key = prefix(attempt.dataset.attempt) + question(form);
  if (store((storage) => storage.setItem(key, JSON.stringify(answer)) ?? true)) say(attempt);
}

export function forgetDrafts(attempt) {
  store((storage) => {
    Object.keys(storage)
      .filter((key) => key.startsWith(prefix(attempt)))
      .forEach((key) => storage.removeItem(key));
  });
}

export function keepDrafts() {
  const again = () => {
    const attempt = document.querySelector("[data-attempt]");
    if (attempt && !attempt.hasAttribute("data-restored")) {
      attempt.setAttribute("data-restored", "");
      showAgain(attempt);
    }
  };
  again();
  // Each question replaces the last one in place.
  new MutationObserver(again).observe(document.querySelector("main"), { childList: true, subtree: true });
  addEventListener("input", keep);
  addEventListener("change", keep); // items of a timeline move without an input event
}
