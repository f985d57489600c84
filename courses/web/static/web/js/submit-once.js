// A form [data-once] that was sent is not sent again by an impatient second press.

const BUSY = "is-busy";

for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.classList.contains(BUSY)) {
      event.preventDefault();
      return;
    }
    form.classList.add(BUSY);
    event.submitter?.classList.add(BUSY);
  });
}

// Back in the browser's history the form is to be sent afresh.
window.addEventListener("pageshow", () => {
  for (const busy of document.querySelectorAll(`form[data-once], form[data-once] .${BUSY}`)) {
    busy.classList.remove(BUSY);
  }
});
