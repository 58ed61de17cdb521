/* Which articles answer a query, in which order.

   Every word of a query must be in an article. One that has it just as it was typed counts more than
   one that has another form of it, one that has it in its title more than one that has not, and of
   equal ones the newer comes first. Shards are read from the newest on, and no further than what is
   shown needs. */

import { ENGLISH, INDONESIAN, isIn, shardsOf } from "./codec.js";
import { bucketOf } from "./files.js";
import { isEmpty, parseQuery } from "./query.js";
import { articleText, hasPhrase } from "./texts.js";

const SHORTEST_BEGINNING = 3; // letters: "pre" may find "presiden"
const MOST_BEGINNINGS = 12;
const PAGES_AT_ONCE = 6;
const MOST_READ = 100; // pages that are looked into for a phrase before a reader is asked to go on
const MOST_AT_ONCE = 8; // shards
const MORE = null; // stands among the matches where more has to be fetched
// What an article is worth for one word.
const [EXACT_TITLE, EXACT, TITLE, FORM, NAME] = [8, 6, 4, 2, 1];
const NAME_MARK = "+";

export class Search {
  #root;
  #files;
  #terms = [];
  #excluded = [];
  #order;
  #matches;
  #read = 0;
  matched = []; // in order, before filters by facets
  results = []; // in order, those that are sure
  complete = false;
  paused = false; // so many pages were read for a phrase that the reader is asked first
  missing = []; // words that are nowhere

  constructor(root, files, text, { facets = [], from = "", to = "", newest = false, wordsOnly = false } = {}) {
    Object.assign(this, { text, facets, from, to, newest, wordsOnly });
    this.#root = root;
    this.#files = files;
  }

