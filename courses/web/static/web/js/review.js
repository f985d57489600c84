// The review page: one card, one thumb, one keyboard. The next card is here, and built, before it
// is asked for, and an answer is kept on this device until the server has it.

import { CardDraft } from "./card-draft.js";
import { CardQueue } from "./card-queue.js";
import { fill, h } from "./dom.js";
import { bindKeys } from "./keys.js";
import { Late } from "./late.js";
import { Line } from "./line.js";
import { Moments } from "./moments.js";
import { Outbox } from "./outbox.js";
import { SecondThoughts } from "./second-thoughts.js";
import { Session } from "./session.js";
import { Stage } from "./stage.js";
import { uuid7 } from "./uuid7.js";

const SLOW_MS = 4000; // so long one waits for a verdict before one may go on without it
const TWICE_MS = 200; // a second key or tap within it was meant for what stood there before
const ASK_AGAIN_MS = 1500;
const ASK_AT_MOST = 4;
const place = document.querySelector("[data-review]");
const json = (id) => JSON.parse(document.getElementById(id).textContent);
const words = json("review-words");
const start = json("review-start");
const find = (name) => place.querySelector(`[data-${name}]`);
const onward = document.querySelector("[data-onward]");
const { api, learner } = place.dataset;

// phase: asking, turned (a self-rated card shows its back), checking, unchecked (kept, but its
// verdict is still to come), answered, shelving, done
const state = { phase: "asking", current: null, view: null, shownAt: 0, settledAt: 0, sent: null, asked: 0 };
const moments = new Moments(place.dataset.timeZone, words);
const session = new Session(start.ahead, moments, words);
const late = new Late(find("late"), words);
const line = new Line(find("line"), words);
const draft = new CardDraft(learner);
const queue = new CardQueue(api, start);
const stage = new Stage(place, words, { turn, rate: tapRate, submit, goOn });

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
const thoughts = new SecondThoughts({ api, state, queue, outbox, session, late, draft, line, words, take, showCard });

// --- Showing ------------------------------------------------------------------------

function keepDraft() {
  if (state.phase === "asking") draft.keep(state.current.question.id, state.view.widget.read());
}

function signedOut() {
  late.note(outbox.waiting, state.current);
  line.warn(words.signedOut, " ", h("a", { href: place.dataset.loginUrl }, words.signIn));
  goOnUnchecked(words.savedNotChecked);
}

function buildNext() {
  stage.buildSoon(queue.cards.find((card) => card !== state.current));
}

function showCard() {
  const card = queue.cards[0] || null;
  state.current = card;
  state.sent = null;
  if (!card) {
    showEnd();
    return;
  }
  state.asked = 0;
  state.phase = "asking";
  state.shownAt = performance.now();
  state.view = stage.show(card, draft.of(card.question.id));
  stage.showCounts(queue);
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
  stage.announce(words[result.feedback.verdict]);
  state.view.settle(result.feedback, moments.comesBack(result));
  buildNext();
}

function showEnd() {
  state.phase = "done";
  state.view = null;
  stage.showCounts(queue);
  if (queue.remaining > 0 && !queue.nextAt && !outbox.down && state.asked < ASK_AT_MOST) {
    // More cards are left than are here: the server is asked, and the end waits for it.
    state.asked += 1;
    stage.showFetching();
    setTimeout(fetchMore, ASK_AGAIN_MS);
    return;
  }
  const pause = queue.nextAt && fill(words.doneLater, { time: moments.timeText(new Date(queue.nextAt)) });
  stage.showEnd({
    title: outbox.down && queue.remaining > 0 ? words.offlineTitle : pause ? words.pauseTitle : words.doneTitle,
    lines: outbox.down ? [words.offlineEnd] : [pause, session.coming() || (pause ? "" : words.doneText)],
    figures: session.figures(),
    onward,
  });
}

async function fetchMore() {
  if (state.phase !== "done") return;
  await refill();
  if (state.phase === "done") showCard();
}

