// The review page: one card, one thumb, one keyboard. The next card is here before it is asked
// for, and an answer is kept on this device until the server has it.

import { fill, h } from "./dom.js";
import { feedbackElement } from "./feedback.js";
import { LineDown, Refused, request } from "./http.js";
import { bindKeys } from "./keys.js";
import { Outbox } from "./outbox.js";
import { uuid7 } from "./uuid7.js";
import { questionWidget } from "./widgets.js";

const HELD = 3;
const place = document.querySelector("[data-review]");
const json = (id) => JSON.parse(document.getElementById(id).textContent);
const words = json("review-words");
const start = json("review-start");
const find = (name) => place.querySelector(`[data-${name}]`);
const [cardPlace, countPlace, linePlace, livePlace] = ["card", "count", "line", "live"].map(find);
const more = find("more");
const latePlace = find("late");
const undoForm = find("undo");
const undoButton = undoForm.querySelector("button");
const { api, timeZone } = place.dataset;

// phase: asking, turned (a self-rated card shows its back), checking, answered, shelving, done
const state = { phase: "asking", cards: [], current: null, widget: null, shownAt: 0 };
const day = { remaining: start.remaining, done: start.done_today, nextAt: null };
const session = { answered: 0, right: 0, ms: 0, last: null };
const answers = new Set(); // ids of questions answered on this page and not served again since

const outbox = new Outbox({
  learner: place.dataset.learner,
  api,
  onSent: received,
  onState: (line) => {
    if (line.down) noteLate();
    showLine(line);
    if (line.down) goOnUnchecked();
  },
  onRefused: refused,
  onSignedOut: signedOut,
});

// Answers that had to wait, by their ids: the stem where this page asked it, and what came of it.
const late = new Map();

function noteLate() {
  for (const { id, question } of outbox.waiting) {
    const stem = state.current?.question.id === question ? state.current.question.stem_html : null;
    if (!late.has(id)) late.set(id, { stem, result: null });
  }
}

function showLate() {
  const told = [...late.values()].filter(({ result }) => result);
  const rated = ({ result }) => "rating" in result.feedback.answer;
  const count = (verdict) => told.filter((one) => !rated(one) && one.result.verdict === verdict).length;
  const sums = [
    [words.sentRight, count("right")],
    [words.sentNearly, count("nearly")],
    [words.sentWrong, count("wrong")],
    [words.sentRated, told.filter(rated).length],
  ].filter(([, n]) => n);
  const sent = told.length === 1 ? words.sentOne : fill(words.sentMany, { n: told.length });
  const each = told.filter((one) => !rated(one)).map(({ stem, result }) =>
    h(
      "details",
      { class: "behind" },
      h("summary", {}, `${words[result.verdict]}: `, stem ? h("span", { html: stem }) : words.anAnswer),
      feedbackElement(result.feedback, words),
    ),
  );
  latePlace.replaceChildren(h("p", {}, `${sent}: ${sums.map(([text, n]) => fill(text, { n })).join(", ")}`), ...each);
  latePlace.hidden = false;
}

function announce(text) {
  livePlace.textContent = text;
}

function key(label) {
  return h("kbd", {}, label);
}

// --- Showing ------------------------------------------------------------------------

function showCounts() {
  const parts = [h("span", {}, h("b", {}, String(Math.max(day.remaining, 0))), ` ${fill(words.left, { n: "" }).trim()}`)];
  if (day.done) parts.push(" · ", h("span", {}, fill(words.done, { n: day.done })));
  countPlace.replaceChildren(...parts);
  undoButton.hidden = !day.done;
}

function showLine({ down, waiting }) {
  linePlace.classList.toggle("is-down", down);
  if (down) linePlace.textContent = waiting === 1 ? words.offlineOne : fill(words.offline, { n: waiting });
  else linePlace.textContent = linePlace.dataset.wasDown ? words.sent : "";
  if (down) linePlace.dataset.wasDown = "1";
  else delete linePlace.dataset.wasDown;
}

