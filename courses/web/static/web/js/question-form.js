// The form of a question: the linter reads along, claims are picked from a list, and what is too
// long to be sent stays here. Without this module "Check" does the same.

import { enhanceControls } from "./controls.js";
import { h } from "./dom.js";

const WAIT_MS = 600; // after the last change
const form = document.querySelector("form[data-check]");
const findings = document.querySelector("[data-findings]");
const preview = document.querySelector("[data-preview]");
const line = form.querySelector("[data-line-state]");
let timer = null;
let asked = null;

function say(text) {
  line.hidden = !text;
  line.textContent = text;
  line.classList.toggle("is-down", Boolean(text));
}

const fields = () => new URLSearchParams(new FormData(form));
const isTooLong = (body) => body.toString().length > Number(form.dataset.most);

function show({ findings: told, preview: sample, concluded }) {
  // Only what is new is to be read out.
  if (findings.dataset.told !== told) {
    findings.dataset.told = told;
    findings.innerHTML = told; // rendered and sanitised by the server
  }
  preview.innerHTML = sample;
  enhanceControls(preview);
  const place = form.querySelector("[data-concluded]");
  if (place) place.textContent = concluded;
}

async function check() {
  const body = fields();
  if (isTooLong(body)) {
    say(form.dataset.tooLong);
    return;
  }
  asked?.abort();
  asked = new AbortController();
  try {
    const response = await fetch(form.dataset.check, { method: "POST", body, signal: asked.signal, credentials: "same-origin" });
    if (response.status === 413) say(form.dataset.tooLong);
    else if (!response.ok || response.redirected) throw new Error(`HTTP ${response.status}`);
    else {
      show(await response.json());
      say("");
    }
  } catch (error) {
    if (error.name !== "AbortError") say(form.dataset.offline);
  }
}

form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(check, WAIT_MS);
});
// Before submit-once.js takes the form for sent.
document.addEventListener(
  "submit",
  (event) => {
    clearTimeout(timer);
    if (event.target !== form || !isTooLong(fields())) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    say(form.dataset.tooLong);
  },
  { capture: true },
);
enhanceControls(preview);

// --- Claims ---------------------------------------------------------------------------

const keys = form.elements.claims;
const list = form.querySelector("[data-claims]");
const chosen = form.querySelector("[data-chosen-claims]");
const search = form.querySelector("[data-claims-search]");
const items = [...list.querySelectorAll("[data-key]")];
const named = () => keys.value.split(/[\s,;、]+/).filter(Boolean);

function drawClaims() {
  const now = named();
  for (const item of items) {
    const button = item.querySelector("button");
    const isIn = now.includes(item.dataset.key);
    button.textContent = isIn ? list.dataset.remove : list.dataset.add;
    button.setAttribute("aria-label", `${button.textContent}: ${item.dataset.key}`);
  }
  const told = now.map((key) => items.find((item) => item.dataset.key === key)).filter(Boolean);
  chosen.replaceChildren(
    ...told.map((item) => h("li", {}, h("b", { translate: "no" }, item.dataset.key), " ", item.querySelector("span").textContent)),
  );
}

function toggle(key) {
  const now = named();
  keys.value = (now.includes(key) ? now.filter((one) => one !== key) : [...now, key]).join(", ");
  keys.dispatchEvent(new Event("input", { bubbles: true }));
}

for (const item of items) {
  item.append(h("button", { type: "button", class: "as-link", onclick: () => toggle(item.dataset.key) }));
}
if (items.length) {
  search.hidden = false;
  search.addEventListener("input", (event) => {
    event.stopPropagation(); // nothing of the question changed
    const words = event.target.value.toLowerCase();
    for (const item of items) item.hidden = !item.textContent.toLowerCase().includes(words);
  });
  // Enter would send the form.
  search.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
}
keys.addEventListener("input", drawClaims);
drawClaims();