  address(slug) {
    return new URL(`article/${slug}/`, this.#root).href;
  }

  /** Look the words up. Returns false where there is nothing to search for. */
  async prepare() {
    this.about = await this.#files.about();
    this.language = this.about.language;
    this.query = parseQuery(this.text, this.language);
    // A time in which nothing was published is one that texts speak of.
    if (this.wordsOnly || (this.query.period && !this.about.shards.some((s) => this.#inPeriod(s))))
      Object.assign(this.query, { period: null, terms: this.query.words });
    const { query } = this;
    this.isList = !query.terms.length && !query.phrases.length;
    if (isEmpty(query) && !(this.facets.length || this.from || this.to || this.newest)) return false;
    const ofPhrases = query.phrases.flatMap((phrase) => {
      const said = phrase.filter((form) => !this.language.passedOver.has(form));
      return (said.length ? said : phrase).map((form) => ({ form, quoted: true }));
    });
    this.#terms = await Promise.all([...query.terms, ...ofPhrases].map((term) => this.#lookUp(term)));
    this.#excluded = await Promise.all(query.excluded.map((term) => this.#lookUp(term)));
    this.missing = this.#terms.filter((term) => !term.words.length);
    this.#order = [...this.#terms].sort((a, b) => popularity(a) - popularity(b));
    this.found = new Set(this.#terms.filter((t) => !t.quoted).flatMap((t) => t.words.map(({ form }) => form)));
    for (const term of this.#terms)
      if (term.quoted && query.phrases.some((phrase) => phrase.length === 1 && phrase[0] === term.form))
        term.words.forEach(({ form }) => this.found.add(form));
    this.#matches = this.missing.length ? null : this.#all();
    this.complete = this.missing.length > 0;
    return true;
  }

  /** Find at least so many results, if there are; `onSome` is told before more has to be fetched. */
  async take(count, onSome = () => {}) {
    this.paused = false;
    this.#read = 0;
    const width = this.#isRead ? PAGES_AT_ONCE : 1;
    while (!this.complete && !this.paused && this.results.length < count) {
      const items = [];
      while (items.length < width && !this.complete) {
        const { value, done } = await this.#matches.next();
        if (done) this.complete = true;
        else if (value === MORE) await onSome();
        else items.push(value);
      }
      this.matched.push(...items);
      const sure = await Promise.all(
        items.map(async (item) => (await this.#hasFacets(item)) && this.#saysSo(item)),
      );
      this.results.push(...items.filter((_, i) => sure[i]));
      if (this.#read >= MOST_READ) this.paused = true;
    }
    return this.results;
  }

  /** Which facets the matched articles have, under the filters of all other kinds. */
  async counts() {
    const out = new Map();
    const sure = new Set(this.results);
    for (const item of this.matched) {
      if (this.#isRead && !sure.has(item)) continue;
      const own = await this.#facetsOf(item);
      for (const facet of own) {
        const kind = facet.split(":", 1)[0];
        const others = this.facets.filter((one) => kind !== "source" || !one.startsWith("source:"));
        if (others.every((one) => own.includes(one))) out.set(facet, (out.get(facet) ?? 0) + 1);
      }
    }
    return out;
  }

  /** The languages of which a text can have all words that were found. */
  get languages() {
    const has = (bit) => this.#terms.every(({ words }) => words.some((w) => w.languages & bit && !w.named));
    return { en: has(ENGLISH), id: has(INDONESIAN) };
  }

  async card(item) {
    const { rows } = await this.#files.rows(item.shard);
    return this.#files.card(rows[item.article]);
  }

  /* --- words ------------------------------------------------------------------------------------ */

  /** The words of the index that a word of the query stands for. */
  async #lookUp({ form, capitals = false, quoted = false }) {
    const term = { form, quoted, words: [], near: [] };
    const small = form.toLowerCase();
    const buckets = [];
    for (const stem of this.language.stems(form)) {
      const bucket = bucketOf(stem);
      const all = await this.#files.words(bucket);
      if (!buckets.includes(all)) buckets.push(all);
      for (const word of all)
        if (word.stem === stem && !term.words.some((other) => other.word === word)) {
          const named = word.form.startsWith(NAME_MARK);
          const exact = !named && word.form.toLowerCase() === small;
          term.words.push({ ...word, word, bucket, exact, named });
        }
    }
    const asTyped = term.words.filter((word) => word.form === form);
    if (capitals && asTyped.length) term.words = asTyped;
    else if (quoted) term.words = term.words.filter((word) => word.exact);
    const isBeginning = !term.words.length && !quoted && small.length >= SHORTEST_BEGINNING;
    if (isBeginning)
      for (const bucket of new Set(this.language.beginnings(small).map(bucketOf))) {
        const all = await this.#files.words(bucket);
        if (!buckets.includes(all)) buckets.push(all);
      }
    if (isBeginning)
      for (const all of buckets)
        for (const word of all)
          if (!word.form.startsWith(NAME_MARK) && word.form.toLowerCase().startsWith(small))
            term.words.push({ ...word, word, bucket: bucketOf(word.stem), exact: false, named: false });
    if (term.words.length > MOST_BEGINNINGS && !term.words.some((word) => word.exact))
      term.words = term.words
        .sort((a, b) => spread(b) - spread(a) || (a.form < b.form ? -1 : 1))
        .slice(0, Math.max(MOST_BEGINNINGS, term.words.filter((w) => w.stem === term.words[0].stem).length));
    if (!term.words.length) {
      // Words that differ in their third letter may stand in another file.
      const others = [small.slice(0, 2) + small.slice(3), swapped(small, 1), swapped(small, 2)];
      for (const bucket of [...new Set(others.map(bucketOf))].slice(0, 2)) {
        const all = await this.#files.words(bucket);
        if (!buckets.includes(all)) buckets.push(all);
      }
      term.near = nearest(small, buckets);
    }
    term.exactTitles = numbersOf(term.words.filter((word) => word.exact));
    term.titles = numbersOf(term.words);
    return term;
  }

  /* --- articles --------------------------------------------------------------------------------- */

  #inPeriod(shard) {
    const { from, to } = this.#period;
    if (!from && !to) return true;
    return Boolean(shard.newest) && (!to || shard.oldest <= to) && (!from || shard.newest >= from);
  }

  get #period() {
    const typed = this.query?.period;
    const later = (a, b) => (a > b ? a : b);
    const from = later(this.from, typed?.from ?? "");
    const to = [this.to, typed?.to].filter(Boolean).sort()[0] ?? "";
    return { from, to };
  }

  async #isDatedSo(item) {
    const { from, to } = this.#period;
    if (!from && !to) return true;
    const { rows } = await this.#files.rows(item.shard);
    const day = isoDay(rows[item.article].day);
    return day !== "" && day >= from && (!to || day <= to);
  }

  async *#all() {
    const told = new Set();
    const { shards } = this.about;
    if (!this.newest && !this.isList)
      for await (const item of this.#inTitles()) {
        told.add(item.number);
        yield item;
      }
    const todo = shards
      .filter((shard) => this.#inPeriod(shard))
      .filter((shard) => this.#terms.every(({ words }) => words.some((w) => isIn(w, shard.number))))
      .reverse();
    let waiting = [];
    for (let width = 1; todo.length; width = Math.min(width * 2, MOST_AT_ONCE)) {
      yield MORE;
      const found = await Promise.all(todo.splice(0, width).map((shard) => this.#inShard(shard)));
      waiting.push(...found.flat().filter(({ number }) => !told.has(number)));
      const better = (a, b) => (this.newest ? 0 : b.worth - a.worth) || b.number - a.number;
      waiting.sort(better);
      const still = this.newest ? 0 : Math.max(0, ...todo.map((shard) => this.#mostWorth(shard)));
      const sure = waiting.filter(({ worth }) => worth >= still);
      waiting = waiting.filter(({ worth }) => worth < still);
      for (const item of sure) if (await this.#isDatedSo(item)) yield item;
    }
  }

  /** Articles that have every word in a title just as it was typed: none can be better. */
  async *#inTitles() {
    const [first, ...others] = this.#order.map((term) => term.exactTitles);
    const numbers = [...first].filter((number) => others.every((titles) => titles.has(number)));
    for (const number of numbers.sort((a, b) => b - a)) {
      const shard = this.about.shards.findLast((one) => one.first <= number);
      const item = { shard, number, article: number - shard.first, worth: EXACT_TITLE * this.#terms.length };
      if (this.#inPeriod(shard) && !(await this.#without(shard)).has(item.article))
        if (await this.#isDatedSo(item)) yield item;
    }
  }

  /** What an article of a shard that is not read yet may be worth at most. */
  #mostWorth(shard) {
    const isInTitle = ({ titles }) =>
      [...titles].some((n) => n >= shard.first && n < shard.first + shard.articles);
    return this.#terms.reduce((sum, term) => {
      const exact = term.words.some((word) => word.exact && isIn(word, shard.number));
      if (exact) return sum + EXACT;
      return sum + (this.#terms.length === 1 && isInTitle(term) ? TITLE : FORM);
    }, 0);
  }

  async #inShard(shard) {
    let worths = null;
    for (const term of this.#order) {
      const own = await this.#worths(term, shard);
      const before = worths;
      worths = new Map();
      for (const [article, worth] of own)
        if (!before || before.has(article)) worths.set(article, worth + (before?.get(article) ?? 0));
      if (!worths.size) return [];
    }
    worths ??= new Map(Array.from({ length: shard.articles }, (_, article) => [article, 0]));
    const without = await this.#without(shard);
    return [...worths]
      .filter(([article]) => !without.has(article))
      .map(([article, worth]) => ({ shard, article, number: shard.first + article, worth }));
  }

  /** From each article of a shard that has a word to what it is worth. */
  async #worths(term, shard) {
    const out = new Map();
    for (const [word, articles] of await this.#articles(term.words, shard))
      for (const article of articles) {
        const number = shard.first + article;
        const worth = word.exact
          ? term.exactTitles.has(number) ? EXACT_TITLE : EXACT
          : term.titles.has(number) ? TITLE : word.named ? NAME : FORM;
        out.set(article, Math.max(worth, out.get(article) ?? 0));
      }
    return out;
  }

  async #articles(words, shard) {
    const here = words.filter((word) => isIn(word, shard.number));
    const buckets = [...new Set(here.map(({ bucket }) => bucket))];
    const lists = await Promise.all(
      buckets.map(async (bucket) => {
        const own = here.filter((word) => word.bucket === bucket);
        const found = await this.#files.texts(shard, bucket, own.map(({ word }) => word));
        return own.map((word, i) => [word, found[i]]);
      }),
    );
    return lists.flat();
  }

  async #without(shard) {
    const words = this.#excluded.flatMap((term) => term.words.filter(({ named }) => !named));
    return new Set((await this.#articles(words, shard)).flatMap(([, articles]) => articles));
  }

  /* --- filters and phrases ---------------------------------------------------------------------- */

  async #facetsOf({ shard, article }) {
    const read = await this.#files.rows(shard);
    if (!read.own) {
      read.own = read.rows.map(() => []);
      for (const [facet, articles] of read.facets) articles.forEach((one) => read.own[one].push(facet));
    }
    return read.own[article];
  }

  async #hasFacets(item) {
    if (!this.facets.length) return true;
    const own = await this.#facetsOf(item);
    return this.facets.every((facet) => own.includes(facet));
  }

  get #isRead() {
    const { phrases, excludedPhrases } = this.query;
    return phrases.some((phrase) => phrase.length > 1) || excludedPhrases.length > 0;
  }

  /** Whether an article has the phrases, and none of the excluded ones. */
  async #saysSo(item) {
    if (!this.#isRead) return true;
    const { phrases, excludedPhrases } = this.query;
    const [slug, indonesian, english] = await this.card(item);
    const titles = [indonesian, english];
    const has = (texts) => (phrase) => hasPhrase(texts, phrase, this.language);
    if (!excludedPhrases.length && phrases.every(has(titles))) return true;
    this.#read += 1;
    const text = await articleText(this.address(slug));
    const all = [...titles, ...(text?.id ?? []), ...(text?.en ?? [])];
    return phrases.every(has(all)) && !excludedPhrases.some(has(all));
  }
}

const EPOCH = 719163; // 1970-01-01, counted as Python's date.toordinal does
const isoDay = (day) => (day ? new Date((day - EPOCH) * 86400000).toISOString().slice(0, 10) : "");

const numbersOf = (words) => new Set(words.flatMap(({ titles }) => titles));

const spread = (word) => word.titles.length + shardsOf(word);

const popularity = ({ words }) => words.reduce((sum, word) => sum + spread(word), 0);

/* --- words that are spelled nearly like one ------------------------------------------------------ */

const MOST_NEAR = 3;
const swapped = (text, at) =>
  text.slice(0, at) + text.slice(at, at + 2).split("").reverse().join("") + text.slice(at + 2);

function nearest(form, buckets) {
  const most = form.length <= 4 ? 1 : 2;
  const found = new Map();
  for (const all of buckets)
    for (const word of all) {
      if (word.form.startsWith(NAME_MARK) || word.form.length < 3) continue;
      const small = word.form.toLowerCase();
      if (Math.abs(small.length - form.length) > most) continue;
      const distance = edits(form, small, most);
      if (distance > most) continue;
      const before = found.get(small);
      found.set(small, { form: word.form, distance, spread: spread(word) + (before?.spread ?? 0) });
    }
  const best = (a, b) => a.distance - b.distance || b.spread - a.spread || (a.form < b.form ? -1 : 1);
  const ordered = [...found.values()].sort(best);
  const { distance } = ordered[0] ?? {};
  return ordered.filter((one) => one.distance === distance).slice(0, MOST_NEAR).map(({ form }) => form);
}

/** Letters to change, add, leave out or swap with their neighbour (Damerau); more than `most` is `most + 1`. */
export function edits(a, b, most) {
  let [before, last, row] = [[], [], Array.from({ length: b.length + 1 }, (_, i) => i)];
  for (let i = 1; i <= a.length; i++) {
    [before, last, row] = [last, row, [i]];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return most + 1;
  }
  return row[b.length];
}
