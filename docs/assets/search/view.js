/* What is shown of a search, wherever that is (see open.js). */

import { Search } from "./engine.js";
import { isMuted, make, namesOf, resultEntry, say } from "./entry.js";
import { Files } from "./files.js";
import { Filters } from "./filters.js";
import { namedIn } from "./names.js";

const DELAY = 120; // milliseconds without a key press before a search starts
const STEP = 10; // results that are shown, and how many more at "More"
const PANEL_ITEMS = 8;
const SHORTEST = 3; // characters; less is looked for only when Enter is pressed
// Whoever reads in one language gets the snippet in it, if the words are found in both.
const PREFERRED = { en: "en", tap: "en", id: "id" };
const NEVER = say("Nothing found · Tidak ditemukan");
const KIND_NAMES = { country: say("Country"), topic: say("Topic"), body: say("Organisation"), source: say("Source") };

const sites = new Map();
const filesOf = (root) => sites.get(root.href) ?? sites.set(root.href, new Files(root)).get(root.href);

/** The results of one box: status, filters and list, in `place`. */
export class View {
  onChange = () => {};
  #input;
  #files;
  #root;
  #panel;
  #status = make("p", { class: "dw-search__status", role: "status" });
  #hints = make("p", { class: "dw-search__hints" });
  #list = make("ol", { class: "dw-results" });
  #muted = make("p", { class: "dw-muted", hidden: true });
  #below = make("p", { class: "dw-search__below" });
  #filters;
  #limit = STEP;
  #run = 0;
  #timer = 0;
  #search = null;
  #coming = null; // the snippets of what is shown
  #showing = Promise.resolve();
  #sent = false; // whether a short query was sent with Enter

  constructor(input, place, root, { panel, address }) {
    this.#input = input;
    this.#root = root;
    this.#files = filesOf(root);
    this.#panel = panel;
    this.#sent = Boolean(address?.get("q"));
    this.#filters = new Filters(address, ({ opened } = {}) => (opened ? this.#more(0) : this.update({ sent: true })));
    this.#filters.clearButton.addEventListener("click", () => this.clear());
    place.append(this.#status, this.#hints, this.#filters.chips, this.#filters.element, this.#list, this.#muted, this.#below);
    input.addEventListener("input", () => {
      this.#sent = false;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.update(), DELAY);
    });
    input.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowDown" || !this.#links.length) return;
      event.preventDefault();
      this.#links[0].focus();
    });
    this.#list.addEventListener("keydown", (event) => this.#step(event));
    if (!this.#panel)
      for (const change of ["offline", "online"])
        addEventListener(change, () => this.hasQuery || this.update());
  }

  /** Whether there is anything to show: on the search page a filter alone is enough. */
  get hasQuery() {
    return this.#input.value.trim() !== "" || (!this.#panel && (this.#filters.isSet || this.#filters.isAll));
  }

