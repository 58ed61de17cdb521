/* Words: the small part that every article loads. What is said of a word is fetched when the first one is
   touched, or looked for by the keyboard: words/*.js, and of the lexicon what that word needs. */
(() => {
  "use strict";

  const SCRIPTS = ["analyser", "lexicon", "sentence", "popup", "align", "newspaper", "partner", "keep", "others", "open"];
  const OURS = "button, a, summary, .dw-menu, .dw-act";

  const article = document.querySelector(".dw-article");
  if (!article) return;
  let loading = null;

  const add = (name, attributes) =>
    new Promise((done, fail) => {
      const element = document.createElement(name);
      Object.assign(element, { ...attributes, onload: done, onerror: fail });
      document.head.append(element);
    });
  const address = (name) => new URL(`assets/words/${name}`, dw.root).href;

  function load() {
    if (!loading) window.dwWordRows = []; // of a try before that failed
    loading ??= Promise.all([
      add("link", { rel: "stylesheet", href: address("popup.css") }),
      ...SCRIPTS.map((name) => add("script", { src: address(`${name}.js`), async: false })),
    ]).catch((error) => {
      loading = null;
      throw error;
    });
    return loading;
  }

  const fail = () => dw.complain(dw.say("Words could not be looked up."));

  article.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.detail > 1) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (!event.target.closest(".dw-pair__id") || event.target.closest(OURS)) return;
    if (String(getSelection()).trim()) return; // the reader was selecting text
    const { clientX, clientY } = event;
    load().then(() => dwWords.touch(clientX, clientY)).catch(fail);
  });

  // Word by word where there is no English, and what a reader does not know yet: each a file of its own.
  const ask = (button, name) =>
    load().then(() => dw.load("assets/words/more.css")).then(() => dw.load(`assets/words/${name}.js`)).then(() => dwWords[name](button));
  article.addEventListener("click", ({ target }) => {
    for (const name of ["gist", "unknown"]) {
      const button = target.closest(`[data-dw-${name}]`);
      if (button) ask(button, name).catch(fail);
    }
  });
  // Who keeps words is told how many are new, once the page has nothing else to do.
  const count = document.querySelector("[data-dw-words] [data-dw-unknown]");
  const idle = window.requestIdleCallback ?? setTimeout;
  if (count && !navigator.connection?.saveData)
    addEventListener("load", () => idle(() => ask(count.firstElementChild, "unknown").catch(() => {})));

  // The words of the sentence on which j and k have stopped.
  article.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!event.target.matches("[data-s], .dw-pair")) return;
    event.preventDefault();
    load().then(() => dwWords.step(event.target)).catch(fail);
  });
})();
