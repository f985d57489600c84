// Counts the words of a long answer as the server does: runs between spaces, and each Han or kana
// character. It is said when the typing rests, not with every key.

const EAST_ASIAN = "\\u3005-\\u3007\\u3040-\\u30ff\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff";
const RUN = new RegExp(`[${EAST_ASIAN}]|[^\\s${EAST_ASIAN}]+`, "gu");
const REST = 600; // milliseconds

export function wordsIn(text) {
  return (text.match(RUN) || []).filter((run) => /[\p{L}\p{N}]/u.test(run)).length;
}

export function countWords(root) {
  for (const line of root.querySelectorAll("[data-words]")) {
    const field = root.querySelector(`#${CSS.escape(line.dataset.words)}`);
    if (!field) continue;
    const tell = () => {
      const count = wordsIn(field.value);
      const above = count > Number(line.dataset.most);
      const said = (above ? line.dataset.above : line.dataset.template).replace("{count}", count);
      if (line.textContent !== said) line.textContent = said;
      line.classList.toggle("is-above", above);
      line.hidden = false;
    };
    let waiting;
    const soon = () => {
      clearTimeout(waiting);
      waiting = setTimeout(tell, REST);
    };
    for (const kind of ["input", "filled"]) field.addEventListener(kind, soon);
    tell();
  }
}
