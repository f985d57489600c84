// A button [data-show-password] that shows what was typed into the field whose id it names.

for (const button of document.querySelectorAll("[data-show-password]")) {
  const field = document.getElementById(button.dataset.showPassword);
  const words = { false: button.textContent, true: button.dataset.hide };
  const show = (shown) => {
    field.type = shown ? "text" : "password";
    button.textContent = words[shown];
    button.setAttribute("aria-pressed", String(shown));
  };
  button.hidden = !field;
  button.addEventListener("click", () => show(field.type === "password"));
  // Hidden again before it is sent: browsers offer to keep passwords, and not plain texts.
  field?.form?.addEventListener("submit", () => show(false));
}
