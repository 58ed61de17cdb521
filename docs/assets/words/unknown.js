/* The words of an article that its reader does not know yet, to be looked at before reading: roots that
   are neither kept as known nor ignored, those that stand in it most often first. Function words and
   names are left out. */
(() => {
  "use strict";
  const { contextOf, count, isUnknown, keepRow, make, rootsHere, say, wordsWith } = window.dwWords;

  const MOST = 20; // roots in the list

  const button = document.querySelector("[data-dw-unknown]");

  function item([root, { times, sentence, word, meaning }]) {
    const context = contextOf(sentence, word, meaning);
    const row = keepRow(context);
    row.setAttribute("aria-label", word.form);
    const form = make("b", { lang: "id", translate: "no" }, word.form);
    const gloss = make("span", { lang: "en" }, meaning.senses[0].glosses[0]);
    const isOther = root !== word.form.toLowerCase();
    const about = make("small", {}, isOther && make("span", { lang: "id", translate: "no" }, root), isOther && times > 1 && ", ", times > 1 && `${times}×`);
    return make("li", {}, make("p", {}, form, " ", gloss, " ", about), row);
  }

  async function show() {
    const unknown = (await rootsHere()).filter(isUnknown);
    const found = await wordsWith(unknown.slice(0, MOST));
    const list = make("ul", {}, ...[...found].map(item));
    const said = unknown.length ? say("The commonest in this article, without names and function words.") : say("You know all words of this article, names aside.");
    const box = make("div", { class: "dw-unknown__list" }, make("p", {}, said), list);
    if (button.getAttribute("aria-expanded") === "true") return; // pressed twice while it came
    button.after(box);
    button.setAttribute("aria-expanded", "true");
    await count();
  }

  function hide() {
    button.nextElementSibling?.remove();
    button.setAttribute("aria-expanded", "false");
  }

  window.dwWords.unknown = () => (button.getAttribute("aria-expanded") === "true" ? hide() : show());
})();
