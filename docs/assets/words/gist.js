/* Where a paragraph has no English yet: each word of it by the lexicon, phrases and names together,
   numbers, dates and titles unfolded (line.js). It is no translation, says so, and is kept nowhere. */
(() => {
  "use strict";
  const { lexicon, make, say, wordByWord } = window.dwWords;

  const all = document.querySelector("[data-dw-gist='all']");
  const buttons = [...document.querySelectorAll("[data-dw-gist]")].filter((one) => one !== all);
  const title = document.querySelector("h1.dw-pair");

  const shownAfter = (place) => (place.nextElementSibling?.matches(".dw-gist") ? place.nextElementSibling : null);

  /** Put it behind a place, with its mark, or take it away. Not where the English of a pair is looked for. */
  async function show(place, original, isWanted) {
    if (!isWanted) return shownAfter(place)?.remove();
    if (shownAfter(place)) return undefined;
    const text = await wordByWord(original);
    if (shownAfter(place)) return undefined;
    const mark = make("p", { class: "dw-gist__mark" }, say("Word by word, not a translation"));
    return place.after(make("div", { class: "dw-gist" }, mark, make("p", { lang: "en" }, text)));
  }

  async function ofParagraph(button, isWanted) {
    const pair = button.closest(".dw-pair") ?? title; // that of the title stands below it
    await show(button, pair.querySelector(":scope > .dw-pair__id"), isWanted);
    button.setAttribute("aria-expanded", String(isWanted));
    const areAll = buttons.every((one) => one.getAttribute("aria-expanded") === "true");
    all?.setAttribute("aria-pressed", String(areAll));
  }

  /** What a button asks for: shown, or taken away if it is shown. */
  async function toggle(button) {
    if (button !== all) return ofParagraph(button, button.getAttribute("aria-expanded") !== "true");
    const isWanted = all.getAttribute("aria-pressed") !== "true";
    if (isWanted) await lexicon.whole();
    if (title.dataset.state === "missing") await show(title, title.querySelector(".dw-pair__id"), isWanted);
    for (const one of buttons) await ofParagraph(one, isWanted);
    return undefined;
  }

  window.dwWords.gist = toggle;
})();
