/* Names on the page of an article or a story: what is said of one that is touched, in either language, what else is
   here about it, and the quiet mark under all of them that a reader can switch on. The page itself has no
   marks: names.js finds them when a word with a capital is touched, and both are fetched then (open.js). */
(() => {
  "use strict";
  const { Sentence, dialog, head, lexicon, make, onHide, place, say, show, wordUnder } = window.dwWords;

  const MOST = 10; // articles
  const article = document.querySelector(".dw-article, .dw-story");
  const KINDS = () => ({
    country: say("country"),
    body: say("organisation"),
    institution: say("institution"),
    place: say("place"),
    person: say("person"),
  });

  /* --- which there are --------------------------------------------------------------------------- */

  /** Sentences with their partners, paragraphs where their sentences are not known, and the title. */
  const pairs = () =>
    [...article.querySelectorAll(".dw-pair > .dw-pair__id")]
      .flatMap((half) => {
        const parts = [...half.querySelectorAll("[data-s]")];
        return (parts.length ? parts : [half]).map((element) => new Sentence(element));
      })
      .map((sentence) => ({ sentence, partner: sentence.partner, isTitle: sentence.element.closest("h1") !== null }))
      .filter(({ partner }) => partner);

  /** By element of a sentence, in both languages: its names, each with where it stands there and beyond. */
  let ready = null;
  function prepare() {
    ready ??= Promise.all([lexicon.allRoots(), lexicon.file("names"), lexicon.file("places"), lexicon.ready()])
      .then(([roots, names, places]) => {
        const all = pairs();
        const texts = all.map(({ sentence, partner, isTitle }) => ({ id: sentence.text, en: partner.text, isTitle }));
        const found = new Map();
        for (const [at, names_] of dwNames.find(texts, dwNames.prepare(names, places, (word) => roots.has(word))).entries()) {
          const { sentence, partner } = all[at];
          found.set(sentence.element, names_.map((one) => ({ ...one, own: one.id, other: one.en, sentence, partner })));
          found.set(partner.element, names_.map((one) => ({ ...one, own: one.en, other: one.id, sentence: partner, partner: sentence })));
        }
        return found;
      })
      .catch((error) => {
        ready = null;
        throw error;
      });
    return ready;
  }

  const namesIn = async ({ element }) => (await prepare()).get(element) ?? [];
  const nameAt = async (sentence, { start }) =>
    (await namesIn(sentence)).find(({ own }) => own.some(([from, to]) => from <= start && start < to)) ?? null;

  /* --- what is said of one ------------------------------------------------------------------------- */

  const inEnglish = (text) => make("span", { lang: "en" }, text);
  const inIndonesian = (text) => make("b", { lang: "id", translate: "no" }, text);

  /** In both languages, as far as the popup does not say it above (`form`, `gloss`), and what it is. */
  function said({ name, english, entity }, form, gloss = "") {
    const kind = make("small", {}, KINDS()[entity?.kind] ?? say("name here"));
    if (name === form && [name, gloss].includes(english)) return make("p", { class: "dw-word__here" }, kind);
    return make("p", { class: "dw-word__here" }, inIndonesian(name), " ", name !== english && inEnglish(english), " ", kind);
  }

  /** Say below the meaning of an Indonesian word to which name it belongs, if to any. */
  async function sayName(box, { sentence, word, gloss }) {
    const name = await nameAt(sentence, word);
    if (!name) return;
    box.append(said(name, word.form, gloss), elsewhere(name));
    place();
  }

  let takeAway = [];
  onHide.push(() => {
    for (const one of takeAway.splice(0).reverse()) one();
  });

  /** What is said of a name that is touched in the English text. */
  function showName(name, range, back) {
    const [start, end] = name.own.find(([from, to]) => from <= range.start && range.start < to);
    return show(name.sentence, { form: name.english, start, end }, back, () => {
      if (name.partner.isShown) takeAway = name.other.map(([from, to]) => name.partner.mark({ start: from, end: to }, { class: "dw-word-of" }));
      const about = make("div", { id: "dw-word-said" }, said(name, name.english));
      return dialog(head(name.english, undefined, "en"), about, make("div", { class: "dw-word__rows" }, elsewhere(name)));
    });
  }

  /** What lies under a point in the English text, if it is a name. */
  async function touchName(x, y) {
    const found = wordUnder(x, y, "en");
    const name = found && (await nameAt(found.sentence, found.word));
    if (name) await showName(name, found.word);
  }

  /* --- what else is here --------------------------------------------------------------------------- */

  async function search({ name, entity }) {
    const address = (file) => new URL(`assets/search/${file}.js`, dw.root).href;
    const [{ Search }, { Files }, entry] = await Promise.all(["engine", "files", "entry"].map((file) => import(address(file))));
    const files = new Files(dw.root);
    const facets = await files.facets();
    const kind = entity?.kind === "body" ? "body" : "country";
    const facet = facets.find(({ id }) => entity?.key && id === `${kind}:${entity.key}`);
    const isAll = facet && entity.kind === kind; // tags know more than the words
    const asked = new Search(dw.root, files, isAll ? "" : `"${name}"`, { facets: isAll ? [facet.id] : [], newest: true, wordsOnly: true });
    await asked.prepare();
    await asked.take(MOST + 2); // this article is among them
    const names = new Map(facets.map((one) => [one.id, one]));
    const judge = window.dwMuted?.judge();
    const cards = await Promise.all(asked.results.map((item) => asked.card(item)));
    const here = dw.pathOf(location);
    const others = cards.filter((card) => `article/${card[0]}` !== here && !(judge && entry.isMuted(card, judge, names)));
    return { asked, facet, others, entry, query: isAll ? { [kind]: entity.key.toLowerCase() } : { q: `"${name}"` } };
  }

  function item([slug, indonesian, english, tag, date, source], { asked, entry }) {
    const link = make("a", { href: asked.address(slug), lang: "id" }, indonesian);
    const about = [date && make("time", { datetime: date }, dw.dayOf(date)), date && source && " · ", source];
    return make("li", {}, link, english && make("span", { lang: tag }, english), make("small", {}, ...about));
  }

  function links({ facet, query, others, entry }) {
    const page = new URL(document.querySelector("form[data-dw-search]")?.action ?? new URL("search/", dw.root));
    page.search = new URLSearchParams({ ...query, sort: "newest" }).toString();
    const all = others.length > 0 && make("a", { href: page.href }, say("All in the search"));
    const about = facet?.path && make("a", { href: new URL(facet.path, dw.root).href }, entry.namesOf(facet)[0]);
    return make("p", {}, about, about && all && " · ", all);
  }

  function elsewhere(name) {
    const button = make("button", { type: "button" }, say("What else is here"));
    const box = make("div", { class: "dw-word__others", role: "status" });
    button.addEventListener("click", async () => {
      const hadFocus = button.matches(":focus"); // which it loses with what it can do
      button.disabled = true;
      if (!box.isConnected) button.after(box);
      try {
        const found = await search(name);
        const list = make("ul", {}, ...found.others.slice(0, MOST).map((card) => item(card, found)));
        const none = make("p", {}, say("No other article here has this name."));
        box.replaceChildren(found.others.length ? list : none, links(found));
        if (hadFocus) box.querySelector("a")?.focus({ preventScroll: true });
        button.remove();
      } catch {
        const why = location.protocol === "file:" ? say("Search needs a web server: this page was opened as a file.") : say("Search could not be loaded.");
        box.replaceChildren(make("p", {}, why));
        button.disabled = false;
      }
      place();
    });
    return make("div", {}, button);
  }

  /* --- the mark under all of them ------------------------------------------------------------------ */

  // Painted by the browser: the text itself stays as it is, for screen readers, too. What is put into the
  // text and taken out again, as around a word that is touched, takes the paint off that place.
  const changes = new MutationObserver(() => paint());
  let isMarked = false; // as the reader wants it, also while names are still coming

  async function paint() {
    const found = [...(await prepare()).values()].flat();
    if (!isMarked) return;
    const ranges = found.flatMap(({ sentence, own }) => own.flatMap(([start, end]) => sentence.ranges({ start, end })));
    CSS.highlights.set("dw-names", new Highlight(...ranges));
  }

  async function markNames(isOn) {
    isMarked = isOn;
    changes.disconnect();
    CSS.highlights.delete("dw-names");
    if (!isOn) return;
    await paint();
    if (isMarked) changes.observe(article, { childList: true, subtree: true });
  }

  Object.assign(window.dwWords, { namesIn, sayName, showName, touchName, markNames });
})();