function signedOut() {
  linePlace.classList.add("is-down");
  linePlace.replaceChildren(h("a", { href: place.dataset.loginUrl }, words.signedOut));
}

function actions(...buttons) {
  return h("div", { class: "question-actions thumb" }, ...buttons);
}

function showCard() {
  const card = state.cards[0] || null;
  state.current = card;
  more.hidden = !card;
  more.open = false;
  if (!card) {
    showEnd();
    return;
  }
  state.phase = "asking";
  state.shownAt = performance.now();
  state.widget = questionWidget(card.question, words, announce);
  const form = h("form", { class: "question", novalidate: true, onsubmit: submit }, state.widget.element);
  form.append(
    card.question.self_rated
      ? actions(h("button", { type: "button", class: "button button-main", onclick: turn }, words.show, " ", key(words.spaceKey)))
      : actions(h("button", { class: "button button-main" }, words.check, " ", key(words.enterKey))),
  );
  cardPlace.replaceChildren(form);
  showCounts();
  if (state.widget.input && matchMedia("(hover: hover)").matches) state.widget.input.focus();
  else cardPlace.focus({ preventScroll: true });
  refill();
}

function turn() {
  if (state.phase !== "asking" || !state.current.question.self_rated) return;
  state.phase = "turned";
  state.widget.turn();
  const labels = [words.again, words.hard, words.good, words.easy];
  const buttons = labels.map((label, index) =>
    h(
      "button",
      { type: "button", class: "button rating", "aria-keyshortcuts": String(index + 1), onclick: () => rate(index + 1) },
      h("span", {}, label, " ", key(String(index + 1))),
      h("span", { class: "when" }, state.current.preview[index + 1] || ""),
    ),
  );
  const group = h("div", { class: "question-actions thumb" }, h("div", { class: "ratings", role: "group", "aria-label": words.rate }, ...buttons));
  group.firstChild.classList.add("ratings-wide");
  cardPlace.querySelector(".question-actions").replaceWith(group);
}

function showFeedback(result) {
  const { feedback } = result;
  const card = state.current;
  state.phase = "answered";
  state.widget.settle(feedback);
  const shown = feedbackElement(feedback, words);
  shown.querySelector(".feedback-text").append(h("p", { class: "when-next" }, comesBack(result)));
  const form = cardPlace.querySelector("form");
  form.querySelector(".question-actions").replaceWith(shown, nextButton());
  form.querySelector(".field-error")?.remove();
  announce(words[feedback.verdict]);
  if (card === state.current) shown.focus({ preventScroll: true });
  shown.scrollIntoView({ block: "nearest" });
}

function nextButton() {
  return actions(h("button", { type: "button", class: "button button-main", onclick: goOn }, words.next, " ", key(words.spaceKey)));
}

// Days and times as the server's pages write them, and where the learner studies.
const { lang } = document.documentElement;
const locale = lang === "en" ? "en-GB" : lang;

function dayText(moment) {
  return moment.toLocaleDateString(locale, { day: "numeric", month: "long", year: "numeric", timeZone });
}

function timeText(moment) {
  return moment.toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone });
}

function comesBack({ due_at: due, interval_days: days }) {
  if (!due) return "";
  const moment = new Date(due);
  if (days) return fill(words.comesBackOn, { day: dayText(moment) });
  return fill(words.comesBackToday, { time: timeText(moment) });
}

function showEnd() {
  state.phase = "done";
  const later = day.nextAt && timeText(new Date(day.nextAt));
  const text = outbox.down ? words.offlineEnd : later ? fill(words.doneLater, { time: later }) : words.doneText;
  const figures = [
    [words.statAnswered, session.answered],
    [words.statRight, session.answered ? `${Math.round((100 * session.right) / session.answered)}%` : "–"],
    [words.statMinutes, Math.max(1, Math.round(session.ms / 60000))],
  ].map(([label, value]) => h("div", {}, h("dt", {}, label), h("dd", {}, String(value))));
  const heading = h("h2", { tabindex: "-1" }, words.doneTitle);
  const parts = [heading, h("p", { class: "quiet" }, text)];
  if (session.answered) parts.push(h("dl", { class: "summary-figures" }, ...figures));
  parts.push(h("p", { class: "row" }, h("a", { class: "button button-main", href: place.dataset.startUrl }, words.toStart)));
  cardPlace.replaceChildren(h("div", { class: "stack" }, ...parts));
  showCounts();
  heading.focus({ preventScroll: true });
}

