/* A row under the meaning of a word: keep it, as one to learn, as known or not to be asked about again.

   Kept under the name `words` is {root: {s: "learning" | "known" | "ignored", f: form as met, g: gloss,
   id, en: sentence and its English, a: address of the article, p: its paragraph, t: its title, n: outlet,
   d: day of keeping, b: box, due: day of review}}; my-words.js shows it. */
(() => {
  "use strict";

  const { device, today } = dw;
  const { say, stateOf, wordsNow } = dwWords; // in the language of the page once a word is shown
  const states = () => ({ learning: say("Learn"), known: say("Known"), ignored: say("Ignore") });
  const LONGEST = 2000;

  function row(context) {
    if (!context.root) return null; // a name, or a word that nobody knows
    const place = document.createElement("p");
    place.className = "dw-keep";
    place.setAttribute("role", "group");
    place.setAttribute("aria-label", say("Your words"));
    const show = () => {
      for (const button of place.querySelectorAll("button"))
        button.setAttribute("aria-pressed", String(button.dataset.state === stateOf(context.root)));
    };
    for (const [state, text] of Object.entries(states())) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = text;
      button.dataset.state = state;
      button.addEventListener("click", () => {
        const words = { ...wordsNow() };
        const before = Object.hasOwn(words, context.root) ? words[context.root] : null;
        if (before?.s === state) delete words[context.root];
        else
          words[context.root] = {
            f: context.form,
            g: context.gloss,
            id: context.id.slice(0, LONGEST),
            en: context.en.slice(0, LONGEST),
            a: context.article,
            p: context.paragraph,
            t: context.title,
            n: context.source,
            d: today(),
            b: 0,
            ...before,
            s: state,
          };
        if (!device.set("words", Object.keys(words).length ? words : undefined))
          dw.complain(say("Your browser has no room for all of it"));
        show();
      });
      place.append(button);
    }
    show();
    return place;
  }

  (window.dwWordRows ??= []).push(row);
  Object.assign(window.dwWords, { keepRow: row });
})();
