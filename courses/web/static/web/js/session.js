// What was done on this page since it was opened, and when the cards of today come back.

import { fill } from "./dom.js";

export class Session {
  // `ahead` has the days to come with the cards due on each; `moments` knows the zone.
  constructor(ahead, moments, words) {
    this.ahead = ahead;
    this.moments = moments;
    this.words = words;
    this.given = []; // { card, review, right, day }, the latest last
  }

  add(card, review) {
    this.given.push({ card, review, right: review.answer.rating > 1, day: null });
  }

  received(review, result) {
    const one = this.#of(review.id);
    if (!one) return;
    if (!("rating" in review.answer)) one.right = result.verdict === "right";
    if (result.interval_days && result.due_at) one.day = this.moments.day(new Date(result.due_at));
  }

  forget(id) {
    this.given = this.given.filter(({ review }) => review.id !== id);
  }

  get last() {
    return this.given.at(-1) || null;
  }

  figures() {
    const { words, given } = this;
    if (!given.length) return [];
    const right = given.filter((one) => one.right).length;
    const ms = given.reduce((sum, { review }) => sum + Math.min(review.duration_ms, 120000), 0);
    const minutes = Math.max(1, Math.round(ms / 60000));
    return [
      [words.statAnswered, given.length],
      [words.statRight, right],
      [minutes === 1 ? words.statMinute : words.statMinutes, minutes],
    ];
  }

  // The next day on which cards come, those answered just now among them.
  coming() {
    const days = new Map(this.ahead.map(({ day, cards }) => [day, cards]));
    for (const { day } of this.given) if (day) days.set(day, (days.get(day) || 0) + 1);
    const today = this.moments.day(new Date());
    const [next] = [...days.keys()].filter((day) => day > today && days.get(day)).sort();
    if (!next) return "";
    const n = days.get(next);
    const when = this.moments.inDays(next);
    return n === 1 ? fill(this.words.comingOne, { when }) : fill(this.words.comingMany, { n, when });
  }

  #of(id) {
    return this.given.find(({ review }) => review.id === id);
  }
}
