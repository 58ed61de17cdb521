/* What tests/browser/test_gates.py asks of a page that is open: an object of functions, each of which
   gives what it has found fault with, as lines of text. */
(() => {
  const SLACK = 2; // pixels: glyphs and letters' boxes are not of the same size
  const name = (one) => {
    const classes = [...one.classList].slice(0, 2).map((each) => `.${each}`).join("");
    return `${one.localName}${one.id ? `#${one.id}` : ""}${classes}`;
  };
  const told = (one) => `${name(one)} “${one.textContent.trim().replace(/\s+/g, " ").slice(0, 60)}”`;
  const isSeen = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const few = (found) => [...new Set(found)].slice(0, 8);

  /** Whether only a screen reader is to have it: cut down to a pixel, or to nothing. */
  const isForEars = (one) => {
    const { width, height } = one.getBoundingClientRect();
    return Math.min(width, height) <= 1 || /inset\(50%|rect\(0/.test(getComputedStyle(one).clipPath);
  };
  const lineage = (one) => (one && one !== document.documentElement ? [one, ...lineage(one.parentElement)] : []);
  const isClamped = (one) => getComputedStyle(one).webkitLineClamp !== "none"; // an excerpt says "…"

  /** Each piece of text that can be seen: its element and a rectangle of it. */
  function* texts() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      if (!node.data.trim() || !isSeen(element) || lineage(element).some(isForEars)) continue;
      range.selectNodeContents(node);
      for (const rect of range.getClientRects()) if (rect.width > 1 && rect.height > 1) yield [element, rect];
    }
  }

  /** Text that nobody can bring into sight, or only by scrolling sideways what is no table, code or chart. */
  function cut() {
    const width = document.documentElement.clientWidth;
    const found = [];
    for (const [element, rect] of texts()) {
      let scrolls = false;
      for (const one of lineage(element)) {
        if (isClamped(one)) break;
        const { overflowX, overflowY, position } = getComputedStyle(one);
        const box = one.getBoundingClientRect();
        if (/auto|scroll/.test(overflowX) && rect.right > box.right + SLACK) {
          scrolls = true;
          if (!one.querySelector("table, code, svg") && !one.closest("pre, code")) found.push(`scrolls sideways: ${told(one)}`);
        }
        const isOutX = rect.left < box.left - SLACK || rect.right > box.right + SLACK;
        const isOutY = rect.top < box.top - rect.height / 4 || rect.bottom > box.bottom + rect.height / 4;
        if (/hidden|clip/.test(overflowX) && isOutX && !scrolls) found.push(`cut off by ${name(one)}: ${told(element)}`);
        if (/hidden|clip/.test(overflowY) && isOutY) found.push(`cut off by ${name(one)}: ${told(element)}`);
        if (position === "fixed") break;
      }
      if (!scrolls && (rect.left < -1 || rect.right > width + 1)) found.push(`out of sight: ${told(element)}`);
    }
    const all = document.scrollingElement;
    if (all.scrollWidth > width) found.push(`the page scrolls sideways: ${all.scrollWidth} px in ${width}`);
    return few(found);
  }

  /** Texts that lie on one another. */
  function overlapping() {
    const all = [...texts()].filter(([one]) => !lineage(one).some(isClamped)).sort(([, one], [, other]) => one.top - other.top);
    const found = [];
    for (const [at, [element, rect]] of all.entries()) {
      for (let next = at + 1; next < all.length && all[next][1].top < rect.bottom - 4; next++) {
        const [other, its] = all[next];
        const over = Math.min(rect.right, its.right) - Math.max(rect.left, its.left);
        const down = Math.min(rect.bottom, its.bottom) - its.top;
        if (over > 4 && down > Math.min(rect.height, its.height) / 2) found.push(`${told(element)} under ${told(other)}`);
      }
    }
    return few(found);
  }

  /** Links in a line of other text that look like it. */
  function unmarked() {
    const found = [];
    for (const link of document.querySelectorAll("main :is(p, li, dd) > a[href]")) {
      const line = link.parentElement;
      const beside = [...line.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && /\p{L}/u.test(node.data));
      if (!beside || !isSeen(link)) continue;
      const [own, its] = [link, line].map((one) => getComputedStyle(one));
      const isMarked = own.textDecorationLine !== "none" || own.fontWeight !== its.fontWeight || own.borderBottomStyle !== "none";
      if (!isMarked) found.push(told(link));
    }
    return few(found);
  }

  const LOOK = ["backgroundColor", "color", "borderColor", "borderWidth", "borderStyle", "outlineStyle", "textDecorationLine", "fontWeight", "boxShadow", "visibility", "maskImage", "content"];
  const look = (one) =>
    [one, ...one.querySelectorAll("*")].slice(0, 12).flatMap((each) =>
      [null, "::before", "::after"].map((part) => LOOK.map((key) => getComputedStyle(each, part)[key]).join()),
    ).join();

  /** Buttons and links whose state cannot be seen: with it and without it they look the same. */
  function stateless() {
    const found = [];
    for (const one of document.querySelectorAll("button[aria-pressed], a[aria-current]")) {
      if (!isSeen(one)) continue;
      const attribute = one.hasAttribute("aria-pressed") ? "aria-pressed" : "aria-current";
      const before = one.getAttribute(attribute);
      const [here, elsewhere] = [look(one), (() => {
        if (attribute === "aria-current") one.removeAttribute(attribute);
        else one.setAttribute(attribute, String(before !== "true"));
        return look(one);
      })()];
      one.setAttribute(attribute, before);
      if (here === elsewhere) found.push(`${attribute}: ${told(one)}`);
    }
    return few(found);
  }

  /** What moves though the reader asks for no motion. */
  function moving() {
    const isLong = (times) => times.split(",").some((one) => parseFloat(one) * (one.endsWith("ms") ? 1 : 1000) > 10);
    const found = [];
    for (const one of document.querySelectorAll("*")) {
      for (const part of [null, "::before", "::after"]) {
        const style = getComputedStyle(one, part);
        if (isLong(style.transitionDuration)) found.push(`transition: ${name(one)}${part ?? ""}`);
        if (style.animationName !== "none" && isLong(style.animationDuration)) found.push(`animation: ${name(one)}${part ?? ""}`);
        if (!part && style.scrollBehavior === "smooth") found.push(`smooth scrolling: ${name(one)}`);
      }
    }
    return few(found);
  }

  /** Controls that do nothing without scripts. */
  function dead() {
    const found = [];
    for (const one of document.querySelectorAll("button, input:not([type=radio], [type=checkbox]), select, textarea, [role=button]")) {
      if (isSeen(one) && one.getClientRects().length && !one.closest("form[action]")) found.push(told(one));
    }
    return few(found);
  }

  const CONTROLS = "button, summary, [role=status], .dw-views, .dw-mute";

  /** The words that can be read in the page itself, without what is written on controls and about them. */
  function readable() {
    const said = new Set();
    for (const [element] of texts()) {
      if (element.closest(".dw-mark-of")) continue; // whether a reader of this device has read it
      if (element.closest("main") && !element.closest(CONTROLS)) said.add(element.textContent.trim().replace(/\s+/g, " "));
    }
    return [...said];
  }

  /** Texts in the face of the other language, or slanted: no face of ours is. Pages written in Indonesian
      are sans. */
  function misfaced() {
    const found = [];
    const isSerif = (one) => getComputedStyle(one).fontFamily.startsWith("Newsreader");
    for (const [one] of texts()) {
      if (getComputedStyle(one).fontStyle !== "normal") found.push(`slanted: ${told(one)}`);
      const spoken = one.closest("[lang]");
      if (spoken.matches("html[lang=id], .md-content, .md-sidebar") || one.closest("code, [class$=__brand], .dw-colophon__name")) continue;
      const isIndonesian = spoken.lang === "id";
      if (isSerif(one) !== isIndonesian) found.push(`${isIndonesian ? "Indonesian in sans" : "English in serif"}: ${told(one)}`);
    }
    return few(found);
  }

  // Lines of tables that are as good as their ground: less than three hundredths of the way from black to white.
  function unlined() {
    const channels = (colour) => colour.match(/[\d.]+/g).map(Number);
    const ground = channels(getComputedStyle(document.body).backgroundColor);
    const found = [];
    for (const one of document.querySelectorAll("td, th")) {
      const style = getComputedStyle(one);
      for (const side of ["Top", "Bottom"]) {
        if (!one.checkVisibility() || !parseFloat(style[`border${side}Width`])) continue;
        const [red, green, blue, alpha = 1] = channels(style[`border${side}Color`]);
        const away = [red, green, blue].reduce((sum, value, k) => sum + Math.abs(value - ground[k]) * alpha, 0);
        if (away < 0.03 * 3 * 255) found.push(`${side}: ${told(one)}`);
      }
    }
    return few(found);
  }

  return { cut, overlapping, unmarked, stateless, misfaced, unlined, moving, dead, readable };
})()
