/* Search: the small part that every page loads. Everything else is fetched when somebody types three
   letters into a search box. What belongs to it: search/engine.js (which articles, in which order),
   files.js and codec.js (the index), words.js and query.js (what was typed), view.js, filters.js,
   names.js, entry.js and texts.js (what is shown), open.js (where). */
(() => {
  "use strict";
  const { root: ROOT, say } = dw;

  const SHORTEST = 3; // characters; an emoji is two and looked for in the search page

  const address = (name) => new URL(`assets/search/${name}.js`, ROOT).href;
  // All at once, or each would be asked for only when the one that imports it has come.
  const MODULES = "codec engine entry files filters names query texts view words".split(" ");
  const load = () => {
    for (const name of MODULES) {
      const link = document.createElement("link");
      Object.assign(link, { rel: "modulepreload", href: address(name) });
      document.head.append(link);
    }
    return import(address("open"));
  };
  const fail = (place) => {
    const note = document.createElement("p");
    note.className = "dw-search__failure";
    note.setAttribute("role", "alert");
    note.textContent =
      location.protocol === "file:"
        ? say("Search needs a web server: this page was opened as a file.")
        : say("Search could not be loaded.");
    if (dw.isKeeping())
      note.append(" ", dw.make("a", { href: new URL("offline/", ROOT) }, say("What is kept on this device")));
    place.append(note);
  };

  /* A box in the header: its results open below it. */
  function prepareBox(form) {
    const input = form.querySelector("input[type=search]");
    let started = false;
    const start = () => {
      if (started) return;
      started = true;
      load()
        .then((places) => places.openPanel(form, input, ROOT))
        .catch(() => fail(form));
    };
    const look = () => input.value.trim().length >= SHORTEST && start();
    input.addEventListener("focus", look);
    input.addEventListener("input", look);
    if (document.activeElement === input) look();
  }

  /* The search page: its own box, results in the page. */
  function preparePage(place) {
    load()
      .then((places) => places.openPage(place, ROOT))
      .catch(() => fail(place));
  }

  /* "/" and "s" lead to the box, wherever one is on the page, unless one is writing something. */
  function onKey(event) {
    if (event.key !== "/" && event.key !== "s") return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (document.documentElement.dataset.dwKeys === "off") return;
    const at = event.target;
    if (at instanceof HTMLElement && (at.isContentEditable || at.matches("input, textarea, select")))
      return;
    const input =
      document.querySelector("[data-dw-search-page] input[type=search]") ??
      document.querySelector("[data-dw-search] input[type=search]");
    if (!input) return;
    event.preventDefault();
    input.focus();
    input.select();
  }

  document.querySelectorAll("[data-dw-search]").forEach(prepareBox);
  document.querySelectorAll("[data-dw-search-page]").forEach(preparePage);
  document.addEventListener("keydown", onKey);
})();
