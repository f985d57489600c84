// Where the cards of the review page stand: shows one, builds the one behind it, keeps the counts.

import { h } from "./dom.js";
import { CardView, countElements, endElement, retellEnd } from "./review-view.js";

const toTop = () => window.scrollTo({ top: 0, behavior: "instant" });

export class Stage {
  // `on` has what the learner may do with a card: turn, rate, submit, goOn.
  constructor(place, words, on) {
    const find = (name) => place.querySelector(`[data-${name}]`);
    [this.card, this.count, this.live] = ["card", "count", "live"].map(find);
    [this.more, this.meter] = ["more", "meter"].map(find);
    this.undo = find("undo").querySelector("button");
    this.words = words;
    this.on = on;
    this.views = new WeakMap(); // cards that are built already
  }

  announce(text) {
    this.live.textContent = text;
  }

  showCounts({ remaining, done, shelved }) {
    const left = Math.max(remaining, 0);
    this.count.replaceChildren(...countElements(this.words, { remaining: left, done }));
    this.meter.setAttribute("width", `${done ? (100 * done) / (done + left) : 0}%`);
    this.undo.hidden = !done && !shelved;
  }

  // While the learner reads, the next card is made: what is left to do on the key is to show it.
  buildSoon(card) {
    const build = () => card && this.#viewOf(card);
    if (window.requestIdleCallback) requestIdleCallback(build, { timeout: 500 });
    else setTimeout(build, 50);
  }

  // Puts the card on the page, with what was typed before, and returns its view.
  show(card, kept) {
    const scrolled = window.scrollY > 0;
    this.#offerMore(true);
    const view = this.#viewOf(card);
    this.views.delete(card); // when it comes again, it comes unanswered
    this.card.replaceChildren(view.form);
    if (kept) view.widget.restore?.(kept);
    if (scrolled) toTop();
    const { input } = view.widget;
    if (input && matchMedia("(hover: hover)").matches) input.focus({ preventScroll: true });
    else this.card.focus({ preventScroll: true });
    return view;
  }

  showFetching() {
    this.#offerMore(false);
    this.card.replaceChildren(h("p", { class: "quiet", role: "status" }, this.words.fetching));
  }

  showEnd(parts) {
    this.#offerMore(false);
    const stands = this.card.querySelector(".end");
    if (stands) {
      retellEnd(stands, parts);
      return;
    }
    const end = endElement(parts);
    this.card.replaceChildren(end);
    toTop();
    end.firstChild.focus({ preventScroll: true });
  }

  #offerMore(offered) {
    this.more.hidden = !offered;
    this.more.open = false;
  }

  #viewOf(card) {
    if (!this.views.has(card)) {
      this.views.set(card, new CardView(card, this.words, this.on));
    }
    return this.views.get(card);
  }
}
