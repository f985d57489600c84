// The lesson: questions answered in place, and a line that shows how far one has read.

import { liveForms } from "./live-form.js";

liveForms();

const line = document.querySelector("[data-reading] rect");
const text = document.querySelector("[data-lesson-text]");

if (line && text) {
  let waiting = false;
  const draw = () => {
    waiting = false;
    const { top, height } = text.getBoundingClientRect();
    const seen = (window.innerHeight - top) / height;
    line.setAttribute("width", `${Math.max(0, Math.min(100, seen * 100)).toFixed(1)}%`);
  };
  const soon = () => {
    if (!waiting) requestAnimationFrame(draw);
    waiting = true;
  };
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon);
  soon();
}
