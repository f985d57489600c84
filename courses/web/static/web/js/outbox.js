// Answers on their way: kept in localStorage until the server has them, sent in their order.
//
// Each has a key of its own there. Tabs share the storage, and between reading one list and
// writing it back another tab could have added to it; a key is set or removed at once.

import { LineDown, Refused, request } from "./http.js";

const RETRY_MS = 5000;

export class Outbox {
  constructor({ learner, api, ...events }) {
    this.place = `quizsite.outbox.${learner}.`;
    this.api = api;
    this.events = events; // onSent, onState, onRefused, onSignedOut, onElsewhere
    this.sending = null;
    this.leaving = null; // the answer that the server is being told now
    this.timer = null;
    this.down = false;
    this.broken = false; // down, because the server answers with an error
    this.memory = new Map(); // what could not be stored: at least this page remembers
    this.later = new Set(); // ids of answers on which the server breaks, to be sent last
    addEventListener("online", () => this.flush());
    addEventListener("offline", () => this.#line(true));
    addEventListener("storage", (event) => event.key?.startsWith(this.place) && this.#elsewhere(event.newValue));
  }

  // In the order of their ids, which is that of time.
  get waiting() {
    const reviews = new Map([...this.#stored(), ...this.memory]);
    const ids = [...reviews.keys()].sort();
    const last = ids.filter((id) => this.later.has(id));
    return [...ids.filter((id) => !this.later.has(id)), ...last].map((id) => reviews.get(id));
  }

  add(review) {
    try {
      localStorage.setItem(this.place + review.id, JSON.stringify(review));
    } catch {
      this.memory.set(review.id, review); // a full or forbidden storage
    }
    return this.flush();
  }

  // Takes back an answer if it has not left yet; returns whether it had not.
  takeBack(id) {
    if (this.leaving === id || !this.waiting.some((review) => review.id === id)) return false;
    this.#drop(id);
    this.#say();
    return true;
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
      this.leaving = review.id;
      try {
        const result = await this.#send(review);
        this.#drop(review.id);
        this.#line(false);
        this.events.onSent(review, result);
      } catch (error) {
        if (error instanceof LineDown) {
          // An answer on which the server breaks must not hold up those behind it.
          if (error.status === 500) this.later.add(review.id);
          this.#line(true, error.status > 0);
          this.timer = setTimeout(() => this.flush(), RETRY_MS);
          return;
        }
        if (!(error instanceof Refused)) throw error;
        // Signed out, or the page's token is old: the answer is good, only the page is not.
        if (error.status === 401 || (error.status === 403 && error.code !== "not_studying")) {
          this.events.onSignedOut();
          return;
        }
        this.#drop(review.id);
        this.events.onRefused(review, error);
      } finally {
        this.leaving = null;
      }
    }
    this.#line(false);
  }

  #send(review) {
    const { id, ...body } = review;
    return request("POST", `${this.api}answer`, { body, key: id });
  }

  *#stored() {
    let keys = [];
    try {
      keys = Object.keys(localStorage).filter((key) => key.startsWith(this.place));
    } catch {
      return; // no storage
    }
    for (const key of keys) {
      try {
        const review = JSON.parse(localStorage.getItem(key));
        if (review) yield [review.id, review]; // else another tab has just sent it
      } catch {
        // not ours to read
      }
    }
  }

  #drop(id) {
    this.memory.delete(id);
    this.later.delete(id);
    try {
      localStorage.removeItem(this.place + id);
    } catch {
      // it was in the page's memory only
    }
  }

  // Another tab has put an answer into the storage, or has sent one.
  #elsewhere(added) {
    if (this.down) this.#say();
    if (added) this.events.onElsewhere?.(JSON.parse(added));
  }

  #line(down, broken = false) {
    const changed = down !== this.down;
    this.down = down;
    this.broken = broken;
    if (changed || down) this.#say();
  }

  #say() {
    this.events.onState({ down: this.down, broken: this.broken, waiting: this.waiting.length });
  }
}
