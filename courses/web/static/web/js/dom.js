// Makes elements: h("p", { class: "quiet" }, "text", otherElement).

export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "html") element.innerHTML = value; // rendered and sanitised by the server
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

function shape(tag, attributes) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

const LINE = { fill: "none", stroke: "currentColor", "stroke-width": "2" };
const SHAPES = {
  right: [
    ["circle", { cx: 12, cy: 12, r: 11, fill: "currentColor" }],
    ["path", { d: "M6.8 12.6l3.5 3.5 7-7.6", fill: "none", stroke: "var(--paper)", "stroke-width": 2.4 }],
  ],
  nearly: [
    ["circle", { cx: 12, cy: 12, r: 10, ...LINE }],
    ["path", { d: "M12 2a10 10 0 0 1 0 20z", fill: "currentColor" }],
  ],
  wrong: [
    ["rect", { x: 2, y: 2, width: 20, height: 20, rx: 2, ...LINE }],
    ["path", { d: "M7.5 7.5l9 9M16.5 7.5l-9 9", ...LINE }],
  ],
  up: [["path", { d: "M12 19V5M6 11l6-6 6 6", ...LINE }]],
  down: [["path", { d: "M12 5v14M6 13l6 6 6-6", ...LINE }]],
};

export function icon(name) {
  const svg = shape("svg", { viewBox: "0 0 24 24", width: 24, height: 24, "aria-hidden": "true" });
  svg.append(...SHAPES[name].map(([tag, attributes]) => shape(tag, attributes)));
  return svg;
}

export function fill(template, values) {
  return template.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}