  get #isShort() {
    const text = this.#input.value.trim();
    return text !== "" && text.length < SHORTEST && !this.#sent && !/\p{Extended_Pictographic}/u.test(text);
  }

  /** The state as the parameters of an address. */
  get address() {
    const out = new URLSearchParams();
    const text = this.#input.value.trim();
    if (text) out.set("q", text);
    this.#filters.addTo(out);
    return out;
  }

  /** The search page, in the language of the page where one types. */
  get #page() {
    return new URL(document.querySelector("form[data-dw-search]")?.action ?? new URL("search/", this.#root));
  }

  get #links() {
    return [...this.#list.querySelectorAll("li:not([hidden]) > a.dw-result__title")];
  }

  /** Empty the box and the filters. */
  clear() {
    this.#input.value = "";
    this.#filters.clear();
    this.#input.focus();
    this.update();
  }

  /** Search anew for what the box holds. `sent`: with Enter, so however short it is. */
  async update({ sent = false } = {}) {
    clearTimeout(this.#timer);
    this.#sent ||= sent;
    this.#limit = this.#panel ? PANEL_ITEMS : STEP;
    const run = ++this.#run;
    const query = this.#input.value;
    if (!this.hasQuery || this.#isShort) {
      this.#search = null;
      this.#list.replaceChildren();
      this.#below.replaceChildren();
      this.#hints.replaceChildren();
      this.#filters.show([], null, { visible: false });
      this.#status.textContent = this.hasQuery ? say("Three letters or more, or press Enter") : "";
      if (!this.hasQuery && !this.#panel && dw.isWithoutNetwork()) this.#fail();
      this.#settle(query);
      this.onChange();
      return;
    }
    this.onChange();
    if (!this.#list.children.length) this.#status.textContent = say("Searching…");
    this.#list.setAttribute("aria-busy", "true");
    this.#list.dataset.old = "";
    for (const isLast of [false, true])
      try {
        await this.#find(query, run);
        break;
      } catch (error) {
        if (run !== this.#run) return; // somebody typed on
        // The index may have been written anew since it was opened: once more, from its beginning.
        this.#files.reset();
        if (isLast) {
          console.warn("Search failed:", error);
          this.#fail();
        }
      }
    if (run === this.#run) this.#settle(query);
  }

  /** Tell which query the list answers now. */
  #settle(query) {
    this.#list.dataset.query = query;
    this.#list.removeAttribute("aria-busy");
    delete this.#list.dataset.old;
    this.#muted.hidden = !this.#list.querySelector("li[hidden]");
  }

  /** Search, showing what is found as it comes. Returns whether there was anything to search for. */
  async #ask(text, run, facets, options) {
    const chosen = this.#filters.options(this.#filters.isSet ? facets : []);
    const search = new Search(this.#root, this.#files, text, { ...chosen, ...options });
    const asked = await search.prepare();
    if (run !== this.#run) return asked;
    this.#search = { search, facets };
    if (asked) await search.take(this.#limit + 1, () => run === this.#run && this.#showItems(run));
    if (run === this.#run) await this.#showItems(run);
    return asked;
  }

  async #find(text, run) {
    // Needed before the search only where it is filtered.
    const coming = this.#files.facets();
    const facets = this.#filters.isSet ? await coming : coming.catch(() => []);
    let asked = await this.#ask(text, run, facets, {});
    // A date may also be one that texts speak of.
    const { search } = this.#search ?? {};
    if (asked && run === this.#run && !search.results.length && search.query.period) {
      asked = await this.#ask(text, run, facets, { wordsOnly: true });
      if (run === this.#run && !this.#search.search.results.length) this.#search = { search, facets };
    }
    if (run !== this.#run) return;
    if (!this.#search.search.results.length) this.#list.replaceChildren();
    this.#showStatus(asked);
    this.#showBelow();
    this.#search.facets = await facets;
    if (run !== this.#run) return;
    this.#showHints(asked);
    await this.#showCounts(run);
    this.onChange();
  }

  /** Bring the list up to the limit, one step after the other. */
  #showItems(run) {
    const next = this.#showing.then(() => this.#addItems(run));
    this.#showing = next.catch(() => {});
    return next;
  }

  async #addItems(run) {
    if (run !== this.#run) return;
    const { search } = this.#search;
    const facets = await this.#search.facets;
    const names = new Map(facets.map((facet) => [facet.id, facet]));
    const prefer = PREFERRED[document.documentElement.dataset.dwView];
    const items = search.results.slice(this.#search.shown ?? 0, this.#limit);
    const cards = await Promise.all(items.map((item) => search.card(item)));
    if (run !== this.#run || !items.length) return;
    const entries = cards.map((card) => resultEntry(card, search, prefer));
    const judge = window.dwMuted?.judge();
    entries.forEach(({ item }, i) => (item.hidden = Boolean(judge && isMuted(cards[i], judge, names))));
    if (!this.#search.shown) {
      this.#filters.show(facets, null, { visible: true }); // later they would push the list down
      this.#list.replaceChildren();
      delete this.#list.dataset.old;
    }
    this.#search.shown = (this.#search.shown ?? 0) + items.length;
    this.#list.append(...entries.map(({ item }) => item));
    this.#showMuted();
    this.#list.dataset.snippets = "coming";
    this.#coming = Promise.all([this.#coming, ...entries.map(({ settled }) => settled)]).then(() => {
      if (run === this.#run) this.#list.dataset.snippets = "there";
    });
  }

  /** One line for what the reader does not want to see, and the way to see it. */
  #showMuted() {
    const hidden = [...this.#list.querySelectorAll("li[hidden]")];
    const button = make("button", { type: "button" }, say("show"));
    button.addEventListener("click", () => {
      for (const item of hidden) item.hidden = false;
      this.#muted.hidden = true;
      hidden[0].querySelector("a").focus();
    });
    this.#muted.replaceChildren(`${say("%(num)s muted", { num: hidden.length })} – `, button);
    this.#muted.hidden = !hidden.length;
  }

  get #isMore() {
    const { search } = this.#search;
    return search.results.length > this.#limit || search.paused;
  }

  #showStatus(asked) {
    const { search } = this.#search;
    const n = search.results.length;
    const words = n === 1 ? say("1 article") : say("%(num)s articles", { num: n });
    const shown = Math.min(n, this.#limit);
    if (!asked) this.#status.textContent = say("Nothing to search for: type a word or a number");
    else if (n && search.complete) this.#status.textContent = words;
    else if (n) this.#status.textContent = say("The first %(shown)s of more articles", { shown });
    else if (search.paused) this.#status.textContent = say("Not found in the first articles that have these words");
    else this.#status.textContent = this.#filters.isSet ? say("Nothing found with these filters") : NEVER;
  }

  #fail() {
    this.#list.replaceChildren();
    this.#hints.replaceChildren();
    this.#filters.show([], null, { visible: false });
    if (dw.isWithoutNetwork()) {
      this.#status.textContent = say("Without network only what was looked for before is found.");
      this.#below.replaceChildren(this.#link("offline/", say("What is kept on this device")));
    } else {
      this.#status.textContent = say("Search could not be loaded. Articles can also be reached from here:");
      this.#below.replaceChildren(this.#link("country/", say("Countries")), " ", this.#link("topic/", say("Topics")));
      if (dw.isKeeping()) this.#below.append(" ", this.#link("offline/", say("What is kept on this device")));
    }
    this.onChange();
  }

  #link(path, text) {
    return make("a", { href: new URL(path, this.#root).href }, text);
  }

  /* --- hints ------------------------------------------------------------------------------- */

  /** Names that were asked for, the time that was understood, and nearly the same words. */
  #showHints(asked) {
    const { search, facets } = this.#search;
    const parts = [];
    if (asked) {
      const named = namedIn(search.query, facets, search.language);
      for (const { form, near } of named.length ? [] : search.missing)
        if (near.length) parts.push(this.#suggestion(form, near));
      if (search.query.period) {
        const { from, to } = search.query.period;
        const days = from === to ? dw.dayOf(from) : say("%(from)s to %(to)s", { from: dw.dayOf(from), to: dw.dayOf(to) });
        parts.push(make("span", {}, say("Published: %(days)s", { days })));
      }
      parts.push(...named.map((facet) => this.#nameLink(facet)));
    }
    this.#hints.replaceChildren(...parts.flatMap((part, i) => (i ? [" ", part] : [part])));
  }

  #suggestion(form, near) {
    const links = near.flatMap((word, i) => {
      const better = this.#replaced(form, word);
      const url = this.#page;
      url.search = new URLSearchParams({ q: better }).toString();
      const link = make("a", { href: url.href, class: "dw-search__near" }, word);
      link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        this.#input.value = better;
        this.#input.focus();
        this.update({ sent: true });
      });
      return i ? [", ", link] : [link];
    });
    return make("span", {}, `${say("Did you mean")} `, ...links, "?");
  }

  #replaced(form, word) {
    const text = this.#input.value;
    for (const { form: typed, start, end } of this.#search.search.language.tokens(text))
      if (typed.toLowerCase() === form.toLowerCase()) return text.slice(0, start) + word + text.slice(end);
    return word;
  }

  #nameLink(facet) {
    const { kind, key, path, articles } = facet;
    const url = path ? new URL(path, this.#root) : this.#page;
    if (!path) url.search = new URLSearchParams({ [kind]: key }).toString();
    const link = make("a", { href: url.href }, namesOf(facet)[0]);
    return make("span", { class: "dw-search__name" }, `${KIND_NAMES[kind]}: `, link, ` (${articles})`);
  }

  /** What one may do when nothing is found. */
  #nextStep() {
    const links = [this.#link("country/", say("countries")), ` ${say("and")} `, this.#link("topic/", say("topics"))];
    return make("span", {}, `${say("Try a shorter word, or browse")} `, ...links, ".");
  }

  /* --- results ----------------------------------------------------------------------------- */

  #showBelow() {
    const { search } = this.#search;
    const more = [];
    if (!search.results.length && !search.paused) more.push(this.#nextStep());
    else if (this.#panel) {
      const url = this.#page;
      url.search = this.address.toString();
      more.push(make("a", { href: url.href }, this.#isMore ? say("All results") : say("Open in the search page")));
    } else if (this.#isMore) {
      const button = make("button", { type: "button", class: "md-button" }, say("More results"));
      button.addEventListener("click", () => this.#more(STEP, button));
      more.push(button);
    }
    this.#below.replaceChildren(...more);
  }

  /** So many more results, and the focus at the first of them; 0: only what the filters need. */
  async #more(count) {
    if (!this.#search) return;
    const run = this.#run;
    const at = this.#links.length;
    this.#limit += count;
    try {
      if (count) await this.#search.search.take(this.#limit + 1);
      if (run !== this.#run) return;
      if (count) await this.#showItems(run);
      if (run !== this.#run) return;
      this.#showBelow();
      this.#showStatus(true);
      await this.#showCounts(run);
    } catch (error) {
      console.warn("Search failed:", error);
      if (run === this.#run) this.update({ sent: true });
      return;
    }
    if (count) this.#links[at]?.focus();
  }

  /** What the filters offer. Counting needs all results, so it waits until the filters are open. */
  async #showCounts(run) {
    const { search, facets } = this.#search;
    const visible = search.results.length > 0 || search.matched.length > 0;
    let counts = null;
    if (this.#filters.isOpen && !search.missing.length && search.query && visible) {
      await search.take(Infinity);
      counts = await search.counts();
      if (run !== this.#run) return;
      this.#showStatus(true);
      this.#showBelow();
    }
    this.#filters.show(facets, counts, { visible, sure: search.complete });
  }

  /** Arrow keys walk through the results; up from the first leads back to the box. */
  #step(event) {
    const links = this.#links;
    const at = links.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    if (to < 0) this.#input.focus();
    else links[Math.min(to, links.length - 1)].focus();
  }
}
