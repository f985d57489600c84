// The rows of a quiz: moved by buttons or Alt and the arrow keys, removed and added in place.
// Without this module each row has a number, a box to remove it, and there are some empty ones.

import { fill, h, icon } from "./dom.js";

const MANY = 12; // questions that are looked through at a glance
const list = document.querySelector("[data-slots]");
const live = document.querySelector("[data-slots-live]");
const hint = document.querySelector("[data-slots-hint]");
const total = document.querySelector("[name=slots-TOTAL_FORMS]");
const words = Object.fromEntries(
  Object.entries(list.dataset).map(([name, text]) => [name, text.replace(/%\((\w+)\)s/g, "{$1}")]),
);
const rows = () => [...list.children].filter((row) => !row.hidden);
const field = (row, name) => row.querySelector(`[name$="-${name}"]`);

function nameOf(row) {
  const link = row.querySelector("[data-slot-name]");
  if (link) return link.textContent.trim();
  const choice = field(row, row.dataset.slot === "pool" ? "pool" : "question")?.selectedOptions?.[0];
  return choice?.value ? choice.textContent.trim() : row.querySelector("legend").textContent.trim();
}

function renumber() {
  const all = rows();
  all.forEach((row, index) => {
    field(row, "ORDER").value = String(index + 1);
    row.querySelector("[data-move-up]").disabled = index === 0;
    row.querySelector("[data-move-down]").disabled = index === all.length - 1;
  });
}

function move(row, step) {
  const all = rows();
  const place = all.indexOf(row) + step;
  if (place < 0 || place >= all.length) return;
  if (step < 0) all[place].before(row);
  else all[place].after(row);
  renumber();
  const [wanted, other] = step < 0 ? ["up", "down"] : ["down", "up"];
  const button = row.querySelector(`[data-move-${wanted}]`);
  (button.disabled ? row.querySelector(`[data-move-${other}]`) : button).focus();
  live.textContent = fill(words.moved, { item: nameOf(row), place: place + 1, total: all.length });
}

function remove(row) {
  const all = rows();
  const place = all.indexOf(row);
  field(row, "DELETE").checked = true;
  live.textContent = fill(words.removed, { item: nameOf(row) });
  row.hidden = true;
  renumber();
  const next = all[place + 1] || all[place - 1];
  (next?.querySelector("[data-remove-row]") || document.querySelector("[data-add]")).focus();
}

// The questions of a long list are found by words of theirs, or of their names.
function searchable(row) {
  const select = field(row, "question");
  if (select?.tagName !== "SELECT" || select.options.length <= MANY) return;
  const all = [...select.children].map((child) => child.cloneNode(true));
  const find = h("input", { type: "search", class: "input" });
  find.addEventListener("input", () => narrow(select, all, find.value));
  find.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return; // it would save the whole form
    event.preventDefault();
    select.focus();
  });
  select.parentElement.before(h("label", { class: "find" }, words.find, find));
}

function narrow(select, all, typed) {
  const wanted = typed.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const chosen = select.value;
  const fits = ({ value, textContent }) => wanted.every((word) => `${textContent} ${value}`.toLocaleLowerCase().includes(word));
  const kept = (option) => !option.value || option.value === chosen || fits(option);
  const children = all.map((child) => child.cloneNode(true));
  for (const child of children.filter(({ tagName }) => tagName === "OPTGROUP")) {
    [...child.children].filter((option) => !kept(option)).forEach((option) => option.remove());
  }
  select.replaceChildren(...children.filter((child) => (child.tagName === "OPTGROUP" ? child.children.length : kept(child))));
  select.value = chosen;
  live.textContent = fill(words.found, { n: [...select.options].filter((option) => option.value && fits(option)).length });
}

function enhance(row) {
  searchable(row);
  const named = (label) => `${label}: ${nameOf(row)}`;
  const button = (attributes, ...children) => h("button", { type: "button", class: "button", ...attributes }, ...children);
  row.querySelector("[data-place]").hidden = true;
  row.querySelector("[data-delete]").hidden = true;
  row.querySelector("fieldset").append(
    h(
      "div",
      { class: "slot-moves" },
      button({ "data-move-up": true, "aria-label": named(words.up), onclick: () => move(row, -1) }, icon("up")),
      button({ "data-move-down": true, "aria-label": named(words.down), onclick: () => move(row, 1) }, icon("down")),
      button({ "data-remove-row": true, "aria-label": named(words.remove), onclick: () => remove(row) }, words.remove),
    ),
  );
  row.addEventListener("keydown", (event) => {
    if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    event.preventDefault();
    move(row, event.key === "ArrowUp" ? -1 : 1);
  });
}

function add(what) {
  const index = Number(total.value);
  const template = document.querySelector(`template[data-new="${what}"]`);
  const row = template.content.firstElementChild.cloneNode(true);
  row.innerHTML = row.innerHTML.replaceAll("__prefix__", String(index)); // the server's own markup
  total.value = String(index + 1);
  list.append(row);
  enhance(row);
  renumber();
  return row;
}

const isEmpty = (row) => !row.classList.contains("has-error") && !row.querySelector("[data-slot-name]") && !["question", "pool", "draw"].some((name) => field(row, name)?.value);

// Spare rows are for who has no buttons; only those at the end can go without a gap in the count.
while (list.lastElementChild && isEmpty(list.lastElementChild)) {
  list.lastElementChild.remove();
  total.value = String(Number(total.value) - 1);
}
const order = (row) => Number(field(row, "ORDER").value) || Infinity;
list.append(...[...list.children].sort((one, other) => order(one) - order(other)));
for (const row of list.children) {
  row.hidden = field(row, "DELETE").checked;
  enhance(row);
}
if (!rows().length) add("question");
renumber();
hint.textContent = hint.dataset.enhanced;
document.querySelector("[data-slots-add]").hidden = false;
for (const button of document.querySelectorAll("[data-add]")) {
  button.addEventListener("click", () => add(button.dataset.add).querySelector("select, input:not([type=hidden])").focus());
}
