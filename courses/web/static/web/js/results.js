// The results: everything is opened for the printer, and drafts of the attempt are forgotten.

import { forgetDrafts } from "./autosave.js";

const results = document.querySelector("[data-results]");
const opened = [];

if (results) forgetDrafts(results.dataset.results);

addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("[data-results] details:not([open])")) {
    details.open = true;
    opened.push(details);
  }
});
addEventListener("afterprint", () => {
  for (const details of opened.splice(0)) details.open = false;
});
