// A click or tap anywhere on a map chooses the place whose marker is nearest. The list beside it is
// the same answer, and the way for keyboards and screen readers.

const middle = ({ left, top, width, height }) => [left + width / 2, top + height / 2];

function nearest(sheet, x, y) {
  let [found, least] = [null, Infinity];
  for (const mark of sheet.querySelectorAll("[data-place]")) {
    const [left, top] = middle(mark.querySelector(".map-letter").getBoundingClientRect());
    const distance = Math.hypot(left - x, top - y);
    if (distance < least) [found, least] = [mark, distance];
  }
  return found;
}

function choose(map, name) {
  const field = map.querySelector(`input[type=radio][value="${CSS.escape(name)}"]`);
  if (!field || field.disabled) return;
  field.checked = true;
  field.focus({ preventScroll: true });
  for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
}

export function enhanceMaps(root) {
  for (const map of root.querySelectorAll("[data-map]")) {
    const sheet = map.querySelector("[data-map-sheet]");
    sheet.classList.add("is-live");
    sheet.addEventListener("click", (event) => {
      const mark = nearest(sheet, event.clientX, event.clientY);
      if (mark) choose(map, mark.dataset.place);
    });
  }
}
