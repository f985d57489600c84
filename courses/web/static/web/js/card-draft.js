// What is chosen or typed and not checked yet: kept in this tab, so that a reload loses nothing.

export class CardDraft {
  constructor(learner) {
    this.key = `quizsite.review-draft.${learner}`;
  }

  keep(question, answer) {
    if (answer) this.#store((storage) => storage.setItem(this.key, JSON.stringify({ question, answer })));
  }

  // The answer kept for this question, if there is one.
  of(question) {
    const draft = this.#store((storage) => JSON.parse(storage.getItem(this.key)));
    return draft?.question === question ? draft.answer : null;
  }

  drop() {
    this.#store((storage) => storage.removeItem(this.key));
  }

  #store(action) {
    try {
      return action(sessionStorage);
    } catch {
      return null; // no storage: then a reload asks again
    }
  }
}
