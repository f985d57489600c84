// The line beneath the card: what became of the last deed, and how the connection is.

import { fill } from "./dom.js";

export class Line {
  constructor(place, words) {
    this.place = place;
    this.words = words;
    this.waited = null; // while the line is down: whether answers had to wait
  }

  say(...parts) {
    this.place.classList.remove("is-down");
    this.place.replaceChildren(...parts);
  }

  warn(...parts) {
    this.say(...parts);
    this.place.classList.add("is-down");
  }

  // `broken`: the server answers, but not as it should.
  show({ down, broken, waiting }) {
    const { words } = this;
    if (down) {
      const kept = broken ? [words.brokenNone, words.brokenOne, words.broken] : [words.offlineNone, words.offlineOne, words.offline];
      this.waited = this.waited || waiting > 0;
      this.warn(fill(kept[Math.min(waiting, 2)], { n: waiting }));
    } else if (this.waited !== null) {
      this.say(this.waited ? words.sent : words.lineBack);
      this.waited = null;
    }
  }
}
