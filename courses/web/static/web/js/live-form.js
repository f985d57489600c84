// Sends [data-swap] forms and links in the background and replaces the one element whose id
// they name by the same element of the page that comes back. Without it they load that page.

import { enhanceOrderings } from "./ordering.js";

const FEEDBACK = "[data-feedback]";
const SEEN = 96; // pixels: a verdict and the line beneath it

async function fetched(url, options) {
  const response = await fetch(url, { credentials: "same-origin", ...options });
  if (!response.ok && response.status !== 422) throw new Error(`HTTP ${response.status}`);
  return { page: new DOMParser().parseFromString(await response.text(), "text/html"), url: response.url };
}

function swapIn(id, { page, url }) {
  const fresh = page.getElementById(id);
  const old = document.getElementById(id);
  if (!fresh || !old) {
    window.location.assign(url);
    return;
  }
  const { top } = old.getBoundingClientRect();
  old.replaceWith(document.adoptNode(fresh));
  // Browsers hold on to what stands below, and would push the question out of the window.
  window.scrollBy({ top: fresh.getBoundingClientRect().top - top, behavior: "instant" });
  document.title = page.title || document.title;
  enhanceOrderings(fresh);
  focusOn(fresh);
}

function focusOn(place) {
  const target =
    place.querySelector(FEEDBACK) || place.querySelector("form input:not([type=hidden]), form button, summary");
  if (!target) return;
  // The question and one's own answer stay where they are, unless what is new cannot be seen.
  target.focus({ preventScroll: true });
  const { top } = target.getBoundingClientRect();
  // The verdict and not the whole feedback: what is higher than the window would fill it.
  if (top < 0 || top > window.innerHeight - SEEN) {
    (target.querySelector(".verdict") || target).scrollIntoView({ block: "nearest" });
  }
}

function say(form, text) {
  const line = form.querySelector("[data-line-state]");
  if (!line) return;
  line.hidden = !text;
  line.textContent = text;
  line.classList.toggle("is-down", Boolean(text));
}

async function submit(form, submitter) {
  const body = new URLSearchParams(new FormData(form));
  if (submitter && submitter.name) body.append(submitter.name, submitter.value);
  const button = submitter || form.querySelector("button:not([type=button])");
  const label = button ? button.textContent : "";
  if (button) {
    button.disabled = true;
    if (!button.name) button.textContent = form.dataset.busy || label;
  }
  say(form, "");
  try {
    swapIn(form.dataset.swap, await fetched(form.action, { method: "POST", body }));
  } catch {
    // The hidden id goes with it again, so a second try cannot count twice.
    say(form, form.dataset.offline || "");
    if (button) {
      button.disabled = false;
      if (!button.name) button.textContent = label;
    }
  }
}

export function liveForms(root = document) {
  root.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-swap]");
    if (!form || event.defaultPrevented) return;
    event.preventDefault();
    submit(form, event.submitter);
  });
  root.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-swap]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    try {
      swapIn(link.dataset.swap, await fetched(link.href));
    } catch {
      window.location.assign(link.href);
    }
  });
  enhanceOrderings(root);
}
