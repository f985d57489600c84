// The cards that this page holds, the first of them in hand, and what the server says of the day.

import { LineDown, Refused, request } from "./http.js";

const HELD = 3;

const idOf = (card) => card.question.id;

export class CardQueue {
  constructor(api, { remaining, done_today: done }) {
    this.api = api;
    this.cards = [];
    this.unsettled = new Set(); // ids of questions answered on this page and not served again since
    this.remaining = remaining;
    this.done = done;
    this.nextAt = null;
    this.shelved = null; // { card, action }: put off since the last answer, so the first to come back
    this.refilling = false;
  }

  // What one who answers `card` tells the server: what is held behind it, and how many to send.
  wish(card) {
    const held = this.cards.filter((one) => one !== card).map(idOf);
    // As many as are missing: whoever took more with every answer would hold the whole day.
    return { held, limit: Math.max(HELD - held.length, 1) };
  }

  answer(id) {
    this.shelved = null;
    this.unsettled.add(id);
    this.countDone();
  }

  countDone() {
    this.remaining -= 1;
    this.done += 1;
  }

  // Adds what the server would ask next. `settled` is the card in hand if it is answered: it may
  // come again, and as a new one. `waiting` is how many answers the server does not know of.
  take({ cards, next, remaining, next_at: nextAt }, { settled = null, waiting = 0 } = {}) {
    if (remaining === undefined) return;
    this.remaining = Math.max(remaining - waiting, 0);
    this.nextAt = nextAt || null;
    const kept = this.cards.filter((card) => card !== settled);
    const held = new Set([...kept.map(idOf), ...this.unsettled]);
    for (const card of cards || next || []) if (!held.has(idOf(card))) this.cards.push(card);
  }

  drop(card) {
    this.cards = this.cards.filter((held) => held !== card);
  }

  // The page was opened while answers of before were still on their way.
  dropUnsettled() {
    this.cards = this.cards.filter((card) => !this.unsettled.has(idOf(card)));
  }

  // Puts the cards of answers that were taken back before all others.
  putBack(cards, done) {
    const ids = new Set(cards.map(idOf));
    this.cards = [...cards, ...this.cards.filter((card) => !ids.has(idOf(card)))];
    this.done = done;
  }

  fetch(exclude = []) {
    const excluded = exclude.length ? `&exclude=${exclude.join(",")}` : "";
    return request("GET", `${this.api}next?limit=${HELD}${excluded}`);
  }

  // Asks for more when there is but one card left; `take` gets what the server says.
  async refill(take) {
    if (this.cards.length > 1 || this.remaining <= this.cards.length || this.refilling) return;
    this.refilling = true;
    try {
      take(await this.fetch([...this.cards.map(idOf), ...this.unsettled]));
    } catch (error) {
      if (!(error instanceof LineDown) && !(error instanceof Refused)) throw error;
    } finally {
      this.refilling = false;
    }
  }
}
