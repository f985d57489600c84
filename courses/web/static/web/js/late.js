// Answers that had to wait, told once they are sent: how many, and each with its feedback.

import { fill, h } from "./dom.js";
import { feedbackElement } from "./feedback.js";

const rated = ({ result }) => "rating" in result.feedback.answer;

export class Late {
  constructor(place, words) {
    this.place = place;
    this.words = words;
    this.answers = new Map(); // by their ids: the stem where this page asked it, and the result
  }

  // `waiting` is what the outbox holds; `current` the card in hand.
  note(waiting, current) {
    for (const { id, question } of waiting) {
      const stem = current?.question.id === question ? current.question.stem_html : null;
      if (!this.answers.has(id)) this.answers.set(id, { stem, result: null });
    }
  }

  forget(id) {
    this.answers.delete(id);
  }

  tell(id, result) {
    if (!this.answers.has(id)) return;
    this.answers.get(id).result = result;
    this.#show();
  }

  #show() {
    const { words } = this;
    const told = [...this.answers.values()].filter(({ result }) => result);
    const count = (verdict) => told.filter((one) => !rated(one) && one.result.verdict === verdict).length;
    const sums = [
      [words.sentRight, count("right")],
      [words.sentNearly, count("nearly")],
      [words.sentWrong, count("wrong")],
      [words.sentRated, told.filter(rated).length],
    ].filter(([, n]) => n);
    const sent = told.length === 1 ? words.sentOne : fill(words.sentMany, { n: told.length });
    const line = `${sent}: ${sums.map(([text, n]) => fill(text, { n })).join(", ")}`;
    const each = told.filter((one) => !rated(one)).map((one) => this.#answer(one));
    this.place.replaceChildren(h("p", {}, line), ...each);
    this.place.hidden = false;
  }

  #answer({ stem, result }) {
    const { words } = this;
    return h(
      "details",
      { class: "behind" },
      h("summary", {}, `${words[result.verdict]}: `, stem ? h("span", { html: stem }) : words.anAnswer),
      feedbackElement(result.feedback, words),
    );
  }
}
