// What a learner may do to a card besides answering it: take the answer back, or put the card off.

import { LineDown, Refused, request } from "./http.js";
import { uuid7 } from "./uuid7.js";

export class SecondThoughts {
  // `page` is the review page: its api, state, queue, outbox, session, late, draft, line and words,
  // and its `take` and `showCard`.
  constructor(page) {
    this.page = page;
  }

  bind(undoForm, more) {
    undoForm.addEventListener("submit", (event) => {
      event.preventDefault();
      this.undo();
    });
    more.addEventListener("submit", (event) => {
      event.preventDefault();
      this.shelve(event.submitter.value);
    });
  }

  async undo() {
    const { api, state, queue, outbox, session, late } = this.page;
    if (["checking", "shelving"].includes(state.phase)) return;
    if (queue.shelved) {
      await this.#unshelve(queue.shelved);
      return;
    }
    if (!queue.done) return;
    const { last } = session;
    if (last && outbox.takeBack(last.review.id)) {
      late.forget(last.review.id);
      queue.unsettled.delete(last.review.question);
      queue.remaining += 1;
      this.#return([last.card], queue.done - 1);
      return;
    }
    try {
      await outbox.flush();
      await request("POST", `${api}undo`, { key: uuid7() });
      const day = await queue.fetch();
      queue.cards = [];
      queue.unsettled.clear();
      queue.remaining = day.remaining;
      queue.nextAt = day.next_at || null;
      this.#return(day.cards, day.done_today);
    } catch (error) {
      this.#notUndone(error);
    }
  }

  // What was put off last comes back before what was answered before it.
  async #unshelve({ card, action }) {
    const { api, state, queue, take, showCard, line, words } = this.page;
    const { phase } = state;
    state.phase = "shelving";
    try {
      await request("POST", `${api}un${action}`, { body: { question: card.question.id } });
      const day = await queue.fetch([...queue.unsettled]);
      queue.shelved = null;
      queue.cards = [];
      take(day);
      // Put off after it was answered, it is not asked again.
      if (queue.cards.some(({ question }) => question.id === card.question.id)) queue.putBack([card], queue.done);
      showCard();
      line.say(words.undone);
    } catch (error) {
      state.phase = phase;
      this.#notUndone(error);
    }
  }

  #notUndone(error) {
    const { line, words } = this.page;
    if (error instanceof LineDown) line.say(words.notUndone);
    else if (error instanceof Refused) line.say(error.status === 409 ? words.nothingToUndo : error.message);
    else throw error;
  }

  // Takes the card in hand out of the queue: until tomorrow ("bury"), or until it is brought back.
  async shelve(action) {
    const { api, state, queue, draft, line, words, take, showCard } = this.page;
    const { phase, current } = state;
    if (!["asking", "turned", "answered"].includes(phase)) return;
    state.phase = "shelving";
    try {
      await request("POST", `${api}${action}`, { body: { question: current.question.id } });
      const day = await queue.fetch([...queue.unsettled]);
      queue.cards = [];
      queue.shelved = { card: current, action };
      take(day);
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

  #return(cards, done) {
    const { queue, session, line, words, showCard } = this.page;
    queue.putBack(cards, done);
    if (session.last) session.forget(session.last.review.id);
    showCard();
    line.say(words.undone);
  }
}
