// What question forms need beyond what browsers give: each control has a module of its own.

import { enhanceMaps } from "./hotspot.js";
import { enhanceOrderings } from "./ordering.js";
import { countWords } from "./words.js";

export function enhanceControls(root) {
  enhanceOrderings(root);
  enhanceMaps(root);
  countWords(root);
}
