/* How a word is touched: by a finger or the mouse, and by the keyboard, word by word of the sentence on
   which one stands. */
(() => {
  "use strict";
  const { Sentence, wordUnder, show, hide, isShown } = window.dwWords;

  /** The word under a point of the screen. */
  function touch(x, y) {
    leave();
    const found = wordUnder(x, y);
    if (found) return show(found.sentence, found.word);
    return hide();
  }

  /** Fetch what finds names and says what is known of them. */
  const loadNames = () => Promise.all(["names", "named"].map((name) => dw.load(`assets/words/${name}.js`)));

  /** A row below the meaning of a word with a capital: the name that it belongs to. */
  function nameRow(context) {
    if (context.form === context.form.toLowerCase()) return null;
    const box = dw.make("div", { class: "dw-word__name" });
    loadNames().then(() => window.dwWords.sayName(box, context)).catch(() => {}); // it is no more than a help
    return box;
  }

  /** What lies under a point of the English text, if it is a name. */
  async function touchEnglish(x, y) {
    leave();
    hide();
    await loadNames();
    return window.dwWords.touchName(x, y);
  }

  let walk = null; // { sentence, stops: [{ word, element }], back, takeAway, open }

  const halfOf = (place, side) => {
    const { s } = place.dataset;
    const half = place.closest(".dw-pair")?.querySelector(`:scope > .dw-pair__${side}`);
    return half && ((s && half.querySelector(`[data-s="${s}"]`)) ?? half.querySelector(":scope > p[lang]") ?? half);
  };

  /** Go from word to word of the Indonesian of a place, or of name to name where it is hidden: arrows
      lead on, Enter opens, Escape ends. */
  async function step(place) {
    leave();
    const element = halfOf(place, "id");
    if (element?.getClientRects().length) {
      const sentence = new Sentence(element);
      return along(place, sentence, sentence.words, (word, stop) => show(sentence, word, stop));
    }
    const english = halfOf(place, "en");
    if (!english) return undefined;
    const sentence = new Sentence(english);
    await loadNames();
    const { namesIn, showName } = window.dwWords;
    const stops = (await namesIn(sentence)).flatMap((name) => name.own.map(([start, end]) => ({ name, start, end })));
    stops.sort((a, b) => a.start - b.start);
    return along(place, sentence, stops, (stop, at) => showName(stop.name, stop, at));
  }

  function along(place, sentence, words, open) {
    const marks = words.map((word) => {
      return { word, takeAway: sentence.mark(word, { class: "dw-word-stop", role: "button", "aria-haspopup": "dialog", tabindex: "-1" }) };
    });
    const stops = marks.filter(({ takeAway }) => takeAway.marks.length).map(({ word, takeAway }) => ({ word, element: takeAway.marks[0] }));
    if (!stops.length) return;
    walk = { sentence, stops, open, back: place, takeAway: () => marks.forEach(({ takeAway }) => takeAway()) };
    sentence.element.addEventListener("keydown", onKey);
    sentence.element.addEventListener("focusout", onFocusOut);
    stops[0].element.focus({ preventScroll: true });
  }

  function leave({ back = false } = {}) {
    if (!walk) return;
    const { sentence, back: place, takeAway } = walk;
    walk = null;
    sentence.element.removeEventListener("keydown", onKey);
    sentence.element.removeEventListener("focusout", onFocusOut);
    takeAway();
    if (back) place.focus({ preventScroll: true });
  }

  function onKey(event) {
    if (!walk || event.ctrlKey || event.metaKey || event.altKey) return;
    const { stops, open } = walk;
    const at = stops.findIndex(({ element }) => element === document.activeElement);
    const last = stops.length - 1;
    const next = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: last }[event.key];
    if (next !== undefined) stops[Math.min(Math.max(next, 0), last)]?.element.focus({ preventScroll: true });
    else if (event.key === "Enter" || event.key === " ") {
      if (at >= 0) dw.wait(open(stops[at].word, stops[at].element), dw.say("Looking it up …"));
    } else if (event.key === "Escape") leave({ back: true });
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function onFocusOut({ relatedTarget }) {
    const isOurs = relatedTarget?.closest?.(".dw-word") || walk?.sentence.element.contains(relatedTarget);
    if (walk && !isOurs && !(relatedTarget === null && !document.hasFocus())) leave();
  }

  // A popup that ends elsewhere than it began ends the walk, too.
  window.dwWords.onHide.push(() =>
    setTimeout(() => {
      if (walk && !isShown() && !walk.sentence.element.contains(document.activeElement)) leave();
    }),
  );
  window.dwWordRows.unshift(nameRow);
  Object.assign(window.dwWords, { loadNames, touch, touchEnglish, step, leave });
})();
