// Turns the numbered selects of a timeline into buttons that move an item up or down.

import { fill, h, icon } from "./dom.js";

function renumber(list) {
  const items = [...list.children];
  items.forEach((item, index) => {
    const select = item.querySelector("select");
    if (select) select.value = String(index + 1);
    item.querySelector("[data-up]").disabled = index === 0;
    item.querySelector("[data-down]").disabled = index === items.length - 1;
  });
}

function move(list, item, step, words, announce) {
  const items = [...list.children];
  const place = items.indexOf(item) + step;
  if (place < 0 || place >= items.length) return;
  if (step < 0) item.previousElementSibling.before(item);
  else item.nextElementSibling.after(item);
  renumber(list);
  for (const other of list.children) other.classList.toggle("is-moved", other === item);
  const wanted = item.querySelector(step < 0 ? "[data-up]" : "[data-down]");
  (wanted.disabled ? item.querySelector(step < 0 ? "[data-down]" : "[data-up]") : wanted).focus();
  const text = item.querySelector(".item-text").textContent.trim();
  announce(fill(words.moved, { item: text, place: place + 1, total: items.length }));
  list.dispatchEvent(new Event("change", { bubbles: true }));
}

function makeMovable(list, words, announce) {
  for (const item of list.children) {
    const text = item.querySelector(".item-text").textContent.trim();
    const button = (direction, step) =>
      h(
        "button",
        {
          type: "button",
          class: "button",
          [`data-${direction}`]: true,
          "aria-label": `${direction === "up" ? words.moveUp : words.moveDown}: ${text}`,
          onclick: () => move(list, item, step, words, announce),
        },
        icon(direction),
      );
    const select = item.querySelector("select");
    if (select) select.hidden = true;
    item.append(h("span", { class: "moves" }, button("up", -1), button("down", 1)));
    item.addEventListener("keydown", (event) => {
      if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
      event.preventDefault();
      move(list, item, event.key === "ArrowUp" ? -1 : 1, words, announce);
    });
  }
}

// Puts the items where their numbers say.
export function reorder(list) {
  const place = (item) => Number(item.querySelector("select").value);
  [...list.children].sort((one, other) => place(one) - place(other)).forEach((item) => list.append(item));
  renumber(list);
}

// The lists that the server drew: their words stand beside them.
export function enhanceOrderings(root) {
  for (const list of root.querySelectorAll("[data-ordering]")) {
    const place = list.closest("fieldset");
    const hint = place.querySelector("[data-ordering-hint]");
    const live = place.querySelector("[data-ordering-live]");
    const { up, down, moved } = list.dataset;
    const { enhancedHint, touchHint } = hint.dataset;
    hint.textContent = matchMedia("(hover: hover)").matches ? enhancedHint : touchHint;
    const words = {
      moveUp: up,
      moveDown: down,
      moved: moved.replace(/%\((\w+)\)s/g, "{$1}"),
    };
    makeMovable(list, words, (text) => {
      live.textContent = text;
    });
    reorder(list);
  }
}
