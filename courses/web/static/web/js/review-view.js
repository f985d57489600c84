// A card as it stands on the review page: asked, turned, checked. Built before it is needed.

import { fill, h } from "./dom.js";
import { feedbackElement } from "./feedback.js";
import { questionWidget } from "./widgets.js";

const key = (label) => h("kbd", {}, label);

export class CardView {
  // `on` has what the learner may do: turn, rate, submit, goOn.
  constructor(card, words, on) {
    this.card = card;
    this.words = words;
    this.on = on;
    this.widget = questionWidget(card.question, words);
    this.form = h("form", { class: "question", novalidate: true, onsubmit: on.submit }, this.widget.element);
    this.bar = null;
    this.#act(
      card.question.self_rated
        ? this.#button(words.show, words.spaceKey, { type: "button", onclick: on.turn })
        : this.#button(words.check, words.enterKey, {}),
    );
  }

  turn() {
    const { words, card } = this;
    this.widget.turn();
    const labels = [words.again, words.hard, words.good, words.easy];
    const buttons = labels.map((label, index) =>
      h(
        "button",
        { type: "button", class: "button rating", "aria-keyshortcuts": String(index + 1), onclick: () => this.on.rate(index + 1) },
        h("span", {}, label, " ", key(String(index + 1))),
        h("span", { class: "when" }, card.preview[index + 1] || ""),
      ),
    );
    this.#act(h("div", { class: "ratings ratings-wide", role: "group", "aria-label": words.rate }, ...buttons));
  }

  checking() {
    const button = this.bar.querySelector("button");
    button.disabled = true;
    button.textContent = this.words.checking;
  }

  // Back to asking, with what was wrong about the answer.
  askAgain(text) {
    const button = this.bar.querySelector("button");
    button.disabled = false;
    button.replaceChildren(this.words.check, " ", key(this.words.enterKey));
    this.complain(text);
  }

  complain(text) {
    this.form.querySelector(".field-error")?.remove();
    this.bar.before(h("p", { class: "field-error", id: "card-error", role: "alert" }, text));
    const { input } = this.widget;
    input?.setAttribute("aria-invalid", "true");
    input?.setAttribute("aria-describedby", "card-error");
    input?.focus();
  }

  // Kept but not checked yet: `text` says so, and the learner may go on.
  settleUnchecked(text) {
    for (const control of this.form.querySelectorAll("input, select, textarea, .moves button")) control.disabled = true;
    this.notice = h("p", { class: "notice unchecked" }, text);
    this.bar.before(this.notice);
    this.#goOn();
    this.bar.querySelector("button").focus({ preventScroll: true });
    this.notice.scrollIntoView({ block: "nearest" });
  }

  settle(feedback, comesBack) {
    this.notice?.remove();
    this.form.querySelector(".field-error")?.remove();
    this.form.classList.add("is-answered");
    this.widget.settle(feedback);
    const shown = feedbackElement(feedback, this.words);
    shown.querySelector(".feedback-text").append(h("p", { class: "when-next" }, comesBack));
    this.bar.before(shown);
    this.#goOn();
    shown.focus({ preventScroll: true });
    // The verdict and not the whole feedback: the question and one's own choice stay in sight.
    shown.querySelector(".verdict").scrollIntoView({ block: "nearest" });
  }

  #goOn() {
    this.#act(this.#button(this.words.next, this.words.spaceKey, { type: "button", onclick: this.on.goOn }));
  }

  #button(label, keyLabel, attributes) {
    return h("button", { class: "button button-main", ...attributes }, label, " ", key(keyLabel));
  }

  #act(...children) {
    const bar = h("div", { class: "question-actions thumb" }, ...children);
    if (this.bar) this.bar.replaceWith(bar);
    else this.form.append(bar);
    this.bar = bar;
  }
}

// A sentence with its number set apart, wherever the language puts it.
function withNumber(template, n) {
  const [before, after] = template.split("{n}");
  return h("span", {}, before, h("b", {}, String(n)), after);
}

export function countElements(words, { remaining, done }) {
  const left = withNumber(words.left, remaining);
  return done ? [left, " · ", h("span", {}, fill(words.done, { n: done }))] : [left];
}

// The end of a session: what was done, when the next cards come, one thing to do next.
export function endElement({ title, lines, figures, onward }) {
  const told = h("div", { class: "end-told stack", role: "status" }, ...toldElements(lines, figures));
  const end = h("div", { class: "end stack" }, h("h2", { class: "end-title", tabindex: "-1" }, title), told);
  if (onward) end.append(onward.content.cloneNode(true));
  return end;
}

// The verdict of the last answer may come after its end was shown, when the reader is at a link
// beneath already: the words change, and the link and the focus stay.
export function retellEnd(end, { title, lines, figures }) {
  end.querySelector(".end-title").textContent = title;
  end.querySelector(".end-told").replaceChildren(...toldElements(lines, figures));
}

function toldElements(lines, figures) {
  const told = lines.filter(Boolean).map((line) => h("p", { class: "end-line" }, line));
  if (!figures.length) return told;
  const each = figures.map(([label, value]) => h("div", {}, h("dt", {}, label), h("dd", {}, String(value))));
  return [h("dl", { class: "summary-figures" }, ...each), ...told];
}
