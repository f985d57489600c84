// Answers on their way: kept in localStorage until the server has them, sent in their order.

import { LineDown, Refused, request } from "./http.js";

const RETRY_MS = 5000;

export class Outbox {
  constructor({ learner, api, ...events }) {
    this.place = `quizsite.outbox.${learner}`;
    this.api = api;
    this.events = events; // onSent, onState, onRefused, onSignedOut
    this.sending = null;
    this.timer = null;
    this.down = false;
    this.memory = [];
    addEventListener("online", () => this.flush());
    addEventListener("storage", (event) => event.key === this.place && this.#say());
  }

  get waiting() {
    try {
      return JSON.parse(localStorage.getItem(this.place) || "[]");
    } catch {
      return this.memory; // no storage, or not ours to read: at least this page remembers
    }
  }

  set waiting(reviews) {
    this.memory = reviews;
    try {
      localStorage.setItem(this.place, JSON.stringify(reviews));
    } catch {
      // a full or forbidden storage; the page itself still holds them
    }
  }

  add(review) {
    this.waiting = [...this.waiting, review];
    return this.flush();
  }

  // Takes back the last answer if it has not left yet; returns it, or null.
  takeBack() {
    const reviews = this.waiting;
    const sent = this.sending ? 1 : 0;
    if (reviews.length <= sent) return null;
    const last = reviews.pop();
    this.waiting = reviews;
    this.#say();
    return last;
  }

  flush() {
    this.sending ??= this.#sendAll().finally(() => {
      this.sending = null;
    });
    return this.sending;
  }

  async #sendAll() {
    clearTimeout(this.timer);
    for (let [review] = this.waiting; review; [review] = this.waiting) {
      try {
        const result = await this.#send(review);
        this.#drop(review);
        this.#line(false);
        this.events.onSent(review, result);
      } catch (error) {
        if (error instanceof LineDown) {
          // An answer on which the server breaks must not hold up those behind it.
          if (error.status === 500) this.waiting = [...this.waiting.filter((other) => other.id !== review.id), review];
          this.#line(true);
          this.timer = setTimeout(() => this.flush(), RETRY_MS);
          return;
        }
        if (!(error instanceof Refused)) throw error;
        // Signed out, or the page's token is old: the answer is good, only the page is not.
        if (error.status === 401 || (error.status === 403 && error.code !== "not_studying")) {
          this.events.onSignedOut();
          return;
        }
        this.#drop(review);
        this.events.onRefused(review, error);
      }
    }
    this.#line(false);
  }

  #send(review) {
    const { id, ...body } = review;
    return request("POST", `${this.api}answer`, { body, key: id });
  }

  #drop(review) {
    this.waiting = this.waiting.filter((other) => other.id !== review.id);
  }

  #line(down) {
    const changed = down !== this.down;
    this.down = down;
    if (changed || down) this.#say();
  }

  #say() {
    this.events.onState({ down: this.down, waiting: this.waiting.length });
  }
}
