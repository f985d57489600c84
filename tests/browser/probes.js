// What a page is asked about itself: each probe returns the faults it found, as lines of text.
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const shown = (each) => each.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });
  // Clipped to nothing: there for screen readers, or until the focus comes.
  function forReaders(each) {
    for (let place = each; place && place !== document.body; place = place.parentElement) {
      if (place.matches(".skip") || getComputedStyle(place).clipPath === "inset(50%)") return true;
    }
    return false;
  }
  const says = (each) => (each.getAttribute("aria-label") || each.textContent || each.name || "").trim().replace(/\s+/g, " ").slice(0, 40);
  const name = (each) => `<${each.localName}${each.id ? `#${each.id}` : ""}${each.getAttribute("class") ? `.${each.getAttribute("class").split(" ").join(".")}` : ""}> “${says(each)}”`;
  const CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]";
  const controls = () => all(CONTROLS).filter((each) => shown(each) && !each.disabled && each.tabIndex >= 0);
  // A radio button is as large as its label, which takes the click for it.
  const targetOf = (each) => each.closest("label") || each;

  // --- Colours -----------------------------------------------------------------------------
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  function rgba(colour) {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  }
  const linear = (part) => (part <= 10 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
  const light = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  function contrast(one, other) {
    const [low, high] = [light(rgba(one)), light(rgba(other))].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  }
  function groundOf(each) {
    for (let place = each; place; place = place.parentElement) {
      const ground = getComputedStyle(place).backgroundColor;
      if (rgba(ground)[3] > 0.9) return ground;
    }
    return "Canvas";
  }

  // --- Room --------------------------------------------------------------------------------
  function wide() {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const out = all("body *").filter((each) => shown(each) && each.getBoundingClientRect().right > clientWidth + 1 && !each.closest(".scroll"));
    return [`${scrollWidth} wide in a window of ${clientWidth}: ${out.slice(0, 3).map(name).join(", ")}`];
  }

  // Regions that scroll sideways are for tables and pictures, and the keyboard gets there.
  function sideways() {
    const found = [];
    for (const each of all("body *")) {
      if (each.scrollWidth <= each.clientWidth + 1 || !["auto", "scroll"].includes(getComputedStyle(each).overflowX)) continue;
      if (!each.querySelector("table, svg") || each.tabIndex < 0) found.push(`scrolls sideways: ${name(each)}`);
    }
    return found;
  }

  function cut() {
    const found = [];
    for (const each of all("body *:not(svg *)")) {
      const { overflowX, overflowY, textOverflow } = getComputedStyle(each);
      if (!shown(each) || forReaders(each) || textOverflow === "ellipsis" || !each.textContent.trim()) continue;
      const hides = (way) => ["hidden", "clip"].includes(way);
      if ((hides(overflowX) && each.scrollWidth > each.clientWidth + 1) || (hides(overflowY) && each.scrollHeight > each.clientHeight + 1)) {
        found.push(`text is cut: ${name(each)}`);
      }
    }
    return found;
  }

  // Lines of text that lie on each other. What sticks to an edge may lie on what scrolls by.
  function heaped() {
    const lines = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const place = node.parentElement;
      if (!node.data.trim() || !shown(place) || forReaders(place) || stuck(place) || place.closest("option, template, script")) continue;
      range.selectNodeContents(node);
      for (const { left, right, top, bottom } of range.getClientRects()) {
        const slack = (bottom - top) / 4;
        if (right - left > 2) lines.push({ place, node, left: left + 1, right: right - 1, top: top + slack, bottom: bottom - slack });
      }
    }
    const found = new Set();
    lines.sort((one, other) => one.top - other.top);
    lines.forEach((one, index) => {
      for (let next = index + 1; next < lines.length && lines[next].top < one.bottom; next += 1) {
        const other = lines[next];
        if (other.node !== one.node && other.left < one.right && one.left < other.right) found.add(`text on text: ${name(one.place)} and ${name(other.place)}`);
      }
    });
    return [...found].slice(0, 4);
  }

  function stuck(each) {
    for (let place = each; place; place = place.parentElement) {
      if (["sticky", "fixed"].includes(getComputedStyle(place).position)) return true;
    }
    return false;
  }

  // --- Targets (2.5.8) -----------------------------------------------------------------------
  function small() {
    const targets = [...new Set(controls().map(targetOf))].filter((each) => !forReaders(each)).map((each) => ({ each, box: each.getBoundingClientRect() }));
    const isSmall = ({ box }) => box.width < 23.9 || box.height < 23.9;
    const inSentence = ({ each }) => {
      const block = each.closest("p, li, dd, td, th, .prose, .fine, .endnotes");
      return getComputedStyle(each).display === "inline" && block && block.textContent.trim().length > each.textContent.trim().length + 3;
    };
    const middle = ({ left, top, width, height }) => [left + width / 2, top + height / 2];
    const near = (one, other) => {
      const [x, y] = middle(one.box);
      if (isSmall(other)) {
        const [otherX, otherY] = middle(other.box);
        return Math.hypot(x - otherX, y - otherY) < 24;
      }
      const { left, right, top, bottom } = other.box;
      return Math.hypot(x - Math.max(left, Math.min(x, right)), y - Math.max(top, Math.min(y, bottom))) < 12;
    };
    return targets
      .filter((one) => isSmall(one) && !inSentence(one) && targets.some((other) => other !== one && !one.each.contains(other.each) && !other.each.contains(one.each) && near(one, other)))
      .map(({ each, box }) => `target of ${Math.round(box.width)} by ${Math.round(box.height)}: ${name(each)}`);
  }

  // --- Focus (2.4.7, 2.4.11, 1.4.11) -----------------------------------------------------------
  function ring(each) {
    if (each instanceof SVGElement) {
      const drawn = all("*", each).map((part) => getComputedStyle(part));
      const strong = ({ stroke, strokeWidth }) => parseFloat(strokeWidth) >= 2 && stroke !== "none" && contrast(stroke, groundOf(each)) >= 3;
      if (drawn.some(strong)) return null;
    }
    for (const place of [each, each.closest("label"), each.parentElement]) {
      if (!place) continue;
      const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(place);
      if (outlineStyle === "auto") return null;
      if (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2) {
        // The ring stands beside the element, on what is around it.
        return contrast(outlineColor, groundOf(place.parentElement)) >= 3 ? null : "its ring is hard to see";
      }
    }
    return "nothing shows the focus";
  }

  function covered(each) {
    const place = targetOf(each);
    const boxes = [...place.getClientRects()];
    const { innerWidth, innerHeight } = window;
    for (const { left, top, width, height } of boxes) {
      for (const across of [0.1, 0.5, 0.9]) {
        for (const down of [0.1, 0.5, 0.9]) {
          const [x, y] = [left + width * across, top + height * down];
          if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) continue;
          const hit = document.elementFromPoint(x, y);
          if (hit && (place.contains(hit) || hit.contains(place) || hit.closest("label, a, summary, button") === place)) return false;
        }
      }
    }
    return true;
  }

  function stop() {
    const each = document.activeElement;
    if (!each || each === document.body) return null;
    const unseen = ring(each);
    return [...(unseen ? [`${unseen}: ${name(each)}`] : []), ...(covered(each) ? [`the focus is hidden: ${name(each)}`] : [])];
  }

  // Every stop of the keyboard, one after the other. The key before made the ring be drawn.
  function stops() {
    const found = controls().filter((each) => each.tabIndex > 0).map((each) => `out of order: ${name(each)}`);
    for (const each of controls()) {
      each.focus();
      if (document.activeElement !== each) continue;
      found.push(...stop());
    }
    document.activeElement.blur();
    window.scrollTo({ top: 0, behavior: "instant" });
    return found;
  }

  // --- Words and order -------------------------------------------------------------------------
  function outline() {
    const headings = all("h1, h2, h3, h4, h5, h6").filter(shown);
    const level = (each) => Number(each.localName[1]);
    const found = [];
    if (headings.filter((each) => level(each) === 1).length !== 1) found.push(`not one first heading: ${headings.map((each) => each.localName).join(" ")}`);
    headings.forEach((each, index) => {
      if (!each.textContent.trim()) found.push(`an empty heading: ${name(each)}`);
      if (index && level(each) > level(headings[index - 1]) + 1) found.push(`a level is left out before ${name(each)}`);
    });
    for (const place of ["main", "header", "footer"]) {
      if (all(`body > ${place}`).length !== 1) found.push(`not one ${place}`);
    }
    return found;
  }

  function pictures() {
    const named = (each) => each.getAttribute("aria-label") || each.getAttribute("aria-labelledby") || each.querySelector("title");
    return all("svg")
      .filter((each) => shown(each) && !each.closest("[aria-hidden=true]") && !(["img", "group"].includes(each.getAttribute("role")) && named(each)))
      .map((each) => `a picture without a word: ${each.outerHTML.slice(0, 80)}`);
  }

  function tables() {
    const found = [];
    for (const table of all("table").filter(shown)) {
      const heads = all("th", table);
      if (!heads.length || heads.some((head) => !head.scope)) found.push(`headers without a scope: ${name(table)}`);
      if (!table.caption && !table.getAttribute("aria-labelledby") && !table.getAttribute("aria-label") && !table.closest("details, figure, [role=region]")) found.push(`a table without a name: ${name(table)}`);
    }
    return found;
  }

  function complaints() {
    const found = [];
    for (const each of all("[aria-invalid=true]")) {
      const by = (each.getAttribute("aria-describedby") || each.getAttribute("aria-errormessage") || "").split(" ");
      if (!by.some((id) => document.getElementById(id)?.textContent.trim())) found.push(`what is wrong is not told: ${name(each)}`);
    }
    return found;
  }

  // Words of one language beneath the mark of another, on the pages that are in Japanese.
  function tongues() {
    const found = new Set();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const place = node.parentElement;
      if (!shown(place) || place.closest("kbd, script, template, .brand, .nav-person, .colophon, [translate=no]")) continue;
      const lang = place.closest("[lang]").lang;
      if (lang === "ja" && /[A-Za-z]{3,}[^A-Za-z]+[A-Za-z]{2,}[^A-Za-z]+[A-Za-z]{2,}/.test(node.data)) found.add(`English that is marked as Japanese: ${node.data.trim().slice(0, 60)}`);
      if (lang === "en" && /[\u3040-\u30ff]/.test(node.data)) found.add(`Japanese that is marked as English: ${node.data.trim().slice(0, 60)}`);
    }
    if (document.documentElement.lang === "ja") {
      for (const [gap] of document.body.innerText.matchAll(/.{0,12}(?:[。、][ \u00a0]\S|：[ \u00a0][\u3040-\u9fff]).{0,8}/g)) found.add(`a gap that Japanese does not have: ${gap}`);
    }
    return [...found];
  }

  // --- Motion and forced colours -----------------------------------------------------------------
  function motion() {
    const longest = (times) => Math.max(...times.split(",").map((time) => parseFloat(time) * (time.trim().endsWith("ms") ? 1 : 1000)));
    const found = [];
    for (const each of all("*")) {
      for (const part of [null, "::before", "::after"]) {
        const { transitionDuration, animationDuration, animationName } = getComputedStyle(each, part);
        if (longest(transitionDuration) > 10 || (animationName !== "none" && longest(animationDuration) > 10)) found.push(`it moves: ${name(each)}`);
      }
    }
    if (getComputedStyle(document.documentElement).scrollBehavior !== "auto") found.push("it glides when it scrolls");
    return found.slice(0, 4);
  }

  // What is drawn has to stand out from the ground that the reader chose.
  function drawn() {
    const found = new Set();
    // What is left beside the part that counts, and grounds beneath what is drawn.
    const quiet = ".track, .off, .frame, .lost, .ground, [class^=swatch]";
    const { width } = document.documentElement.getBoundingClientRect();
    for (const each of all("svg :is(rect, path, circle, line, polyline, polygon)")) {
      if (!shown(each) || each.closest(quiet) || each.closest("defs, clipPath, pattern, mask, .brand")) continue;
      const box = each.getBoundingClientRect();
      if (!box.width && !box.height) continue;
      const { fill, stroke, opacity, fillOpacity, pointerEvents } = getComputedStyle(each);
      if (opacity === "0" || box.width > width * 2) continue;
      const inks = [fillOpacity === "0" ? "none" : fill, stroke].filter((ink) => ink !== "none" && rgba(ink)[3] > 0);
      const isIcon = each.closest("svg").viewBox?.baseVal?.width === 24;
      if (isIcon || !inks.length || pointerEvents === "all") continue;
      if (!inks.some((ink) => contrast(ink, "Canvas") >= 3)) found.add(`drawn without contrast: <${each.localName}.${each.getAttribute("class")}> of ${name(each.closest("svg"))}`);
    }
    return [...found].slice(0, 5);
  }

  const PROBES = { wide, sideways, cut, heaped, small, stops, outline, pictures, tables, complaints, tongues, motion, drawn };
  window.probe = (names) => names.flatMap((each) => PROBES[each]().map((line) => `${each}: ${line}`));
  window.probe.stop = stop;
  window.probe.dress = (css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = css ? [sheet] : [];
  };
})();
