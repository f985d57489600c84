// A question as it stands on the review page. Its inputs come from the server, as on every page.

import { enhanceControls } from "./controls.js";
import { h } from "./dom.js";
import { behindElements } from "./feedback.js";
import { answerOf, fillIn } from "./form-answer.js";

const TYPED = "input:not([type=radio], [type=checkbox]), textarea";

function marked(question, words) {
  const element = h("div", { html: question.form_html });
  enhanceControls(element);
  const input = element.querySelector(TYPED);
  return {
    element,
    input,
    read: () => answerOf(element),
    restore: (answer) => fillIn(element, answer),
    choose: (number) => choose(element, number),
    settle: (feedback) => settle(element, feedback, words),
  };
}

function choose(element, number) {
  const input = element.querySelectorAll("[data-options] input")[number - 1];
  if (!input || input.disabled) return false;
  input.checked = input.type === "radio" || !input.checked;
  input.focus();
  return true;
}

// The form stays, readable and no longer to be changed, and says part by part what was right.
function settle(element, feedback, words) {
  for (const control of element.querySelectorAll("input,select,textarea")) {
    if (control.matches(TYPED)) {
      control.disabled = false; // it was, while its verdict was waited for
      control.readOnly = true;
    } else control.disabled = true;
  }
  element.querySelectorAll("kbd, .question-hint, [data-ordering]").forEach((gone) => gone.remove());
  const keys = new Set(feedback.solution.keys || []);
  for (const place of element.querySelectorAll("[data-part]")) settlePart(place, keys, feedback, words);
}

function settlePart(place, keys, feedback, words) {
  const name = place.dataset.part;
  const part = feedback.parts.find((one) => one.part === name);
  const option = place.matches("label.option");
  const chosen = option ? place.querySelector("input").checked : Boolean(part);
  const right = keys.size ? keys.has(name) : part?.credit === 1;
  place.classList.toggle("is-key", right);
  place.classList.toggle("is-missed", !right && chosen);
  if (!option) return;
  if (part?.note_html && feedback.lines.length) {
    place.querySelector("span").append(h("span", { class: "option-remark", html: part.note_html }));
  }
  const note = right && chosen ? words.yourAnswerRight : right ? words.rightAnswer : chosen ? words.yourAnswer : "";
  if (note) place.append(h("span", { class: "option-note" }, note));
}

function flashcard(question, words) {
  const back = h("div", { class: "card-back", lang: question.language, html: question.body.back_html, hidden: true, tabindex: "-1" });
  const behind = h("div", { class: "feedback-text stack", hidden: true }, ...behindElements(question, words));
  const stem = h("div", { class: "question-stem", lang: question.language, html: question.stem_html });
  return {
    element: h("div", {}, stem, back, behind),
    turn: () => {
      back.hidden = false;
      behind.hidden = !behind.childElementCount;
      back.focus({ preventScroll: true });
    },
    read: () => null,
    settle: () => {},
  };
}

export function questionWidget(question, words) {
  return question.self_rated ? flashcard(question, words) : marked(question, words);
}
