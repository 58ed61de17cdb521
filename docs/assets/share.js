/* Addresses of paragraphs, and what is done with them: a button in each pair and two in the head of the
   article. What they open (share/menu.js) is fetched when one is pressed. */
(() => {
  "use strict";

  const { say } = dw;
  const text = document.querySelector(".dw-article .dw-text");
  if (!text) return;
  const pairs = [...text.querySelectorAll(":scope > .dw-pair")];
  const head = document.querySelector(".dw-acts");
  // Of each paragraph the line in the memory; 0 where it stands in none.
  const lines = (text.dataset.dwLines ?? "").split(" ").map(Number);

  /** What stands in an element, without the buttons of ours in it. */
  function plain(element) {
    if (!element) return "";
    const copy = element.cloneNode(true);
    for (const one of copy.querySelectorAll("button, .dw-hidden")) one.remove();
    return copy.textContent.replace(/\s+/g, " ").trim();
  }

  /** Both halves of a pair, or of one sentence of it, as elements; null for a half that is not there. */
  function halves(pair, sentence) {
    const within = (half) => {
      const paragraph = half?.matches("p, span") ? half : half?.querySelector(":scope > p[lang]");
      return (sentence && paragraph?.querySelector(`[data-s="${sentence}"]`)) || paragraph || null;
    };
    const half = (side) => pair.querySelector(`:scope > .dw-pair__${side}`);
    const english = half("en");
    return { id: half("id") && within(half("id")), en: english?.matches(".dw-pair__none") ? null : english && within(english) };
  }

  // Which sentence of a pair is meant: that which was pointed at, focused or touched last.
  const meant = new WeakMap();
  for (const kind of ["pointerover", "pointerdown", "focusin"]) {
    text.addEventListener(kind, ({ target }) => {
      const sentence = target.closest("[data-s]");
      if (sentence) meant.set(sentence.closest(".dw-pair"), sentence.dataset.s);
    });
  }

  let coming = null; // the button whose menu is being fetched: who presses it again means no other
  async function open(button, pair) {
    if (coming === button) return;
    coming = button;
    try {
      await Promise.all(["over.css", "menu.js"].map((name) => dw.load(`assets/share/${name}`)));
      if (coming === button) dwMenu.open(button, pair);
    } catch {
      location.hash = pair.id; // the address at least
    } finally {
      if (coming === button) coming = null;
    }
  }

  pairs.forEach((pair, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "dw-act dw-pair__act";
    button.setAttribute("aria-expanded", "false");
    const name = say("Paragraph %(number)s: link, copy, save", { number: at + 1 });
    button.setAttribute("aria-label", name);
    button.title = name;
    button.tabIndex = -1; // until j, k or Tab have led to its paragraph: reader.js
    button.addEventListener("click", () => open(button, pair));
    pair.append(...correction(pair, at + 1), button);
  });

  /** The way to the line of a paragraph in the memory, where the host of the code takes lines. A page of a
      hundred paragraphs would say its address a hundred times; without scripts the link in the head leads there. */
  function correction(pair, number) {
    const line = lines[number - 1];
    if (!line) return [];
    const link = document.createElement("a");
    link.className = "dw-pair__edit";
    link.href = text.dataset.dwCorrect.replaceAll("{line}", line);
    link.rel = "nofollow";
    const isMissing = (pair.dataset.state ?? text.dataset.state) === "missing";
    link.title = isMissing ? say("Add the English of paragraph %(number)s", { number }) : say("Correct paragraph %(number)s", { number });
    link.tabIndex = -1;
    return [link];
  }

  // A finger that rests on a paragraph brings its buttons; the browser's own selection goes on.
  let resting = 0;
  let hasRested = false;
  const offer = (pair) => {
    for (const one of pairs) one.classList.toggle("dw-is-at", one === pair);
  };
  text.addEventListener("pointerdown", (event) => {
    clearTimeout(resting);
    hasRested = false;
    const pair = event.target.closest(".dw-pair");
    if (event.pointerType !== "touch" || !pair) return;
    resting = setTimeout(() => {
      hasRested = true;
      offer(pair);
    }, 450);
  });
  // Browsers may call a finger a tap that has rested for long enough here: it asks for no word besides.
  text.addEventListener("click", (event) => {
    if (hasRested && !event.target.closest("a, button, summary")) event.preventDefault();
    hasRested = false;
  }, true);
  for (const kind of ["pointerup", "pointercancel"]) {
    window.addEventListener(kind, () => clearTimeout(resting)); // scrolling cancels a pointer
  }
  text.addEventListener("contextmenu", (event) => {
    if (event.pointerType === "touch") offer(event.target.closest(".dw-pair"));
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".dw-is-at")) offer(null);
  });

  const share = head?.querySelector("[data-dw-share]");
  share?.addEventListener("click", () => open(share, document.querySelector("h1.dw-pair")));

  // --- what is saved ---

  const save = head?.querySelector("[data-dw-save]");
  const source = document.querySelector(".dw-meta__source");

  /** What is kept of the article, with whatever it is kept for. */
  const origin = () => ({
    title: plain(document.querySelector(".dw-title .dw-pair__id")),
    outlet: plain(source),
    source: source?.querySelector("a")?.href,
    when: document.querySelector(".dw-meta__when time")?.dateTime,
  });

  function showSaved() {
    save?.setAttribute("aria-pressed", String(dwSaved.has("articles", dwSaved.here)));
    const sentences = new Set(dwSaved.all("sentences").map((one) => one.id));
    for (const pair of pairs) {
      for (const one of pair.querySelectorAll("[data-s]")) {
        one.classList.toggle("dw-is-saved", sentences.has(`${dwSaved.here}#${pair.id}s${one.dataset.s}`));
      }
      pair.classList.toggle("dw-is-saved", sentences.has(`${dwSaved.here}#${pair.id}`));
    }
  }
  save?.addEventListener("click", () => {
    if (dwSaved.has("articles", dwSaved.here)) dwSaved.remove("articles", dwSaved.here);
    else {
      const { id, en } = halves(document.querySelector("h1.dw-pair"));
      const value = { ...origin(), id: dwSaved.here, indonesian: plain(id), english: plain(en) };
      if (!dwSaved.put("articles", value)) dw.complain(say("Your browser has no room for this"));
    }
  });
  dwSaved.onChange(showSaved);
  showSaved();

  window.dwShare = Object.freeze({ halves, meant, open, origin, pairs, plain });
})();
