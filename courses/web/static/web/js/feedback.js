// What a learner sees after answering: the verdict, why, and where it comes from.

import { fill, h, icon } from "./dom.js";

function inOrder(feedback, words) {
  const credits = new Map(feedback.parts.map((part) => [part.part, part]));
  const items = feedback.solution.items.map((item) => {
    const part = credits.get(item.id);
    const line = h("li", {}, h("span", { lang: feedback.language, html: item.text_html }));
    if (item.date_text) line.append(" ", h("span", { class: "quiet" }, `(${item.date_text})`));
    if (part && part.credit < 1) line.append(" ", h("span", { class: "badge badge-warning" }, words.misplaced));
    return line;
  });
  return h(
    "div",
    {},
    h("p", { class: "label" }, words.inThisOrder),
    h("ol", { class: "solution-order" }, ...items),
  );
}

function remarks(feedback, words) {
  if (feedback.solution.items) return [inOrder(feedback, words)];
  const found = [];
  for (const part of feedback.parts) {
    if (part.note_html) found.push(h("p", { lang: feedback.language, html: part.note_html }));
    else if (part.text && feedback.verdict !== "right") found.push(h("p", {}, part.text));
  }
  // What is nearly right was told how it is written, which may not be the first of several answers.
  if (feedback.verdict === "wrong" && feedback.type !== "single_choice" && feedback.solution.text_html) {
    const answer = h("p", {}, h("span", { class: "label" }, words.theAnswer), " ");
    answer.append(h("span", { lang: feedback.language, html: feedback.solution.text_html }));
    found.push(answer);
  }
  return found;
}

function origin(claims, words, lang) {
  if (!claims.length) return null;
  const lines = claims.map((claim) => {
    const meta = h("p", { class: "meta" }, claim.date_text ? `${claim.date_text} · ` : null, h("span", { lang }, claim.source_title));
    if (claim.as_of_text) meta.append(`, ${fill(words.asOf, { date: claim.as_of_text })}`);
    if (claim.attributed) {
      const [before, after] = words.accordingTo.split("{whom}");
      meta.append(` · ${before}`, h("span", { lang }, claim.attributed), after);
    }
    meta.append(" · ", h("a", { class: "claim-key", href: claim.url }, claim.key));
    return h("li", {}, h("p", { class: "statement", lang }, claim.statement), meta);
  });
  return h("div", { class: "origin" }, h("p", { class: "origin-title" }, words.origin), h("ul", {}, ...lines));
}

export function feedbackElement(feedback, words) {
  const text = h("div", { class: "feedback-text stack" }, ...remarks(feedback, words));
  if (feedback.explanation_html) {
    text.append(h("div", { class: "explanation", lang: feedback.language, html: feedback.explanation_html }));
  }
  const source = origin(feedback.claims || [], words, feedback.language);
  if (source) text.append(source);
  return h(
    "div",
    { class: `feedback verdict-${feedback.verdict}`, tabindex: "-1" },
    h("p", { class: "verdict" }, icon(feedback.verdict), h("span", {}, words[feedback.verdict])),
    text,
  );
}
