// Narrows the glossary while one types. Without it the same field asks the server.

const place = document.querySelector("[data-glossary]");
const form = place.querySelector("[data-find]");
const field = form.querySelector("input[type=search]");
const found = place.querySelector("[data-found]");
const entries = [...place.querySelectorAll("[data-term]")];
const sections = [...place.querySelectorAll("[data-section]")];

const plain = (text) =>
  text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^\p{L}\p{N} ]/gu, "")
    .trim();

function counted(number) {
  if (!number) return found.dataset.none;
  const many = found.dataset.many.replace("{n}", number.toLocaleString(document.documentElement.lang));
  return number === 1 ? found.dataset.one : many;
}

function narrow() {
  const words = plain(field.value).split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const entry of entries) {
    entry.hidden = !words.every((word) => entry.dataset.term.includes(word));
    if (!entry.hidden) shown += 1;
  }
  for (const section of sections) {
    section.hidden = !section.querySelector("[data-term]:not([hidden])");
    const letter = section.querySelector("h2").id;
    place.querySelector(`[data-letter="${letter}"]`).hidden = section.hidden;
  }
  found.textContent = words.length ? counted(shown) : "";
}

// What the server has narrowed already has no more entries here: then it is asked again.
if (!field.value) {
  field.addEventListener("input", narrow);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    narrow();
  });
  form.querySelector("button").hidden = true;
  if (field.value) narrow();
  // A link to an entry that is hidden now shows all of them again.
  addEventListener("hashchange", () => {
    field.value = "";
    narrow();
    document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
  });
}
