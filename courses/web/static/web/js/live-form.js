// Sends [data-swap] forms and links in the background and replaces the one element whose id
// they name by the same element of the page that comes back, and with it what [data-follows].
// Without it they load that page.

import { enhanceControls } from "./controls.js";

const FEEDBACK = "[data-feedback]";
const SEEN = 96; // pixels: a verdict and the line beneath it
const TOKEN = "input[name=csrfmiddlewaretoken]";
// Refusals that come as the question once more, with the reason in it.
const IN_PLACE = new Set([422, 429]);
// Refusals of a form that is too large to be read.
const TOO_LARGE = new Set([400, 413]);

async function fetched(url, options) {
  const response = await fetch(url, { credentials: "same-origin", ...options });
  const { ok, status } = response;
  if (!ok && !IN_PLACE.has(status)) throw Object.assign(new Error(`HTTP ${status}`), { status });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  return { page, url: response.url, ok };
}

// Who signed in or out in another tab has forms here that the server takes no more.
async function renewTokens() {
  const { page } = await fetched(window.location.href);
  const fresh = page.querySelector(TOKEN);
  if (!fresh) throw new Error("no token");
  for (const field of document.querySelectorAll(TOKEN)) field.value = fresh.value;
}

async function posted(form, submitter) {
  const body = () => {
    const fields = new URLSearchParams(new FormData(form));
    if (submitter && submitter.name) fields.append(submitter.name, submitter.value);
    return fields;
  };
  const post = () => fetched(form.action, { method: "POST", body: body() });
  try {
    return await post();
  } catch (error) {
    if (error.status !== 403) throw error;
  }
  await renewTokens();
  try {
    return await post();
  } catch (error) {
    // Not the token, then: the page as it is now says what to do.
    if (error.status === 403) window.location.reload();
    throw error;
  }
}

function swapIn(id, { page, url, ok }) {
  const fresh = page.getElementById(id);
  const old = document.getElementById(id);
  if (!fresh && !ok) throw new Error("refused elsewhere");
  if (!fresh || !old) {
    window.location.assign(url);
    return;
  }
  const { top } = old.getBoundingClientRect();
  old.replaceWith(document.adoptNode(fresh));
  // Browsers hold on to what stands below, and would push the question out of the window.
  window.scrollBy({ top: fresh.getBoundingClientRect().top - top, behavior: "instant" });
  document.title = page.title || document.title;
  for (const line of document.querySelectorAll("[data-follows]")) {
    const told = page.getElementById(line.id);
    if (told) line.replaceWith(document.adoptNode(told));
  }
  enhanceControls(fresh);
  focusOn(fresh);
  fresh.dispatchEvent(new Event("swapped", { bubbles: true }));
}

// Replaces the element of that id by what the page at `url` has there, unless another page has
// come meanwhile, the keyboard stands in it, or the line is down.
export async function renew(id, url) {
  const place = document.getElementById(id)?.parentElement;
  try {
    const { page } = await fetched(url);
    const fresh = page.getElementById(id);
    const old = document.getElementById(id);
    const same = old && old.parentElement === place && !old.contains(document.activeElement);
    if (fresh && same) old.replaceWith(document.adoptNode(fresh));
  } catch {
    // It is right again with the next page.
  }
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

// Scripts and some programs fill a field past its limit, which browsers do not check then.
function tooLong(form) {
  return [...form.elements].some(({ maxLength, value }) => maxLength > 0 && value.length > maxLength);
}

async function submit(form, submitter) {
  if (tooLong(form)) {
    say(form, form.dataset.tooLong || "");
    return;
  }
  const button = submitter || form.querySelector("button:not([type=button])");
  const label = button ? button.textContent : "";
  if (button) {
    button.disabled = true;
    if (!button.name) button.textContent = form.dataset.busy || label;
  }
  say(form, "");
  try {
    // Whoever has something of this form on its way names here what is to be waited for.
    const sending = new CustomEvent("form-sending", { bubbles: true, detail: { wait: [] } });
    form.dispatchEvent(sending);
    await Promise.allSettled(sending.detail.wait);
    const answer = await posted(form, submitter);
    form.dispatchEvent(new Event("form-sent", { bubbles: true }));
    swapIn(form.dataset.swap, answer);
  } catch (error) {
    // The hidden id goes with it again, so a second try cannot count twice.
    form.dispatchEvent(new Event("form-failed", { bubbles: true }));
    say(form, (TOO_LARGE.has(error.status) ? form.dataset.tooLong : form.dataset.offline) || "");
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
  enhanceControls(root);
}