// --- Answering ------------------------------------------------------------------------

function takeDown(answer) {
  const card = state.current;
  const review = {
    id: uuid7(),
    question: card.question.id,
    version: card.question.version,
    answer,
    served_at: card.served_at,
    answered_at: new Date().toISOString(),
    duration_ms: Math.round(performance.now() - state.shownAt),
    ...queue.wish(card),
  };
  if (!outbox.down) line.say();
  draft.drop();
  state.sent = review.id;
  session.add(card, review);
  queue.answer(review.question);
  outbox.add(review);
}

function justSettled() {
  return performance.now() - state.settledAt < TWICE_MS;
}

function rate(rating) {
  if (state.phase !== "turned") return;
  takeDown({ rating });
  queue.drop(state.current);
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
  queue.drop(state.current);
  showCard();
}

// An answer that is kept, but whose verdict is not here: the learner goes on without it.
function goOnUnchecked(text) {
  if (state.phase !== "checking") return;
  state.phase = "unchecked";
  state.settledAt = performance.now();
  late.note(outbox.waiting, state.current);
  state.view.settleUnchecked(text);
  buildNext();
}

// --- What the server says ---------------------------------------------------------------

const inHand = (review) => state.sent === review.id && ["checking", "unchecked"].includes(state.phase);

function received(review, result) {
  queue.unsettled.delete(review.question);
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
  stage.showCounts(queue);
}

// The card in hand is settled once it is answered: until then it is not asked for again.
function take(said) {
  const settled = ["checking", "unchecked", "answered"].includes(state.phase) ? state.current : null;
  queue.take(said, { settled, waiting: outbox.waiting.length });
}

function refused(review, error) {
  queue.unsettled.delete(review.question);
  session.forget(review.id);
  late.forget(review.id);
  queue.done -= 1;
  const mine = inHand(review);
  if (mine && error.status === 422 && state.phase === "checking") {
    state.phase = "asking";
    queue.remaining += 1;
    state.view.askAgain(error.message);
    return;
  }
  if (mine) {
    queue.drop(state.current);
    showCard();
  }
  stage.showCounts(queue);
  line.say(fill(words.refused, { why: error.message }));
}

// Another tab has answered a card that this one holds: it is not asked twice.
function answeredElsewhere(review) {
  const card = queue.cards.find((held) => held.question.id === review.question);
  const asked = card === state.current;
  if (!card || (asked && !["asking", "turned"].includes(state.phase))) return;
  queue.drop(card);
  queue.countDone();
  if (asked) showCard();
  else stage.showCounts(queue);
  if (asked) line.say(words.elsewhere);
}

// While answers of other pages are on their way, their cards would be asked for once more.
async function refill() {
  if (outbox.waiting.every((review) => queue.unsettled.has(review.question))) await queue.refill(take);
}

// --- Beginning --------------------------------------------------------------------------

thoughts.bind(find("undo"), find("more"));
for (const kind of ["input", "change"]) find("card").addEventListener(kind, keepDraft);

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
  undo: () => thoughts.undo(),
  bury: () => thoughts.shelve("bury"),
  suspend: () => thoughts.shelve("suspend"),
});

// A tab that was left at the end of a session and is looked at again: perhaps cards are due.
let hiddenAt = 0;
document.addEventListener("visibilitychange", () => {
  if (document.hidden) hiddenAt = performance.now();
  else if (state.phase === "done" && !outbox.down && performance.now() - hiddenAt > 60000) window.location.reload();
});

take({ cards: start.cards, remaining: start.remaining });
for (const review of outbox.waiting) queue.unsettled.add(review.question);
late.note(outbox.waiting, null);
queue.dropUnsettled();
if (queue.cards.length) showCard();
else if (!start.cards.length) state.phase = "done";
if (outbox.waiting.length) outbox.flush();
else if (!queue.cards.length && start.cards.length) showCard();
