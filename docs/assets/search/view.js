/* What is shown of a search, wherever that is (see open.js).

   All text from articles reaches the page as text nodes, never as HTML. */

import { Engine } from "./engine.js";
import { make, resultEntry } from "./entry.js";

const DELAY = 180; // milliseconds without a key press before a search starts
const STEP = 40; // how many results of each language are looked at, and how many more at "More"
const PANEL_ITEMS = 8;
// Whoever reads in one language gets the snippet in it, if the words are found in both.
const PREFERRED = { en: "en", tap: "en", id: "id" };
const UNKNOWN = "dwx"; // the token of no country and no topic

/** Whether `value` is what an address calls `name`: "US" or "us", "medtop:11000000" or "politics". */
const isNamed = (value, name) => [value.key.toLowerCase(), value.slug].includes(name.toLowerCase());

const engines = new Map();
const engineOf = (root) => engines.get(root.href) ?? engines.set(root.href, new Engine(root)).get(root.href);

/** The results of one box: status, filters and list, in `place`. */
export class View {
  onChange = () => {};
  #input;
  #engine;
  #root;
  #panel;
  #status = make("p", { class: "dw-search__status", role: "status" });
  #list = make("ol", { class: "dw-results" });
  #filters = make("div", { class: "dw-search__filters", hidden: true });
  #below = make("p", { class: "dw-search__below" });
  #selects = {};
  #sort;
  #names = new Map(); // token → country or topic
  #chosen = {};
  #limit = STEP;
  #run = 0;
  #timer = 0;
  #shown = { items: [], complete: true };

