// The timeline: zooms and filters without loading the page, walks from entry to entry by the
// arrow keys and shows where each comes from. The server draws; without this its links load.

const place = document.querySelector("[data-chronicle]");
const stage = place.querySelector("[data-stage]");
const form = place.querySelector("[data-filter]");
const panel = place.querySelector("[data-panel]");
const detail = place.querySelector("[data-detail]");
const said = place.querySelector("[data-said]");
const seen = new Map();
let latest = 0;

const all = (selector) => [...place.querySelectorAll(selector)];
const markOf = (key) => place.querySelector(`[data-mark="${CSS.escape(key)}"]`);
const entryOf = (key) => place.querySelector(`[data-entry="${CSS.escape(key)}"]`);
const view = (name) => place.querySelector(`a[data-view="${name}"]`);
const current = () => place.querySelector(".mark.is-here")?.dataset.mark || "";
const inView = (mark) => mark && mark.getClientRects().length > 0;

async function pageAt(address) {
  if (!seen.has(address)) {
    const response = await fetch(address, { credentials: "same-origin" });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    seen.set(address, await response.text());
  }
  return new DOMParser().parseFromString(seen.get(address), "text/html");
}

// Shows the view of a query; what was focused, or `key`, is focused again.
async function show(query, { key = current(), focus = null } = {}) {
  const mine = ++latest;
  stage.setAttribute("aria-busy", "true");
  try {
    const page = await pageAt(`?${query}`);
    if (mine !== latest) return;
    const held = document.activeElement?.dataset?.view;
    for (const part of all("[data-part]")) {
      const fresh = page.getElementById(part.id);
      if (fresh) part.replaceWith(document.adoptNode(fresh));
    }
    const shown = place.querySelector("#chronicle-picture").dataset.query;
    form.querySelector("[data-span]").value = new URLSearchParams(shown).get("span");
    history.replaceState(null, "", `?${shown}`);
    said.textContent = `${place.querySelector("#picture").textContent}: ${place.querySelector("[data-status]").textContent}`;
    settle(key);
    if (focus && inView(markOf(focus))) markOf(focus).focus();
    else if (held) place.querySelector(`[data-view="${CSS.escape(held)}"]`)?.focus();
  } catch {
    said.textContent = place.dataset.failed;
    said.classList.remove("sr-only");
    return;
  } finally {
    if (mine === latest) stage.removeAttribute("aria-busy");
  }
  said.classList.add("sr-only");
}

// One mark is the drawing's tab stop: the chosen one, else the first in time.
function settle(key) {
  for (const mark of all("[data-mark]")) mark.tabIndex = -1;
  const stop = markOf(key) || all("[data-entry]").map((one) => markOf(one.dataset.entry)).find(Boolean);
  if (stop) stop.tabIndex = 0;
  choose(markOf(key) ? key : "", { tell: false });
}

function choose(key, { tell = true } = {}) {
  for (const one of all(".is-here")) one.classList.remove("is-here");
  if (!key) return;
  const [mark, entry] = [markOf(key), entryOf(key)];
  for (const other of all("[data-mark]")) other.tabIndex = other === mark ? 0 : -1;
  mark?.classList.add("is-here");
  if (detail.dataset.key === key) return;
  detail.dataset.key = key;
  if (tell || !detail.childElementCount) detail.replaceChildren(...[...entry.children].map((one) => one.cloneNode(true)));
}

function clear(mark) {
  const under = mark.getBoundingClientRect().bottom - panel.getBoundingClientRect().top + 24;
  const top = mark.getBoundingClientRect().top;
  if (under > 0 && top > under) scrollBy({ top: under, behavior: "instant" });
}

function go(key) {
  const mark = markOf(key);
  if (mark) {
    mark.focus();
    return;
  }
  const query = new URLSearchParams(place.querySelector("#chronicle-picture").dataset.query);
  query.set("at", key);
  show(query, { key, focus: key });
}

function step(key, by) {
  const keys = all("[data-entry]").map((one) => one.dataset.entry);
  const next = by === "first" ? 0 : by === "last" ? keys.length - 1 : keys.indexOf(key) + by;
  if (keys[next]) go(keys[next]);
}

function zoom(name, key) {
  const link = view(name);
  if (!link) return;
  const query = new URLSearchParams(new URL(link.href).search);
  if (key) query.set("at", key);
  show(query, { key, focus: key });
}

const MOVES = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: "first", End: "last" };

place.addEventListener("keydown", (event) => {
  const mark = event.target.closest("[data-mark]");
  if (!mark || event.altKey || event.ctrlKey || event.metaKey) return;
  const key = mark.dataset.mark;
  const does = () => event.preventDefault();
  if (event.key in MOVES) does(step(key, MOVES[event.key]));
  else if (event.key === "+" || event.key === "=") does(zoom("closer", key));
  else if (event.key === "-") does(zoom("wider", key));
  else if (event.key === "Enter") {
    does();
    detail.querySelector("a")?.focus();
  }
});

panel.addEventListener("keydown", (event) => {
  if (event.key === "Escape") markOf(current())?.focus();
});

place.addEventListener("focusin", (event) => {
  const mark = event.target.closest("[data-mark]");
  if (!mark) return;
  choose(mark.dataset.mark);
  clear(mark);
});

place.addEventListener("click", (event) => {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
  const mark = event.target.closest("[data-mark]");
  const link = event.target.closest("a[data-view]");
  if (mark) {
    event.preventDefault();
    mark.focus({ preventScroll: true });
  } else if (link) {
    event.preventDefault();
    show(new URL(link.href).search.slice(1));
  }
});

form.addEventListener("change", () => show(new URLSearchParams(new FormData(form))));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  show(new URLSearchParams(new FormData(form)));
});

// Extras for pointers: the wheel with Ctrl (which is how a pinch arrives, too), and a drag.
let rested = true;
stage.addEventListener(
  "wheel",
  (event) => {
    if (!event.ctrlKey || !event.target.closest("[data-drawing]")) return;
    event.preventDefault();
    if (!rested) return;
    rested = false;
    setTimeout(() => { rested = true; }, 350);
    zoom(event.deltaY < 0 ? "closer" : "wider", current());
  },
  { passive: false },
);

let dragged = null;
stage.addEventListener("pointerdown", (event) => {
  if (event.pointerType === "mouse" && event.target.closest("[data-drawing]") && !event.target.closest("[data-mark]")) dragged = event.clientX;
});
addEventListener("pointerup", (event) => {
  const far = dragged === null ? 0 : event.clientX - dragged;
  dragged = null;
  const link = Math.abs(far) > 60 && view(far < 0 ? "later" : "earlier");
  if (link) show(new URL(link.href).search.slice(1));
});

form.querySelector("[data-show]").hidden = true;
place.querySelector("[data-keys]").hidden = false;
settle(place.querySelector("#chronicle-picture").dataset.here);
// After the browser has gone to the entry of the list that the address names, which takes the focus.
addEventListener("load", () => requestAnimationFrame(() => markOf(current())?.focus()));
