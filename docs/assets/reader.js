/* Reading comfort on article pages: the five views, the partner of a sentence, keys. The page is
   complete without it. The view is set on <html data-dw-view> before the first paint by early.js. */
(() => {
  "use strict";

  const { say, remember } = dw;

  const root = document.documentElement;

  const VIEWS = ["both", "en", "id", "tap", "learn"];
  const NAMES = {
    both: say("Both languages"),
    en: say("English"),
    id: "Bahasa Indonesia",
    tap: say("English, original on tap"),
    learn: say("Indonesian, English on tap"),
  };

  const article = document.querySelector(".dw-article");
  const buttons = [...document.querySelectorAll(".dw-views button[data-view]")];
  if (!article || !buttons.length) return;
  const status = document.querySelector("[data-dw-status]");
  const text = article.querySelector(".dw-text");
  const pairs = [...text.querySelectorAll(".dw-pair")];
  const alone = article.classList.contains("dw-article--alone"); // no other view shows anything else

  // --- views ---

  function show(view) {
    root.dataset.dwView = view;
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(button.dataset.view === view));
    }
    if (view in HIDDEN) addTapButtons(view);
    placeTabStop();
  }

  /** The reader's own choice: remembered, and kept in the address if the address names a view. */
  function choose(view) {
    const place = placeInSight();
    const focused = document.activeElement;
    root.style.overflowAnchor = "none"; // the browser would move the page, too
    show(view);
    if (place) goTo(place);
    keepFocus(focused);
    requestAnimationFrame(() => root.style.removeProperty("overflow-anchor"));
    if (status) status.textContent = NAMES[view];
    remember("view", view);
    const address = new URL(location.href);
    if (address.searchParams.has("view")) {
      address.searchParams.set("view", view);
      history.replaceState(history.state, "", address);
    }
  }

  // --- the place on the page, kept when the layout changes ---

  const bar = document.querySelector(".dw-views");
  const units = (within) => {
    const sentences = [...within.querySelectorAll("[data-s]")];
    return sentences.length ? sentences : [...within.querySelectorAll(".dw-pair__id, .dw-pair__en")];
  };
  const top = (element) => element.getBoundingClientRect().top;
  let kept = null;

  /** The sentence that is lit, else the first that begins below the bar: which one, and where.

      While nobody scrolls it stays the same, so that going round the views comes back to it. */
  function placeInSight() {
    if (kept && Math.abs(kept.scroll - window.scrollY) < 1) return kept;
    const edge = Math.max(bar.getBoundingClientRect().bottom, 0);
    if (top(pairs[0] ?? text) >= edge) return null; // the head of the article is in sight
    const inSight = (one) => one.getClientRects().length && top(one) >= edge - 2 && top(one) < innerHeight;
    const all = pairs.filter((pair) => pair.getBoundingClientRect().bottom > edge).slice(0, 12);
    const one = lit.find(inSight) ?? all.flatMap(units).find(inSight) ?? (all[0] && units(all[0])[0]);
    if (!one) return null;
    const side = one.closest(".dw-pair__id") ? "id" : "en";
    return { pair: one.closest(".dw-pair"), sentence: one.dataset.s, side, at: top(one), scroll: 0 };
  }

  /** Bring the sentence of a place, or its partner, to where it was. */
  function goTo(place) {
    const sides = [place.side, place.side === "id" ? "en" : "id"];
    const same = sides.flatMap((side) => {
      const half = place.pair.querySelector(`:scope > .dw-pair__${side}`);
      return half ? [...units(half), half].filter((one) => !place.sentence || one.dataset.s === place.sentence || one === half) : [];
    });
    const target = same.find((one) => one.getClientRects().length) ?? place.pair;
    window.scrollBy({ top: top(target) - place.at, behavior: "instant" });
    kept = { ...place, scroll: window.scrollY };
  }

  /** A sentence that had the focus and is hidden now hands it to its partner. */
  function keepFocus(focused) {
    const pair = text.contains(focused) ? focused.closest(".dw-pair") : null;
    if (!pair || focused.closest(".dw-menu")) return;
    const all = steps().filter((one) => pair.contains(one));
    const { s } = focused.dataset;
    const partner = all.find((one) => one === focused) ?? all.find((one) => s && one.dataset.s === s) ?? all[0];
    if (!partner) return;
    stopAt(partner);
    if (focused.matches("[data-s], .dw-pair") || !focused.getClientRects().length) partner.focus({ preventScroll: true });
  }

  // What the address names does not hide under the bar, however high that is.
  new ResizeObserver(() => root.style.setProperty("--dw-views", `${bar.offsetHeight}px`)).observe(bar);

  for (const button of buttons) {
    button.addEventListener("click", () => choose(button.dataset.view));
  }

  // --- the other language on tap ---

  // What each of two views hides, and what the button says that brings it.
  const HIDDEN = {
    tap: { shown: "en", hidden: "id", opened: "dw-is-open", label: say("Original of this paragraph") },
    learn: { shown: "id", hidden: "en", opened: "dw-is-told", label: say("English of this paragraph") },
  };

  function addTapButtons(view) {
    const { shown, hidden, opened, label } = HIDDEN[view];
    for (const pair of pairs) {
      const half = pair.querySelector(`:scope > .dw-pair__${hidden}`);
      const text = pair.querySelector(shown === "en" ? ":scope > .dw-pair__en > p[lang]" : ":scope > .dw-pair__id");
      if (!half || !text || pair.dataset.state === "missing" || text.querySelector(".dw-pair__tap")) continue;
      half.id = `${pair.id}-${hidden}`;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "dw-pair__tap";
      button.textContent = hidden.toUpperCase();
      button.setAttribute("aria-label", label);
      button.setAttribute("aria-expanded", String(pair.classList.contains(opened)));
      button.setAttribute("aria-controls", half.id);
      button.lang = document.documentElement.lang;
      text.append(" ", button);
    }
  }

  function toggleHidden(pair, { shown, opened }) {
    const open = pair.classList.toggle(opened);
    pair.querySelector(`:scope > .dw-pair__${shown} .dw-pair__tap`).setAttribute("aria-expanded", String(open));
  }

  text.addEventListener("click", (event) => {
    const pair = event.target.closest(".dw-pair");
    if (event.defaultPrevented || !pair || event.target.closest(".dw-pair__act, .dw-menu")) return;
    light(event.target);
    const view = root.dataset.dwView;
    if (!(view in HIDDEN) || !pair.querySelector(".dw-pair__tap")) return;
    const button = event.target.closest(".dw-pair__tap");
    // English asks for its original wherever it is touched; a word of Indonesian, what it means.
    if (!button && !event.target.closest(".dw-pair__en")) return;
    if (!button && event.target.closest("a, button, summary, details")) return;
    if (!button && String(window.getSelection()).trim()) return; // the reader was selecting text
    toggleHidden(pair, HIDDEN[view]);
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

  // A page that moves under the pointer, to show what is said of a word, leaves its sentence lit.
  const isSaid = () => document.querySelector(".dw-word") !== null;
  // Nor does it take the sentence to which j or k have led from under the focus.
  let pointer = "";
  let steppedAt = null;
  const spot = ({ clientX, clientY }) => `${clientX} ${clientY}`;
  document.addEventListener("pointermove", (event) => (pointer = spot(event)), { passive: true });
  text.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch" || isSaid() || steppedAt === spot(event)) return;
    steppedAt = null;
    light(event.target);
  });
  // What is said of a word (word.js) belongs to its sentence.
  const isOfWord = (element) => element instanceof Element && element.closest(".dw-word") !== null;
  text.addEventListener("pointerleave", (event) => {
    const { relatedTarget } = event;
    if (steppedAt !== spot(event) && !isOfWord(relatedTarget) && !isSaid()) light(text.contains(document.activeElement) ? document.activeElement : null);
  });
  text.addEventListener("focusin", (event) => light(event.target));
  text.addEventListener("focusout", (event) => {
    if (!text.contains(event.relatedTarget) && !isOfWord(event.relatedTarget)) light(null);
  });

  // --- stepping through pairs with j and k ---

  /** The elements to step through, in the language that is shown: sentences, else paragraphs. */
  function steps() {
    const side = ["id", "learn"].includes(root.dataset.dwView) ? ".dw-pair__id" : ".dw-pair__en";
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

  /** The link and the button of a paragraph follow the stop: Tab leads from a text to its own. */
  function stopAt(target) {
    for (const old of text.querySelectorAll(":is([data-s], .dw-pair)[tabindex='0']")) old.tabIndex = -1;
    target.tabIndex = 0;
    const pair = target.closest(".dw-pair");
    for (const link of text.querySelectorAll(".dw-pair__edit, .dw-pair__act")) link.tabIndex = pair.contains(link) ? 0 : -1;
  }

  function step(by) {
    const all = steps();
    if (!all.length) return;
    const current = lit.length ? all.findIndex((one) => lit.includes(one)) : -1;
    const next = current < 0 ? nearest(all) : Math.min(Math.max(current + by, 0), all.length - 1);
    const target = all[next];
    steppedAt = pointer;
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

  // --- the sentence that the address names: "#p3s2" ---

  function showSentence() {
    const [, place, number] = location.hash.match(/^#(p\d+)s(\d+)$/) ?? [];
    const pair = place && document.getElementById(place);
    if (!pair || !text.contains(pair)) return;
    const found = [...pair.querySelectorAll(`[data-s="${number}"]`)].find((one) => one.getClientRects().length);
    const target = found ?? pair;
    light(target);
    target.scrollIntoView({ block: "center", behavior: "instant" });
  }
  window.addEventListener("hashchange", showSentence);

  // --- keys ---

  document.addEventListener("keydown", (event) => {
    if (!dw.isCommand(event)) return;
    if (root.dataset.dwKeys === "off" && event.key.length === 1) return;
    if (event.key === "b" && !alone) choose(VIEWS[(VIEWS.indexOf(root.dataset.dwView) + 1) % VIEWS.length]);
    else if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "Escape" && lit.length) light(null);
    else return;
    if (event.key !== "Escape") event.preventDefault();
  });

  show(VIEWS.includes(root.dataset.dwView) ? root.dataset.dwView : "both");
  // A view that the address asked for is a choice like any other.
  if (VIEWS.includes(new URLSearchParams(location.search).get("view"))) remember("view", root.dataset.dwView);
  showSentence();
})();
