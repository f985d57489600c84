// The lesson: questions answered in place, a line that shows how far one has read, and its
// contents, which show where one is.

import { liveForms } from "./live-form.js";

liveForms();

const line = document.querySelector("[data-reading] rect");
const text = document.querySelector("[data-lesson-text]");
const links = [...document.querySelectorAll("[data-sections] a")];
const headings = links.map((link) => document.getElementById(link.hash.slice(1)));

function showSection() {
  const passed = headings.findLastIndex((heading) => heading && heading.getBoundingClientRect().top < window.innerHeight / 3);
  links.forEach((link, index) => {
    if (index === passed) link.setAttribute("aria-current", "location");
    else link.removeAttribute("aria-current");
  });
}

if (line && text) {
  let waiting = false;
  const draw = () => {
    waiting = false;
    const { top, height } = text.getBoundingClientRect();
    const seen = (window.innerHeight - top) / height;
    line.setAttribute("width", `${Math.max(0, Math.min(100, seen * 100)).toFixed(1)}%`);
    showSection();
  };
  const soon = () => {
    if (!waiting) requestAnimationFrame(draw);
    waiting = true;
  };
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon);
  soon();
}
