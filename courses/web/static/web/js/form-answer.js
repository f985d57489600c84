// Between the fields of a question and the answer they make: a field `key` holds a text, `key[]`
// one of several, `key[part]` what belongs to a part. The server reads forms by the same rule.

import { reorder } from "./ordering.js";

const fields = (root) => [...root.querySelectorAll("[name]")].filter(({ name }) => name !== "csrfmiddlewaretoken");
const picked = (field) => !["radio", "checkbox"].includes(field.type) || field.checked;

function split(name) {
  const [, key, part] = name.match(/^([^[]*)(?:\[(.*)\])?$/);
  return [key, part];
}

// The answer that stands in the fields within `root`; null if nothing is given.
export function answerOf(root) {
  const answer = {};
  let given = false;
  for (const field of fields(root)) {
    if (field.tagName === "BUTTON" || !picked(field)) continue;
    const [key, part] = split(field.name);
    given ||= field.value.trim() !== "";
    if (part === undefined) answer[key] = field.value;
    else if (part === "") (answer[key] ||= []).push(field.value);
    else (answer[key] ||= {})[part] = field.value;
  }
  return given ? answer : null;
}

// Puts an answer that `answerOf` gave back into the fields.
export function fillIn(root, answer) {
  for (const field of fields(root)) {
    const [key, part] = split(field.name);
    const value = part ? answer[key]?.[part] : answer[key];
    if (value === undefined) continue;
    if (["radio", "checkbox"].includes(field.type)) field.checked = [value].flat().includes(field.value);
    else if (field.tagName !== "BUTTON") field.value = value;
    field.dispatchEvent(new Event("filled", { bubbles: true }));
  }
  root.querySelectorAll("[data-ordering]").forEach(reorder);
}

// Empties the fields within `root`. An order has no empty state: it stays.
export function clear(root) {
  for (const field of fields(root)) {
    if (field.tagName === "BUTTON" || field.closest("[data-ordering]")) continue;
    if (["radio", "checkbox"].includes(field.type)) field.checked = false;
    else if (field.tagName === "SELECT") field.selectedIndex = 0;
    else field.value = "";
    field.dispatchEvent(new Event("filled", { bubbles: true }));
  }
}
