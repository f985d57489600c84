// What a learner sees after answering: the verdict, why, and where it comes from.

import { fill, h, icon } from "./dom.js";

// The solution part by part: what is right there, and what was given where it was not.
function lines(feedback, words) {
  const { in_order: ordered } = feedback.solution;
  const text = (html, name) => h("span", { class: name, lang: feedback.language, html });
  const items = feedback.lines.map((line) => {
    const missed = line.credit < 1;
    const item = h("li", { class: missed ? "is-missed" : null });
    if (line.label_html) item.append(text(line.label_html, "line-label"), " ");
    item.append(text(line.text_html, "line-answer"));
    if (line.date_text) item.append(" ", h("span", { class: "quiet" }, `(${line.date_text})`));
    if (missed && ordered) item.append(" ", h("span", { class: "badge badge-warning" }, words.misplaced));
    else if (missed && line.given_html) {
      item.append(" ", h("span", { class: "line-given" }, words.youAnswered, " ", text(line.given_html, null)));
    } else if (missed) item.append(" ", h("span", { class: "line-given" }, line.text));
    if (line.note_html) item.append(" ", text(line.note_html, "line-note"));
    return item;
  });
  return h(
    "div",
    {},
    h("p", { class: "label" }, ordered ? words.inThisOrder : feedback.solution.lines_label || words.theAnswers),
    h("ol", { class: ordered ? "solution-order" : "solution-lines" }, ...items),
  );
}

function remarks(feedback, words) {
  // Where the form itself shows what is right, nothing has to repeat it.
  const found = feedback.lines.length && !feedback.in_place ? [lines(feedback, words)] : [];
  for (const part of feedback.lines.length ? [] : feedback.parts) {
    if (part.note_html) found.push(h("p", { lang: feedback.language, html: part.note_html }));
    else if (part.text && feedback.verdict !== "right") found.push(h("p", {}, part.text));
  }
  // Who was told how their answer is written may not have given the first of several answers.
  const spelt = feedback.parts.some(({ reason }) => reason === "spelling");
  if (feedback.verdict !== "right" && !spelt && !feedback.in_place && feedback.solution.text_html) {
    const answer = h("p", {}, h("span", { class: "label" }, feedback.solution.text_label || words.theAnswer), " ");
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

// Why the answer is right, and where that comes from: of a feedback, or of a card that is turned.
export function behindElements({ explanation_html: html, claims, language: lang }, words) {
  const explanation = html ? h("div", { class: "explanation", lang, html }) : null;
  return [explanation, origin(claims, words, lang)].filter(Boolean);
}

export function feedbackElement(feedback, words) {
  const text = h("div", { class: "feedback-text stack" }, ...remarks(feedback, words), ...behindElements(feedback, words));
  return h(
    "div",
    { class: `feedback verdict-${feedback.verdict}`, tabindex: "-1" },
    h("p", { class: "verdict" }, icon(feedback.verdict), h("span", {}, words[feedback.verdict])),
    text,
  );
}
