// The clock of a quiz with a deadline: counts down, says when little is left, hands in at the end.

import { saveNow } from "./autosave.js";
import { fill } from "./dom.js";

const SPOKEN_MINUTES = [10, 5, 1];

// The server's clock decides: what this device thinks the time is does not matter.
let skew = 0;
let spoken = null;
let ended = false;

function leftMs(timer) {
  return new Date(timer.dataset.deadline) - (Date.now() + skew);
}

function shown(milliseconds) {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, "0"));
  const hours = Math.floor(seconds / 3600);
  return (hours ? [hours, ...parts] : [Number(parts[0]), parts[1]]).join(":");
}

function speak(timer, milliseconds) {
  const minutes = Math.ceil(milliseconds / 60000);
  const mark = SPOKEN_MINUTES.find((one) => minutes === one && spoken !== one);
  if (!mark) return;
  spoken = mark;
  const { last, soon } = timer.dataset;
  timer.querySelector("[data-timer-live]").textContent = mark === 1 ? last : fill(soon, { n: mark });
}

async function end(timer) {
  ended = true;
  timer.querySelector("[data-timer-live]").textContent = timer.dataset.up;
  await saveNow();
  const token = document.querySelector("input[name=csrfmiddlewaretoken]").value;
  const { results } = document.querySelector("[data-attempt]").dataset;
  const body = new URLSearchParams({ csrfmiddlewaretoken: token });
  try {
    await fetch(results, { method: "POST", body, credentials: "same-origin" });
  } finally {
    window.location.assign(results);
  }
}

function tick() {
  const timer = document.querySelector("[data-timer]");
  if (!timer || ended) return;
  const left = leftMs(timer);
  timer.querySelector("[data-clock]").textContent = fill(timer.dataset.left, { time: shown(left) });
  timer.classList.toggle("is-short", left < 60000);
  speak(timer, left);
  if (left <= 0) end(timer);
}

export function countDown() {
  const timer = document.querySelector("[data-timer]");
  if (!timer) return;
  skew = new Date(timer.dataset.now) - Date.now();
  tick();
  setInterval(tick, 500);
  addEventListener("swapped", tick);
}
