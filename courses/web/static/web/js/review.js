// The review page: one card, one thumb, one keyboard. The next card is here, and built, before it
// is asked for, and an answer is kept on this device until the server has it.

import { CardDraft } from "./card-draft.js";
import { fill, h } from "./dom.js";
import { LineDown, Refused, request } from "./http.js";
import { bindKeys } from "./keys.js";
import { Late } from "./late.js";
import { Line } from "./line.js";
import { Moments } from "./moments.js";
import { Outbox } from "./outbox.js";
import { CardView, countElements, endElement } from "./review-view.js";
import { Session } from "./session.js";
import { uuid7 } from "./uuid7.js";

const HELD = 3;
const SLOW_MS = 4000; // so long one waits for a verdict before one may go on without it
const TWICE_MS = 200; // a second key or tap within it was meant for what stood there before
const ASK_AGAIN_MS = 1500;
const ASK_AT_MOST = 4;
const place = document.querySelector("[data-review]");
const json = (id) => JSON.parse(document.getElementById(id).textContent);
const words = json("review-words");
const start = json("review-start");
const find = (name) => place.querySelector(`[data-${name}]`);
const [cardPlace, countPlace, livePlace] = ["card", "count", "live"].map(find);
const [more, undoForm, meter] = ["more", "undo", "meter"].map(find);
const undoButton = undoForm.querySelector("button");
const onward = document.querySelector("[data-onward]");
const { api, learner } = place.dataset;

// phase: asking, turned (a self-rated card shows its back), checking, unchecked (kept, but its
// verdict is still to come), answered, shelving, done
const state = { phase: "asking", cards: [], current: null, view: null, shownAt: 0, settledAt: 0, sent: null, asked: 0 };
const day = { remaining: start.remaining, done: start.done_today, nextAt: null };
const moments = new Moments(place.dataset.timeZone, words);
const session = new Session(start.ahead, moments, words);
const late = new Late(find("late"), words);
const line = new Line(find("line"), words);
const draft = new CardDraft(learner);
const answers = new Set(); // ids of questions answered on this page and not served again since
const views = new WeakMap(); // cards that are built already

const outbox = new Outbox({
  learner,
  api,
  onSent: received,
  onState: (now) => {
    if (now.down) late.note(outbox.waiting, state.current);
    line.show(now);
    if (now.down) goOnUnchecked(words.savedNotChecked);
  },
  onRefused: refused,
  onSignedOut: signedOut,
  onElsewhere: answeredElsewhere,
});

// --- Showing ------------------------------------------------------------------------

function announce(text) {
  livePlace.textContent = text;
}

function keepDraft() {
  if (state.phase === "asking") draft.keep(state.current.question.id, state.view.widget.read());
}

function showCounts() {
  const remaining = Math.max(day.remaining, 0);
  countPlace.replaceChildren(...countElements(words, { remaining, done: day.done }));
  meter.setAttribute("width", `${day.done ? (100 * day.done) / (day.done + remaining) : 0}%`);
  undoButton.hidden = !day.done;
}

function signedOut() {
  late.note(outbox.waiting, state.current);
  line.warn(words.signedOut, " ", h("a", { href: place.dataset.loginUrl }, words.signIn));
  goOnUnchecked(words.savedNotChecked);
}

function viewOf(card) {
  if (!views.has(card)) {
    const spoken = (text) => {
      announce(text);
      keepDraft();
    };
    views.set(card, new CardView(card, words, spoken, { turn, rate: tapRate, submit, goOn }));
  }
  return views.get(card);
}

// While the learner reads, the next card is made: what is left to do on the key is to show it.
function buildNext() {
  const next = state.cards.find((card) => card !== state.current);
  const build = () => next && viewOf(next);
  if (window.requestIdleCallback) requestIdleCallback(build, { timeout: 500 });
  else setTimeout(build, 50);
}

function showCard() {
  const card = state.cards[0] || null;
  const scrolled = window.scrollY > 0;
  state.current = card;
  state.sent = null;
  state.asked = card ? 0 : state.asked;
  more.hidden = !card;
  more.open = false;
  if (!card) {
    showEnd();
    return;
  }
  state.phase = "asking";
  state.shownAt = performance.now();
  state.view = viewOf(card);
  views.delete(card); // when it comes again, it comes unanswered
  cardPlace.replaceChildren(state.view.form);
  const kept = draft.of(card.question.id);
  if (kept) state.view.widget.restore?.(kept);
  showCounts();
  if (scrolled) window.scrollTo({ top: 0, behavior: "instant" });
  const { input } = state.view.widget;
  if (input && matchMedia("(hover: hover)").matches) input.focus({ preventScroll: true });
  else cardPlace.focus({ preventScroll: true });
  refill().then(buildNext);
}

