// A question as elements, from the JSON that the API gives; one builder per type.

import { h } from "./dom.js";
import { makeMovable, renumber } from "./ordering.js";

const stem = (question, tag = "div") => h(tag, { class: "question-stem", id: "card-stem", lang: question.language, html: question.stem_html });

function singleChoice(question, words) {
  const options = question.body.options.map((option, index) =>
    h(
      "li",
      {},
      h(
        "label",
        { class: "option" },
        h("input", { type: "radio", name: "option", value: option.id }),
        h("span", { lang: question.language, html: option.text_html }),
        index < 9 ? h("kbd", { "aria-hidden": "true" }, String(index + 1)) : null,
      ),
    ),
  );
  const list = h("ul", { class: "options question-body" }, ...options);
  const element = h("fieldset", {}, stem(question, "legend"), list);
  return {
    element,
    read: () => {
      const chosen = element.querySelector("input:checked");
      return chosen && { option: chosen.value };
    },
    restore: ({ option }) => {
      for (const input of element.querySelectorAll("input")) input.checked = input.value === option;
    },
    choose: (number) => {
      const input = element.querySelectorAll("input")[number - 1];
      if (!input || input.disabled) return false;
      input.checked = true;
      input.focus();
      return true;
    },
    settle: (feedback) => {
      for (const label of element.querySelectorAll("label")) {
        const input = label.querySelector("input");
        const right = input.value === feedback.solution.option;
        input.disabled = true;
        label.querySelector("kbd")?.remove();
        label.classList.toggle("is-key", right);
        label.classList.toggle("is-missed", input.checked && !right);
        const note = right && input.checked ? words.yourAnswerRight : right ? words.rightAnswer : input.checked ? words.yourAnswer : "";
        if (note) label.append(h("span", { class: "option-note" }, note));
      }
    },
  };
}

function typed(question, words, name, attributes, hint) {
  const unit = question.body.unit;
  const labelled = unit ? "card-stem card-unit" : "card-stem";
  const input = h("input", { name, autocomplete: "off", enterkeyhint: "done", "aria-labelledby": labelled, ...attributes });
  const line = h("div", { class: "question-body answer-line" }, input, unit ? h("span", { id: "card-unit", lang: question.language }, unit) : null);
  const help = h("p", { class: "question-hint" }, hint);
  return {
    element: h("div", {}, stem(question), line, help),
    input,
    read: () => (input.value.trim() ? { [name]: input.value } : null),
    restore: (answer) => {
      input.value = answer[name] ?? "";
    },
    settle: () => {
      input.disabled = false; // it was, while its verdict was waited for
      input.readOnly = true;
      help.remove();
    },
  };
}

const numeric = (question, words) =>
  typed(question, words, "value", { class: "input input-short", inputmode: "decimal", maxlength: 60 }, words.numberHint);

const shortText = (question, words) =>
  typed(
    question,
    words,
    "text",
    { class: "input", maxlength: question.body.max_length || 200, autocapitalize: "none", spellcheck: "false" },
    words.textHint,
  );

function ordering(question, words, announce) {
  const list = h(
    "ol",
    { class: "ordering question-body" },
    ...question.body.items.map((item) =>
      h("li", { "data-item": item.id }, h("span", { class: "item-text", lang: question.language, html: item.text_html })),
    ),
  );
  const hint = h("p", { class: "question-hint" }, matchMedia("(hover: hover)").matches ? words.orderHint : words.orderHintTouch);
  makeMovable(list, words, announce);
  return {
    element: h("fieldset", {}, stem(question, "legend"), hint, list),
    read: () => ({ order: [...list.children].map((item) => item.dataset.item) }),
    restore: ({ order }) => {
      const items = new Map([...list.children].map((item) => [item.dataset.item, item]));
      list.append(...order.map((id) => items.get(id)).filter(Boolean));
      renumber(list);
    },
    settle: () => {
      hint.remove();
      list.remove();
    },
  };
}

function flashcard(question) {
  const back = h("div", { class: "card-back", lang: question.language, html: question.body.back_html, hidden: true, tabindex: "-1" });
  return {
    element: h("div", {}, stem(question), back),
    turn: () => {
      back.hidden = false;
      back.focus({ preventScroll: true });
    },
    read: () => null,
    settle: () => {},
  };
}

const BUILDERS = { single_choice: singleChoice, numeric, short_text: shortText, ordering, flashcard };

export function questionWidget(question, words, announce) {
  return BUILDERS[question.type](question, words, announce);
}
