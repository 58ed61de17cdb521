/* Reading comfort on article pages: the four views, the partner of a sentence, keys. The page is
   complete without it. The view is set on <html data-dw-view> before the first paint by a line in
   overrides/main.html. */
(() => {
  "use strict";

  const words = JSON.parse(document.getElementById("dw-words")?.textContent ?? "{}");
  const say = (message) => words[message] ?? message;

  // A site opened from a disk has nobody who finds the page of a folder.
  if (location.protocol === "file:") {
    for (const link of document.querySelectorAll("a[href]")) {
      if (link.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html";
    }
  }

  // What scrolls in its own box on a hand-written page can be reached and scrolled by keyboard.
  function reachScrolled() {
    for (const box of document.querySelectorAll(".dw-prose :is(pre > code, .md-typeset__scrollwrap)")) {
      if (box.scrollWidth > box.clientWidth) {
        box.tabIndex = 0;
        box.setAttribute("role", "region");
        box.setAttribute("aria-label", box.localName === "code" ? say("Example, scrolls") : say("Table, scrolls"));
      } else for (const name of ["tabindex", "role", "aria-label"]) box.removeAttribute(name);
    }
  }
  if (document.querySelector(".dw-prose")) {
    window.addEventListener("load", reachScrolled);
    window.addEventListener("resize", reachScrolled);
  }

  // A link into a tab opens it: what Material's partials/javascripts/content.html does (9.8).
  const tab = document.getElementById(location.hash.slice(1));
  if (tab?.name?.startsWith("__tabbed_")) tab.checked = true;

  const VIEWS = ["both", "en", "id", "tap"];
  const NAMES = {
    both: say("Both languages"),
    en: say("English"),
    id: "Bahasa Indonesia",
    tap: say("English, original on tap"),
  };
  const MEMORY = "dwiwarta.view";

  const root = document.documentElement;
  const article = document.querySelector(".dw-article");
  const buttons = [...document.querySelectorAll(".dw-views button[data-view]")];
  if (!article || !buttons.length) return;
  const status = document.querySelector("[data-dw-status]");
  const text = article.querySelector(".dw-text");
  const pairs = [...text.querySelectorAll(".dw-pair")];

  // --- views ---

  function show(view) {
    root.dataset.dwView = view;
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(button.dataset.view === view));
    }
    if (view === "tap") addTapButtons();
    placeTabStop();
  }

  function remember(view) {
    try {
      localStorage.setItem(MEMORY, view);
    } catch {
      // Storage may be forbidden; the choice then lasts as long as the page.
    }
  }

  /** The reader's own choice: remembered, and kept in the address if the address names a view. */
  function choose(view) {
    const anchor = firstVisiblePair();
    const before = anchor ? anchor.getBoundingClientRect().top : 0;
    show(view);
    if (anchor) window.scrollBy({ top: anchor.getBoundingClientRect().top - before, behavior: "instant" });
    if (status) status.textContent = NAMES[view];
    remember(view);
    const address = new URL(location.href);
    if (address.searchParams.has("view")) {
      address.searchParams.set("view", view);
      history.replaceState(history.state, "", address);
    }
  }

  /** The first paragraph in sight, so that it stays where it is when the layout changes. */
  function firstVisiblePair() {
    if (window.scrollY < 40) return null;
    return pairs.find((pair) => pair.getBoundingClientRect().bottom > 60) || null;
  }

  for (const button of buttons) {
    button.addEventListener("click", () => choose(button.dataset.view));
  }

  // --- original on tap ---

  function addTapButtons() {
    if (text.dataset.tap) return;
    text.dataset.tap = "ready";
    for (const pair of pairs) {
      const original = pair.querySelector(":scope > .dw-pair__id");
      const english = pair.querySelector(":scope > .dw-pair__en > p[lang]");
      if (!original || !english || pair.dataset.state === "missing") continue;
      original.id = `${pair.id}-id`;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "dw-pair__tap";
      button.textContent = "ID";
      button.setAttribute("aria-label", say("Original of this paragraph"));
      button.setAttribute("aria-expanded", "false");
      button.setAttribute("aria-controls", original.id);
      english.append(" ", button);
    }
  }

  function toggleOriginal(pair) {
    const button = pair.querySelector(".dw-pair__tap");
    if (!button) return;
    const open = pair.classList.toggle("dw-is-open");
    button.setAttribute("aria-expanded", String(open));
  }

  text.addEventListener("click", (event) => {
    const pair = event.target.closest(".dw-pair");
    if (!pair) return;
    light(event.target);
    if (root.dataset.dwView !== "tap") return;
    if (!event.target.closest(".dw-pair__en") || event.target.closest("a, summary, details")) return;
    if (String(window.getSelection()).trim()) return; // the reader was selecting text
    toggleOriginal(pair);
  });

  // --- the partner of a sentence ---

  let lit = [];

  /** What lights up with an element: its sentence in both languages, else the whole pair. */
  function partners(element) {
    const pair = element.closest(".dw-pair");
    if (!pair || !text.contains(pair)) return [];
    const sentence = element.closest("[data-s]");
    if (sentence) return [...pair.querySelectorAll(`[data-s="${sentence.dataset.s}"]`)];
    return pair.querySelector("[data-s]") ? [] : [pair];
  }

  function light(element) {
    const next = element instanceof Element ? partners(element) : [];
    for (const old of lit) if (!next.includes(old)) old.classList.remove("dw-is-lit");
    for (const one of next) one.classList.add("dw-is-lit");
    lit = next;
  }

  text.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "touch") light(event.target);
  });
  text.addEventListener("pointerleave", () => light(text.contains(document.activeElement) ? document.activeElement : null));
  text.addEventListener("focusin", (event) => light(event.target));
  text.addEventListener("focusout", (event) => {
    if (!text.contains(event.relatedTarget)) light(null);
  });

  // --- stepping through pairs with j and k ---

  /** The elements to step through, in the language that is shown: sentences, else paragraphs. */
  function steps() {
    const side = root.dataset.dwView === "id" ? ".dw-pair__id" : ".dw-pair__en";
    return pairs.flatMap((pair) => {
      const sentences = [...pair.querySelectorAll(`:scope > ${side} [data-s], :scope > ${side}[data-s]`)];
      return sentences.length ? sentences : [pair];
    });
  }

  /** One stop of the Tab key leads into the text; from there j and k go on. */
  function placeTabStop() {
    const first = steps()[0];
    if (first) stopAt(first);
  }

  /** The link that corrects a paragraph follows the stop: Tab leads from a text to its own. */
  function stopAt(target) {
    for (const old of text.querySelectorAll(":is([data-s], .dw-pair)[tabindex='0']")) old.tabIndex = -1;
    target.tabIndex = 0;
    const pair = target.closest(".dw-pair");
    for (const link of text.querySelectorAll(".dw-pair__edit")) link.tabIndex = pair.contains(link) ? 0 : -1;
  }

  function step(by) {
    const all = steps();
    if (!all.length) return;
    const current = lit.length ? all.findIndex((one) => lit.includes(one)) : -1;
    const next = current < 0 ? nearest(all) : Math.min(Math.max(current + by, 0), all.length - 1);
    const target = all[next];
    stopAt(target);
    target.focus({ preventScroll: true });
    light(target);
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    target.scrollIntoView({ block: "center", behavior: calm ? "instant" : "smooth" });
  }

  /** Where stepping begins: the first step that is in sight. */
  function nearest(all) {
    const found = all.findIndex((one) => one.getBoundingClientRect().top >= 0);
    return found < 0 ? all.length - 1 : found;
  }

  // --- keys ---

  function typing(target) {
    return target instanceof Element && target.closest("input, textarea, select, [contenteditable], dialog");
  }

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.isComposing || typing(event.target)) return;
    if (event.key === "b") choose(VIEWS[(VIEWS.indexOf(root.dataset.dwView) + 1) % VIEWS.length]);
    else if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "Escape" && lit.length) light(null);
    else return;
    if (event.key !== "Escape") event.preventDefault();
  });

  show(VIEWS.includes(root.dataset.dwView) ? root.dataset.dwView : "both");
  // A view that the address asked for is a choice like any other.
  if (VIEWS.includes(new URLSearchParams(location.search).get("view"))) remember(root.dataset.dwView);
})();