function turn() {
  if (state.phase !== "asking" || !state.current.question.self_rated) return;
  state.phase = "turned";
  state.settledAt = performance.now();
  state.view.turn();
}

function showFeedback(result) {
  state.phase = "answered";
  state.settledAt = performance.now();
  const shown = state.view.settle(result.feedback, moments.comesBack(result));
  announce(words[result.feedback.verdict]);
  shown.focus({ preventScroll: true });
  // The verdict and not the whole feedback: the question and one's own choice stay in sight.
  shown.querySelector(".verdict").scrollIntoView({ block: "nearest" });
  buildNext();
}

function showEnd() {
  state.phase = "done";
  state.view = null;
  showCounts();
  if (day.remaining > 0 && !day.nextAt && !outbox.down && state.asked < ASK_AT_MOST) {
    // More cards are left than are here: the server is asked, and the end waits for it.
    state.asked += 1;
    cardPlace.replaceChildren(h("p", { class: "quiet", role: "status" }, words.fetching));
    setTimeout(fetchMore, ASK_AGAIN_MS);
    return;
  }
  const pause = day.nextAt && fill(words.doneLater, { time: moments.timeText(new Date(day.nextAt)) });
  const end = endElement({
    title: pause ? words.pauseTitle : words.doneTitle,
    lines: outbox.down ? [words.offlineEnd] : [pause, session.coming() || (pause ? "" : words.doneText)],
    figures: session.figures(),
    onward,
  });
  cardPlace.replaceChildren(end);
  window.scrollTo({ top: 0, behavior: "instant" });
  end.firstChild.focus({ preventScroll: true });
}

async function fetchMore() {
  if (state.phase !== "done") return;
  await refill();
  if (state.phase === "done") showCard();
}

// --- Answering ------------------------------------------------------------------------

function takeDown(answer) {
  const card = state.current;
  const held = state.cards.filter((one) => one !== card).map((one) => one.question.id);
  const review = {
    id: uuid7(),
    question: card.question.id,
    version: card.question.version,
    answer,
    served_at: card.served_at,
    answered_at: new Date().toISOString(),
    duration_ms: Math.round(performance.now() - state.shownAt),
    held,
    // As many as are missing: whoever took more with every answer would hold the whole day.
    limit: Math.max(HELD - held.length, 1),
  };
  if (!outbox.down) line.say();
  draft.drop();
  state.sent = review.id;
  session.add(card, review);
  answers.add(review.question);
  day.remaining -= 1;
  day.done += 1;
  outbox.add(review);
}

function justSettled() {
  return performance.now() - state.settledAt < TWICE_MS;
}

function rate(rating) {
  if (state.phase !== "turned") return;
  takeDown({ rating });
  state.cards.shift();
  showCard();
}

// The buttons come to lie where the finger has just been; the keys 1 to 4 are keys of their own.
function tapRate(rating) {
  if (!justSettled()) rate(rating);
}

function submit(event) {
  event?.preventDefault();
  if (state.phase !== "asking" || state.current.question.self_rated) return;
  const answer = state.view.widget.read();
  if (!answer) {
    state.view.complain(state.view.widget.input ? words.writeFirst : words.chooseFirst);
    return;
  }
  state.phase = "checking";
  state.view.checking();
  takeDown(answer);
  const { sent } = state;
  setTimeout(() => {
    if (state.sent === sent) goOnUnchecked(words.slow);
  }, SLOW_MS);
}

function goOn() {
  if (!["answered", "unchecked"].includes(state.phase) || justSettled()) return;
  state.cards.shift();
  showCard();
}

// An answer that is kept, but whose verdict is not here: the learner goes on without it.
function goOnUnchecked(text) {
  if (state.phase !== "checking") return;
  state.phase = "unchecked";
  state.settledAt = performance.now();
  late.note(outbox.waiting, state.current);
  state.view.settleUnchecked(text);
  state.view.bar.querySelector("button").focus({ preventScroll: true });
  state.view.notice.scrollIntoView({ block: "nearest" });
  buildNext();
}

// --- What the server says ---------------------------------------------------------------

const inHand = (review) => state.sent === review.id && ["checking", "unchecked"].includes(state.phase);

function received(review, result) {
  answers.delete(review.question);
  session.received(review, result);
  const mine = inHand(review);
  take(result);
  if (mine) {
    late.forget(review.id);
    showFeedback(result);
  } else {
    late.tell(review.id, result);
    if (state.phase === "done") showCard();
  }
  showCounts();
}

