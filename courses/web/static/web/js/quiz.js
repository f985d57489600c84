// The quiz: answered in place; digits choose an option, Enter goes on.

import { autosave } from "./autosave.js";
import { liveForms } from "./live-form.js";
import { countDown } from "./timer.js";

liveForms();
autosave();
countDown();

const typing = (target) => target.closest("input:not([type=radio], [type=checkbox]), textarea, select");

addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
  const attempt = document.querySelector("[data-attempt]");
  if (!attempt) return;
  if (event.key === "Enter" && !event.target.closest("button, a, summary")) {
    const next = attempt.querySelector("[data-next]");
    if (next) {
      event.preventDefault();
      next.click();
    }
  } else if (/^[1-9]$/.test(event.key) && !typing(event.target)) {
    const option = attempt.querySelectorAll("form [data-options] input")[Number(event.key) - 1];
    if (option) {
      option.checked = option.type === "radio" || !option.checked;
      option.focus();
      option.dispatchEvent(new Event("input", { bubbles: true }));
    } else {
      attempt.querySelector(`form button[name=rating][value="${event.key}"]`)?.click();
    }
  }
});
