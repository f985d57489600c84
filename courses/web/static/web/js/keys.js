// The keys of the review page. Keys typed into a field, or meant for a control, stay theirs.

const FIELD = "input:not([type=radio]), textarea, select";
const CONTROL = "button, a, summary";
const UNCHOSEN = "input[type=radio]:not(:checked, :disabled)"; // Space chooses it

export function bindKeys({ place, space, enter, digit, undo, bury, suspend }) {
  const dialog = document.querySelector("[data-keys]");
  const show = place.querySelector("[data-show-keys]");
  show.hidden = false;
  show.addEventListener("click", () => dialog.showModal());

  addEventListener("keydown", (event) => {
    if (dialog.open || event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    const field = event.target.closest?.(FIELD);
    const control = event.target.closest?.(CONTROL);
    const done = (action) => {
      event.preventDefault();
      action();
    };
    // A key that is held down is one key: it must not run through the cards.
    if (event.repeat && !field) {
      if (event.key === " " || event.key === "Enter") event.preventDefault();
      return;
    }
    if (event.key === "Escape" && (field || control)) done(() => place.querySelector("[data-card]").focus());
    else if (event.key === "Enter" && !control && !(field && !field.readOnly)) done(enter);
    else if (event.key === " " && event.target.matches?.(UNCHOSEN)) return;
    else if (event.key === " " && !control && !(field && !field.readOnly)) done(space);
    else if (field && !field.readOnly) return;
    else if (/^[1-9]$/.test(event.key)) done(() => digit(Number(event.key)));
    else if (event.key === "z" || event.key === "Z") done(undo);
    else if (event.key === "-") done(bury);
    else if (event.key === "!") done(suspend);
    else if (event.key === "?") done(() => dialog.showModal());
  });
}
