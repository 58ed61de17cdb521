/* Words: the small part that every article and story loads. What is said of a word is fetched when the first one is
   touched, or looked for by the keyboard: words/*.js, and of the lexicon what that word needs. */
(() => {
  "use strict";

  const FIRST = ["files", "known"]; // what the number of words that are new needs
  const SCRIPTS = [
    ...["analyser", "sieve", "lexicon", "sentence", "place", "popup", "newspaper", "partner"],
    ...["keep", "others", "open"],
  ];
  const OURS = "button, a, summary, .dw-menu, .dw-act";

  const article = document.querySelector(".dw-article, .dw-story");
  if (!article) return;
  let loading = null;
  let early = null;
  const idle = window.requestIdleCallback ?? setTimeout;

  const add = (name, attributes) =>
    new Promise((done, fail) => {
      const element = document.createElement(name);
      Object.assign(element, { ...attributes, onload: done, onerror: fail });
      document.head.append(element);
    });
  const address = (name) => new URL(`assets/words/${name}`, dw.root).href;

  const scripts = (names) => names.map((name) => add("script", { src: address(`${name}.js`), async: false }));

  function first() {
    early ??= Promise.all(scripts(FIRST)).catch((error) => {
      early = null;
      throw error;
    });
    return early;
  }

  function load() {
    if (!loading) window.dwWordRows = []; // of a try before that failed
    loading ??= Promise.all([first(), add("link", { rel: "stylesheet", href: address("popup.css") }), ...scripts(SCRIPTS)]).catch((error) => {
      loading = null;
      throw error;
    });
    return loading;
  }

  const fail = () => dw.complain(dw.say("Words could not be looked up."));
  // What is asked for last is shown: who has pressed something else while a word came wants that.
  let asked = 0;
  document.addEventListener("click", () => asked++, true);
  const look = (what) => {
    const turn = ++asked;
    return dw.wait(load().then(() => turn === asked && what()), dw.say("Looking it up …")).catch(fail);
  };

  /** Where a click was, in an element that may have moved until the scripts are there. */
  function placeOf({ target, clientX, clientY }) {
    const half = target.closest(".dw-pair__id, .dw-pair__en");
    const { left, top } = half.getBoundingClientRect();
    return () => {
      const now = half.getBoundingClientRect();
      return [clientX - left + now.left, clientY - top + now.top];
    };
  }

  article.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.detail > 1) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (event.target.closest(OURS) || String(getSelection()).trim()) return; // the reader was selecting text
    if (event.target.closest(".dw-pair__id")) {
      const place = placeOf(event);
      look(() => dwWords.touch(...place()));
    } else if (mayBeName(event)) {
      const place = placeOf(event);
      look(() => dwWords.touchEnglish(...place()));
    }
  });

  /** Whether a capital of the English text was touched. Where a touch brings the original, it does no more. */
  function mayBeName({ target, clientX, clientY }) {
    // A story has no views, whatever that of articles is.
    const isTap = article.matches(".dw-article") && document.documentElement.dataset.dwView === "tap";
    if (isTap || !target.closest(".dw-pair__en [lang], .dw-pair__en[lang]")) return false;
    const caret = document.caretPositionFromPoint?.(clientX, clientY);
    const range = caret ? null : document.caretRangeFromPoint?.(clientX, clientY);
    const text = (caret?.offsetNode ?? range?.startContainer)?.data ?? "";
    const at = caret?.offset ?? range?.startOffset ?? 0;
    return /\p{Lu}[\p{L}’'-]*$/u.test(text.slice(0, at)) || /^\p{Lu}/u.test(text.slice(at));
  }

  // Names: marked where the browser can do so without touching the text, by choice and from then on.
  const names = document.querySelector("[data-dw-names]");
  const markNames = (isOn) => {
    names.setAttribute("aria-pressed", String(isOn));
    return load().then(() => dwWords.loadNames()).then(() => dwWords.markNames(isOn));
  };
  if (names && !("highlights" in CSS)) names.hidden = true;
  else if (names) {
    const isOn = dw.device.get("names", false) === true;
    names.setAttribute("aria-pressed", String(isOn));
    if (isOn) addEventListener("load", () => idle(() => markNames(true).catch(() => {})));
    names.addEventListener("click", () => {
      const isOn = names.getAttribute("aria-pressed") !== "true";
      dw.device.set("names", isOn || undefined);
      markNames(isOn).catch(fail);
    });
  }

  // Word by word where there is no English, and what a reader does not know yet: each a file of its own.
  const NEEDS = { gist: ["more.css", "line.js"], unknown: ["more.css", "here.js"] };
  const part = (name) => dw.load(`assets/words/${name}`);
  const ask = (button, name) =>
    load().then(() => Promise.all(NEEDS[name].map(part))).then(() => part(`${name}.js`)).then(() => dwWords[name](button));
  article.addEventListener("click", ({ target }) => {
    for (const name of Object.keys(NEEDS)) {
      const button = target.closest(`[data-dw-${name}]`);
      if (button) ask(button, name).catch(fail);
    }
  });
  // Who keeps words is told how many are new, once the page has nothing else to do.
  const count = document.querySelector("[data-dw-words] [data-dw-unknown]");
  if (count && !navigator.connection?.saveData)
    addEventListener("load", () => idle(() => first().then(() => dwWords.count()).catch(() => {})));

  // The view for learners has choices of its own, which are fetched there.
  const view = document.documentElement.dataset;
  async function learn() {
    if (view.dwView === "learn") await Promise.all(["learn.css", "learn.js"].map(part));
    await window.dwLearn?.(load);
  }
  const learner = () => learn().catch(fail);
  if (article.querySelector("[data-dw-learn]")) {
    new MutationObserver(learner).observe(document.documentElement, { attributeFilter: ["data-dw-view"] });
    learner();
  }

  // The words of the sentence on which j and k have stopped.
  article.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!event.target.matches("[data-s], .dw-pair")) return;
    event.preventDefault();
    look(() => dwWords.step(event.target));
  });
})();