// --- Answering ------------------------------------------------------------------------

function reviewOf(answer) {
  const card = state.current;
  const answeredAt = new Date();
  const lookedAt = Math.round(performance.now() - state.shownAt);
  return {
    id: uuid7(),
    question: card.question.id,
    version: card.question.version,
    answer,
    served_at: card.served_at,
    answered_at: answeredAt.toISOString(),
    duration_ms: lookedAt,
    held: state.cards.filter((held) => held !== card).map((held) => held.question.id),
    limit: HELD,
  };
}

function takeDown(review) {
  if (!outbox.down) linePlace.textContent = "";
  session.answered += 1;
  session.ms += Math.min(review.duration_ms, 120000);
  session.last = { card: state.current, review };
  answers.add(review.question);
  day.remaining -= 1;
  day.done += 1;
  outbox.add(review);
}

function rate(rating) {
  if (state.phase !== "turned") return;
  takeDown(reviewOf({ rating }));
  if (rating > 1) session.right += 1;
  state.cards.shift();
  showCard();
}

function submit(event) {
  event?.preventDefault();
  if (state.phase !== "asking" || state.current.question.self_rated) return;
  const answer = state.widget.read();
  if (!answer) {
    complain(words.chooseFirst);
    return;
  }
  state.phase = "checking";
  const button = cardPlace.querySelector(".question-actions button");
  button.disabled = true;
  button.textContent = words.checking;
  takeDown(reviewOf(answer));
}

function complain(text) {
  const form = cardPlace.querySelector("form");
  form.querySelector(".field-error")?.remove();
  form.querySelector(".question-actions").before(h("p", { class: "field-error", role: "alert" }, text));
}

function goOn() {
  if (state.phase !== "answered") return;
  state.cards.shift();
  showCard();
}

// --- What the server says ---------------------------------------------------------------

function received(review, result) {
  answers.delete(review.question);
  if (result.verdict === "right" && !("rating" in review.answer)) session.right += 1;
  take(result);
  const mine = state.phase === "checking" && state.current?.question.id === review.question;
  if (!mine && late.has(review.id)) {
    late.get(review.id).result = result;
    showLate();
  }
  if (mine) showFeedback(result);
  else if (state.phase === "done" && state.cards.length) showCard();
  showCounts();
}

// Keeps the card in hand, and adds what the server would ask after it.
function take({ cards, next, remaining, next_at: nextAt }) {
  if (remaining === undefined) return;
  const waiting = outbox.waiting.length;
  day.remaining = Math.max(remaining - waiting, 0);
  day.nextAt = nextAt || null;
  // The card in hand is settled once it is answered: it may come again, and as a new one.
  const settled = ["checking", "answered"].includes(state.phase) ? state.current : null;
  const kept = state.cards.filter((card) => card !== settled);
  const held = new Set([...kept.map((card) => card.question.id), ...answers]);
  for (const card of cards || next || []) if (!held.has(card.question.id)) state.cards.push(card);
}

function refused(review, error) {
  answers.delete(review.question);
  const mine = state.phase === "checking" && state.current?.question.id === review.question;
  session.answered -= 1;
  day.done -= 1;
  if (mine && error.status === 422) {
    state.phase = "asking";
    day.remaining += 1;
    const button = cardPlace.querySelector(".question-actions button");
    button.disabled = false;
    button.replaceChildren(words.check, " ", key(words.enterKey));
    complain(error.message);
    return;
  }
  linePlace.textContent = fill(words.refused, { why: error.message });
  if (mine) {
    state.cards.shift();
    showCard();
  }
}