  constructor(input, place, root, { panel, address }) {
    this.#input = input;
    this.#root = root;
    this.#engine = engineOf(root);
    this.#panel = panel;
    this.#chosen = { country: address?.get("country") ?? "", topic: address?.get("topic") ?? "" };
    this.#makeFilters(address?.get("sort") === "newest");
    place.append(this.#status, this.#filters, this.#list, this.#below);
    input.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.update(), DELAY);
    });
    input.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowDown" || !this.#links.length) return;
      event.preventDefault();
      this.#links[0].focus();
    });
    this.#list.addEventListener("keydown", (event) => this.#step(event));
  }

  /** Whether there is anything to search for: on the search page a filter alone is enough. */
  get hasQuery() {
    return this.#input.value.trim() !== "" || (!this.#panel && this.#isFiltered);
  }

  get #isFiltered() {
    return Object.values(this.#chosen).some(Boolean);
  }

  /** The state as the parameters of an address. */
  get address() {
    const out = new URLSearchParams();
    const state = {
      q: this.#input.value.trim(),
      country: this.#chosen.country,
      topic: this.#chosen.topic,
      sort: this.#sort.value,
    };
    for (const [name, value] of Object.entries(state)) if (value) out.set(name, value);
    return out;
  }

  get #links() {
    return [...this.#list.querySelectorAll("a")];
  }

  /** Empty the box and the filters. */
  clear() {
    this.#input.value = "";
    this.#chosen = { country: "", topic: "" };
    this.#input.focus();
    this.update();
  }

  /** Search anew for what the box holds. */
  async update({ keepLimit = false } = {}) {
    clearTimeout(this.#timer);
    if (!keepLimit) this.#limit = STEP;
    const run = ++this.#run;
    const query = this.#input.value;
    if (!this.hasQuery) {
      this.#shown = { items: [], complete: true };
      this.#list.replaceChildren();
      this.#below.replaceChildren();
      this.#filters.hidden = true;
      this.#status.textContent = "";
      this.#settle(query);
      this.onChange();
      return;
    }
    this.onChange();
    if (!this.#list.children.length) this.#status.textContent = "Searching…";
    this.#list.setAttribute("aria-busy", "true");
    try {
      const found = await this.#find(query);
      if (run !== this.#run) return; // somebody typed on
      this.#show(found);
    } catch (error) {
      if (run !== this.#run) return;
      console.warn("Search failed:", error);
      this.#fail();
    }
    this.#settle(query);
  }

  /** Tell which query the list answers now. */
  #settle(query) {
    this.#list.dataset.query = query;
    this.#list.removeAttribute("aria-busy");
  }

  /** All results and those that pass the filters. */
  async #find(text) {
    const facets = await this.#engine.facets();
    this.#names = new Map([...facets.country, ...facets.topic].map((value) => [value.token, value]));
    const chosen = Object.entries(this.#chosen).filter(([, key]) => key);
    const values = chosen.map(([kind, key]) => facets[kind].find((value) => isNamed(value, key)));
    // From here on under the name that the filter's options have, whatever the address said.
    chosen.forEach(([kind], i) => values[i] && (this.#chosen[kind] = values[i].key));
    const tokens = values.map((value) => value?.token ?? UNKNOWN);
    const options = {
      limit: this.#limit,
      newest: this.#sort.value === "newest",
      prefer: PREFERRED[document.documentElement.dataset.dwView],
    };
    if (!text.trim()) {
      const passed = await this.#engine.find("", { ...options, newest: true, facets: tokens });
      return { facets, all: passed, passed };
    }
    const all = await this.#engine.find(text, options);
    if (!tokens.length) return { facets, all, passed: all };
    if (all.complete) {
      const items = all.items.filter((item) => tokens.every((token) => item.facets.includes(token)));
      return { facets, all, passed: { items, complete: true } };
    }
    return { facets, all, passed: await this.#engine.find(text, { ...options, facets: tokens }) };
  }

  #show({ facets, all, passed }) {
    this.#shown = passed;
    const items = this.#panel ? passed.items.slice(0, PANEL_ITEMS) : passed.items;
    this.#list.replaceChildren(...items.map((item) => resultEntry(item, this.#names)));
    const n = passed.items.length;
    const articles = n === 1 ? "1 article" : `${n} articles`;
    if (n) this.#status.textContent = passed.complete ? articles : `The best ${n} of more articles`;
    else if (all.items.length) this.#status.textContent = "Nothing found with these filters";
    else this.#status.textContent = "Nothing found · Tidak ditemukan";
    this.#showFilters(facets, all);
    this.#showBelow(passed, items.length, all.items.length);
    this.onChange();
  }

  #fail() {
    this.#list.replaceChildren();
    this.#filters.hidden = true;
    this.#status.textContent = "Search could not be loaded. Articles can also be reached from here:";
    this.#below.replaceChildren(this.#link("country/", "Countries"), " ", this.#link("topic/", "Topics"));
    this.onChange();
  }

  #link(path, text) {
    return make("a", { href: new URL(path, this.#root).href }, text);
  }

  /** What one may do when nothing is found. */
  #nextStep() {
    const links = [this.#link("country/", "countries"), " and ", this.#link("topic/", "topics")];
    return make("span", {}, "Try a shorter word, or browse ", ...links, ".");
  }

  /* --- results ----------------------------------------------------------------------------- */

  #showBelow(passed, shown, total) {
    const more = [];
    if (!total) more.push(this.#nextStep());
    else if (this.#panel) {
      const url = new URL("search/", this.#root);
      url.search = this.address.toString();
      const count = `${passed.items.length}${passed.complete ? "" : "+"}`;
      const text = passed.items.length > shown ? `All results (${count})` : "Open in the search page";
      if (passed.items.length) more.push(make("a", { href: url.href }, text));
    } else if (!passed.complete) {
      const button = make("button", { type: "button", class: "md-button" }, "More results");
      button.addEventListener("click", () => {
        const at = this.#links.length;
        this.#limit += STEP;
        this.update({ keepLimit: true }).then(() => this.#links[at]?.focus());
      });
      more.push(button);
    }
    this.#below.replaceChildren(...more);
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

  /* --- filters ----------------------------------------------------------------------------- */

  #makeFilters(newest) {
    const kinds = { country: ["Country", "Negara"], topic: ["Topic", "Topik"] };
    for (const [kind, [english, indonesian]] of Object.entries(kinds)) {
      const select = make("select");
      select.addEventListener("change", () => {
        this.#chosen[kind] = select.value;
        this.update();
      });
      this.#selects[kind] = select;
      this.#filters.append(this.#labelled(select, english, indonesian));
    }
    this.#sort = make(
      "select",
      {},
      make("option", { value: "" }, "Best match"),
      make("option", { value: "newest", selected: newest }, "Newest first"),
    );
    this.#sort.addEventListener("change", () => this.update());
    this.#filters.append(this.#labelled(this.#sort, "Order", "Urutan"));
    const clear = make("button", { type: "button", class: "dw-search__clear" }, "Clear");
    clear.addEventListener("click", () => this.clear());
    this.#filters.append(clear);
  }

  #labelled(select, english, indonesian) {
    const beside = make("span", { lang: "id", class: "dw-search__beside" }, indonesian);
    return make("label", {}, make("span", {}, english, " ", beside), select);
  }

  /** Each filter offers what occurs in the results, with counts under the other filter's choice. */
  #showFilters(facets, all) {
    this.#filters.hidden = !all.items.length && !this.#isFiltered;
    for (const [kind, select] of Object.entries(this.#selects)) {
      const other = kind === "country" ? "topic" : "country";
      const required = facets[other].find((value) => value.key === this.#chosen[other])?.token;
      const counted = all.items.filter((item) => !required || item.facets.includes(required));
      const options = facets[kind].flatMap((value) => {
        const n = counted.filter((item) => item.facets.includes(value.token)).length;
        const selected = value.key === this.#chosen[kind];
        if (!n && !selected) return [];
        const beside = value.indonesian === value.english ? "" : ` · ${value.indonesian}`;
        const label = `${value.english}${beside} (${n}${all.complete ? "" : "+"})`;
        return [make("option", { value: value.key, selected }, label)];
      });
      const any = kind === "country" ? "All countries" : "All topics";
      select.replaceChildren(make("option", { value: "" }, any), ...options);
    }
  }
}
