// Marking by keyboard: J and K go from answer to answer, and comments given before are used again.

const typing = (target) => target.closest("textarea, select, input:not([type=radio])");

addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || typing(event.target)) return;
  const link = document.querySelector(`a[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (link) {
    event.preventDefault();
    link.click();
  }
});

// What is not sent yet is not left without being asked; sending it is no leaving.
const form = document.querySelector("[data-marking]");
let unsent = false;
form?.addEventListener("input", () => {
  unsent = true;
});
form?.addEventListener("submit", () => {
  unsent = false;
});
addEventListener("beforeunload", (event) => unsent && event.preventDefault());

for (const button of document.querySelectorAll("[data-reuse]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const field = document.getElementById("comment");
    field.value = [field.value.trim(), button.dataset.reuse].filter(Boolean).join("\n");
    unsent = true;
    field.focus();
  });
}