// A checked answer whose line is down: kept, and the learner goes on without the verdict.
function goOnUnchecked() {
  if (state.phase !== "checking") return;
  state.phase = "answered";
  const form = cardPlace.querySelector("form");
  for (const control of form.querySelectorAll("input, select, .moves button")) control.disabled = true;
  form.querySelector(".question-actions").replaceWith(h("p", { class: "notice" }, words.savedNotChecked), nextButton());
  form.querySelector(".thumb button").focus({ preventScroll: true });
}

async function refill() {
  if (state.cards.length > 1 || state.refilling || !outbox.waiting.every((review) => answers.has(review.question))) return;
  const held = [...state.cards.map((card) => card.question.id), ...answers];
  if (day.remaining <= state.cards.length) return;
  state.refilling = true;
  try {
    take(await request("GET", `${api}next?limit=${HELD}&exclude=${held.join(",")}`));
  } catch (error) {
    if (!(error instanceof LineDown) && !(error instanceof Refused)) throw error;
  } finally {
    state.refilling = false;
  }
}

async function undo(event) {
  event?.preventDefault();
  if (!day.done || state.phase === "checking") return;
  const { last } = session;
  if (last && outbox.takeBack(last.review.id)) {
    answers.delete(last.review.question);
    returnCard([last.card]);
    return;
  }
  try {
    await outbox.flush();
    await request("POST", `${api}undo`, { key: uuid7() });
    const queue = await request("GET", `${api}next?limit=${HELD}`);
    state.cards = [];
    answers.clear();
    day.remaining = queue.remaining;
    day.done = queue.done_today + 1;
    returnCard(queue.cards);
  } catch (error) {
    if (error instanceof LineDown) showLine({ down: true, waiting: outbox.waiting.length });
    else if (error instanceof Refused) linePlace.textContent = error.status === 409 ? words.nothingToUndo : error.message;
    else throw error;
  }
}

// Takes the card in hand out of the queue: until tomorrow, or until it is brought back.
async function shelve(action) {
  const { phase, current } = state;
  if (!["asking", "turned", "answered"].includes(phase)) return;
  state.phase = "shelving";
  try {
    await request("POST", `${api}${action}`, { body: { question: current.question.id } });
    const queue = await request("GET", `${api}next?limit=${HELD}&exclude=${[...answers].join(",")}`);
    state.cards = [];
    take(queue);
    showCard();
    linePlace.textContent = action === "bury" ? words.buried : words.suspended;
  } catch (error) {
    state.phase = phase;
    if (error instanceof LineDown) linePlace.textContent = words.notShelved;
    else if (error instanceof Refused) linePlace.textContent = error.message;
    else throw error;
  }
}

function returnCard(cards) {
  const ids = new Set(cards.map((card) => card.question.id));
  state.cards = [...cards, ...state.cards.filter((card) => !ids.has(card.question.id))];
  day.done -= 1;
  if (session.answered) session.answered -= 1;
  session.last = null;
  linePlace.textContent = words.undone;
  showCard();
}

// --- Beginning --------------------------------------------------------------------------

undoForm.addEventListener("submit", undo);
more.addEventListener("submit", (event) => {
  event.preventDefault();
  shelve(event.submitter.value);
});

bindKeys({
  place,
  space: () => (state.phase === "asking" ? turn() : goOn()),
  enter: () => {
    if (state.phase === "answered") goOn();
    else if (state.current?.question.self_rated) turn();
    else submit();
  },
  digit: (number) => (state.phase === "turned" ? rate(number) : state.phase === "asking" && state.widget.choose?.(number)),
  undo,
  bury: () => shelve("bury"),
  suspend: () => shelve("suspend"),
});

take({ cards: start.cards, remaining: start.remaining });
for (const review of outbox.waiting) answers.add(review.question);
noteLate();
state.cards = state.cards.filter((card) => !answers.has(card.question.id));
if (state.cards.length) showCard();
if (outbox.waiting.length) outbox.flush();
