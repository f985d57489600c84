// Days and times as the server's pages write them, and where the learner studies.

import { fill } from "./dom.js";

const { lang } = document.documentElement;
const locale = lang === "en" ? "en-GB" : lang;
const DAY_MS = 24 * 60 * 60 * 1000;

// The calendar day of a moment in a zone, as 2026-11-22: days compare and sort as text.
function dayOf(moment, timeZone) {
  const parts = new Intl.DateTimeFormat("en-US", { year: "numeric", month: "2-digit", day: "2-digit", timeZone }).formatToParts(moment);
  const part = (name) => parts.find(({ type }) => type === name).value;
  return `${part("year")}-${part("month")}-${part("day")}`;
}

export class Moments {
  constructor(timeZone, words) {
    this.timeZone = timeZone;
    this.words = words;
    this.relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  }

  day(moment) {
    return dayOf(moment, this.timeZone);
  }

  dayText(moment) {
    return moment.toLocaleDateString(locale, { day: "numeric", month: "long", year: "numeric", timeZone: this.timeZone });
  }

  timeText(moment) {
    return moment.toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: this.timeZone });
  }

  // "tomorrow", "in 3 days": of a day as `day` gives it.
  inDays(day) {
    const days = Math.round((Date.parse(day) - Date.parse(this.day(new Date()))) / DAY_MS);
    return this.relative.format(days, "day");
  }

  // A card in its steps may come back after midnight: that is tomorrow.
  comesBack({ due_at: due, interval_days: days }) {
    if (!due) return "";
    const moment = new Date(due);
    const day = this.day(moment);
    if (days) return fill(this.words.comesBackOn, { when: this.inDays(day), day: this.dayText(moment) });
    const text = day === this.day(new Date()) ? this.words.comesBackToday : this.words.comesBackTomorrow;
    return fill(text, { time: this.timeText(moment) });
  }
}