// Keeps the card in hand, and adds what the server would ask after it.
function take({ cards, next, remaining, next_at: nextAt }) {
  if (remaining === undefined) return;
  day.remaining = Math.max(remaining - outbox.waiting.length, 0);
  day.nextAt = nextAt || null;
  // The card in hand is settled once it is answered: it may come again, and as a new one.
  const settled = ["checking", "unchecked", "answered"].includes(state.phase) ? state.current : null;
  const kept = state.cards.filter((card) => card !== settled);
  const held = new Set([...kept.map((card) => card.question.id), ...answers]);
  for (const card of cards || next || []) if (!held.has(card.question.id)) state.cards.push(card);
}

function refused(review, error) {
  answers.delete(review.question);
  session.forget(review.id);
  late.forget(review.id);
  day.done -= 1;
  const mine = inHand(review);
  if (mine && error.status === 422 && state.phase === "checking") {
    state.phase = "asking";
    day.remaining += 1;
    state.view.askAgain(error.message);
    return;
  }
  if (mine) {
    state.cards.shift();
    showCard();
  }
  showCounts();
  line.say(fill(words.refused, { why: error.message }));
}

// Another tab has answered a card that this one holds: it is not asked twice.
function answeredElsewhere(review) {
  const card = state.cards.find((held) => held.question.id === review.question);
  const asked = card === state.current;
  if (!card || (asked && !["asking", "turned"].includes(state.phase))) return;
  state.cards = state.cards.filter((held) => held !== card);
  day.remaining -= 1;
  day.done += 1;
  if (asked) showCard();
  else showCounts();
  if (asked) line.say(words.elsewhere);
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
  if (!day.done || ["checking", "shelving"].includes(state.phase)) return;
  const { last } = session;
  if (last && outbox.takeBack(last.review.id)) {
    late.forget(last.review.id);
    answers.delete(last.review.question);
    day.remaining += 1;
    returnCard([last.card], day.done - 1);
    return;
  }
  try {
    await outbox.flush();
    await request("POST", `${api}undo`, { key: uuid7() });
    const queue = await request("GET", `${api}next?limit=${HELD}`);
    state.cards = [];
    answers.clear();
    day.remaining = queue.remaining;
    day.nextAt = queue.next_at || null;
    returnCard(queue.cards, queue.done_today);
  } catch (error) {
    if (error instanceof LineDown) line.say(words.notUndone);
    else if (error instanceof Refused) line.say(error.status === 409 ? words.nothingToUndo : error.message);
    else throw error;
  }
}

function returnCard(cards, done) {
  const ids = new Set(cards.map((card) => card.question.id));
  state.cards = [...cards, ...state.cards.filter((card) => !ids.has(card.question.id))];
  day.done = done;
  if (session.last) session.forget(session.last.review.id);
  showCard();
  line.say(words.undone);
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
    draft.drop();
    showCard();
    line.say(action === "bury" ? words.buried : words.suspended);
  } catch (error) {
    state.phase = phase;
    if (error instanceof LineDown) line.say(words.notShelved);
    else if (error instanceof Refused) line.say(error.message);
    else throw error;
  }
}

// --- Beginning --------------------------------------------------------------------------

undoForm.addEventListener("submit", undo);
more.addEventListener("submit", (event) => {
  event.preventDefault();
  shelve(event.submitter.value);
});
for (const kind of ["input", "change"]) cardPlace.addEventListener(kind, keepDraft);

bindKeys({
  place,
  space: () => (state.phase === "asking" ? turn() : goOn()),
  enter: () => {
    if (["answered", "unchecked"].includes(state.phase)) goOn();
    else if (state.current?.question.self_rated) turn();
    else submit();
  },
  digit: (number) => {
    if (state.phase === "turned" && number < 5) rate(number);
    else if (state.phase === "asking") state.view.widget.choose?.(number);
    keepDraft();
  },
  undo,
  bury: () => shelve("bury"),
  suspend: () => shelve("suspend"),
});

// A tab that was left at the end of a session and is looked at again: perhaps cards are due.
let hiddenAt = 0;
document.addEventListener("visibilitychange", () => {
  if (document.hidden) hiddenAt = performance.now();
  else if (state.phase === "done" && !outbox.down && performance.now() - hiddenAt > 60000) window.location.reload();
});

take({ cards: start.cards, remaining: start.remaining });
for (const review of outbox.waiting) answers.add(review.question);
late.note(outbox.waiting, null);
state.cards = state.cards.filter((card) => !answers.has(card.question.id));
if (state.cards.length) showCard();
else if (!start.cards.length) state.phase = "done";
if (outbox.waiting.length) outbox.flush();
else if (!state.cards.length && start.cards.length) showCard();
