/* What results are filtered by, in the page and in its address. */

import { both, make, namesOf, say } from "./entry.js";

const KINDS = {
  country: [() => both("Country", say("Country"), "Negara"), say("All countries"), say("and also …")],
  topic: [() => both("Topic", say("Topic"), "Topik"), say("All topics"), say("and also …")],
  body: [() => both("Organisation", say("Organisation"), "Organisasi"), say("All organisations"), say("and also …")],
  level: [() => both("Level", say("Level"), "Tingkat"), say("All levels"), say("instead …")],
  source: [() => both("Source", say("Source"), "Sumber"), say("All sources"), say("instead …")],
};
const UNKNOWN = "unknown"; // the facet of what nothing is called
const STATES = { checked: say("Checked by a person"), missing: say("Not translated yet") };
const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Whether `name` is what an address calls a facet: "US", "us", "medtop:11000000", "politics". */
const isNamed = (facet, name) => {
  const slug = facet.path.split("/")[1] ?? "";
  return [facet.key.toLowerCase(), slug].includes(name.toLowerCase());
};

export class Filters {
  chosen = { country: [], topic: [], body: [], level: [], source: [] };
  clearButton = make("button", { type: "button", class: "dw-search__clear" }, say("Clear"));
  #onChange;
  #selects = {};
  #chips = make("p", { class: "dw-search__chosen" });
  #from = make("input", { type: "date" });
  #to = make("input", { type: "date" });
  #english = make("input", { type: "checkbox" });
  #state = make("select", {}, make("option", { value: "" }, say("Any")), ...Object.entries(STATES).map(([value, name]) => make("option", { value }, name)));
  #sort = make("select", {}, make("option", { value: "" }, say("Best match")), make("option", { value: "newest" }, say("Newest first")));
  #summary = make("summary", {}, ...both("Filters", say("Filters"), "Saringan"));

  constructor(address, onChange) {
    this.#onChange = onChange;
    const fields = make("div", { class: "dw-search__fields" });
    this.element = make("details", { class: "dw-search__filters", hidden: true }, this.#summary, fields);
    for (const [kind, [name]] of Object.entries(KINDS)) {
      const select = make("select");
      select.addEventListener("change", () => this.#choose(kind, select.value));
      this.#selects[kind] = select;
      fields.append(labelled(select, name()));
    }
    fields.append(
      labelled(this.#from, both("From", say("From"), "Dari")),
      labelled(this.#to, both("Until", say("Until"), "Sampai")),
      labelled(this.#sort, both("Order", say("Order"), "Urutan")),
      labelled(this.#state, both("Translation", say("Translation"), "Terjemahan")),
      make("label", { class: "dw-search__check" }, this.#english, make("span", {}, ...both("Has English", say("Has English"), "Ada terjemahan"))),
      this.clearButton,
    );
    for (const input of [this.#from, this.#to, this.#sort, this.#state, this.#english])
      input.addEventListener("change", () => this.#onChange());
    this.element.addEventListener("toggle", () => this.element.open && this.#onChange({ opened: true }));
    this.chips = this.#chips;
    if (address) this.#read(address);
    this.element.open = this.isSet || (this.isAll && !address?.get("q"));
  }

  #read(address) {
    for (const kind of Object.keys(KINDS))
      this.chosen[kind] = address.getAll(kind).filter(Boolean).slice(0, 8);
    for (const [name, input] of [["from", this.#from], ["to", this.#to]])
      if (DAY.test(address.get(name) ?? "")) input.value = address.get(name);
    const [, year, month] = MONTH.exec(address.get("month")) ?? [];
    if (year) {
      this.#from.value = `${year}-${month}-01`;
      this.#to.value = new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
    }
    if (Object.hasOwn(STATES, address.get("state") ?? "")) this.#state.value = address.get("state");
    this.#english.checked = address.get("english") === "1";
    this.#sort.value = address.get("sort") === "newest" ? "newest" : "";
  }

  get isSet() {
    return Boolean(
      Object.values(this.chosen).flat().length || this.#from.value || this.#to.value || this.#english.checked || this.#state.value,
    );
  }

  /** Whether all articles are asked for, newest first: what the archive leads to. */
  get isAll() {
    return this.#sort.value === "newest";
  }

  get isOpen() {
    return this.element.open;
  }

  clear() {
    for (const kind of Object.keys(KINDS)) this.chosen[kind] = [];
    this.#from.value = this.#to.value = this.#sort.value = this.#state.value = "";
    this.#english.checked = false;
  }

  /** The state as the parameters of an address. */
  addTo(parameters) {
    for (const [kind, keys] of Object.entries(this.chosen))
      for (const key of keys) parameters.append(kind, key);
    const single = { english: this.#english.checked ? "1" : "", from: this.#from.value, to: this.#to.value, sort: this.#sort.value, state: this.#state.value };
    for (const [name, value] of Object.entries(single)) if (value) parameters.set(name, value);
  }

  /** The state as options of a search. `facets`: all that there are. */
  options(facets) {
    const wanted = [];
    for (const [kind, keys] of Object.entries(this.chosen))
      this.chosen[kind] = keys.map((name) => {
        const facet = facets.find((one) => one.kind === kind && isNamed(one, name));
        wanted.push(facet?.id ?? UNKNOWN);
        // From here on under the name that the filter's options have, whatever the address said.
        return facet?.key ?? name;
      });
    if (this.#english.checked) wanted.push("has:english");
    if (this.#state.value) wanted.push(`has:${this.#state.value}`);
    return { facets: wanted, from: this.#from.value, to: this.#to.value, newest: this.#sort.value === "newest" };
  }

  #choose(kind, key) {
    if (!key) this.chosen[kind] = [];
    else if (kind === "source" || kind === "level") this.chosen[kind] = [key];
    else this.chosen[kind] = [...this.chosen[kind], key];
    this.#onChange();
  }

  /** Show what is chosen, and to choose from what the results have. `counts` is null until counted. */
  show(facets, counts, { visible, sure }) {
    this.element.hidden = !visible && !this.isSet;
    for (const [kind, select] of Object.entries(this.#selects)) {
      const [, any, more] = KINDS[kind];
      const chosen = this.chosen[kind];
      const options = facets
        .filter((facet) => facet.kind === kind && counts?.get(facet.id) && !chosen.includes(facet.key))
        .map((facet) => {
          const [name, other] = namesOf(facet);
          const also = other === name ? "" : ` · ${other}`;
          const label = `${name}${also} (${counts.get(facet.id)}${sure ? "" : "+"})`;
          return make("option", { value: facet.key }, label);
        });
      select.replaceChildren(make("option", { value: "" }, chosen.length ? more : any), ...options);
      select.disabled = !options.length && !chosen.length;
    }
    const chips = Object.entries(this.chosen).flatMap(([kind, keys]) =>
      keys.map((key) => {
        const facet = facets.find((one) => one.kind === kind && one.key === key);
        const button = make("button", { type: "button", class: "dw-search__chip" }, facet ? namesOf(facet)[0] : key, make("span", { "aria-hidden": "true" }, " ×"), make("span", { class: "dw-hidden" }, ` (${say("remove this filter")})`));
        button.addEventListener("click", () => {
          this.chosen[kind] = keys.filter((one) => one !== key);
          this.#onChange();
        });
        return button;
      }),
    );
    this.#chips.replaceChildren(...chips.flatMap((chip, i) => (i ? [" ", chip] : [chip])));
    this.#chips.hidden = !chips.length;
  }
}

const labelled = (input, name) => make("label", {}, make("span", {}, ...name), input);
