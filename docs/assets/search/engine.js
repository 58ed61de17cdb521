/* The two Pagefind indexes, asked together, their results joined by article.

   Two instances of Pagefind, each from its own bundle, because one instance knows one language's
   stems. A result of either index is an article page; an article found in both is shown once, with
   the text that matched better. */

import { matchWords, parseQuery, splitWords } from "./words.js";

const SNIPPET_WORDS = 32;
const NO_WORDS = { terms: [], acronyms: [], phrases: [], text: "", exact: null };

/** One site's search. `root` is the address of the site's home page. */
export class Engine {
  #root;
  #loading = null;

  constructor(root) {
    this.#root = root;
  }

  /** Fetch what is needed before the first query. May be called again after a failure. */
  load() {
    this.#loading ??= this.#load().catch((error) => {
      this.#loading = null;
      throw error;
    });
    return this.#loading;
  }

  async #load() {
    const about = await (await fetch(new URL("search/about.json", this.#root), { cache: "no-cache" })).json();
    const indexes = await Promise.all(
      about.languages.map(async (language) => {
        const pagefind = await import(new URL(`search/${language}/pagefind.js`, this.#root).href);
        await pagefind.options({ excerptLength: 1, ranking: { metaWeights: { other: 0, facets: 0, made: 0, date: 0 } } });
        await pagefind.init();
        return { language, search: oneAtATime((...query) => pagefind.search(...query)) };
      }),
    );
    return { about, indexes };
  }

  /** The countries and topics that there are. */
  async facets() {
    const { about } = await this.load();
    return { country: about.countries, topic: about.topics };
  }

  /**
   * Articles that answer `text`, best (or newest) first; `facets` are tokens that each must have.
   * Without any text all that have the facets.
   * `limit`: how many of each language's results to look at. `complete` tells whether that was all.
   * `prefer`: "en" or "id", the language to show of an article that is found in both; without it
   * the one that matches better.
   */
  async find(text, { facets = [], newest = false, limit = 40, prefer } = {}) {
    const query = parseQuery(text) ?? (text.trim() || !facets.length ? null : NO_WORDS);
    if (!query) return { items: [], complete: true };
    const { indexes } = await this.load();
    const lists = await Promise.all(indexes.map((index) => this.#ask(index, query, facets, newest, limit)));
    const hits = lists.flatMap((list) => list.hits);
    return {
      items: join(accepted(hits), newest, prefer),
      complete: lists.every((list) => list.complete),
    };
  }

  async #ask({ language, search }, query, facets, newest, limit) {
    // A phrase in quotes cannot be combined with other words, and Pagefind sees no phrase across the
    // parts of "Rusia-Ukraina". So its words are asked for, and matchWords looks for the phrase; what
    // Pagefind itself takes for the phrase comes first, as only the first results are looked at.
    const wordings = [[query.text, ...facets].join(" ")];
    if (query.exact) wordings.unshift(`"${query.exact}"`);
    const options = newest ? { sort: { date: "desc" } } : {};
    const candidates = new Map();
    for (const wording of wordings)
      for (const result of (await search(wording, options)).results)
        // Found in the text itself, not only in its metadata.
        if ((result.words.length || !query.text) && !candidates.has(result.id)) candidates.set(result.id, result);
    const hits = await Promise.all(
      [...candidates.values()].slice(0, limit).map(async (result) => {
        const page = await result.data();
        const own = (page.meta.facets ?? "").split(" ");
        if (!facets.every((token) => own.includes(token))) return null;
        const words = splitWords(page.content);
        return {
          language,
          score: result.score,
          href: new URL(page.raw_url.replace(/^\/+/, ""), this.#root).href,
          meta: page.meta,
          facets: own,
          words,
          ...matchWords(query, words, page.locations, language),
        };
      }),
    );
    return { hits: hits.filter(Boolean), complete: candidates.size <= limit };
  }
}

/**
 * `ask`, called only after its call before has ended. Two searches of one instance of Pagefind at the
 * same time lose parts of the index that they load, and then answer with other words' results.
 */
function oneAtATime(ask) {
  let last = Promise.resolve();
  return (...query) => {
    const answer = last.then(() => ask(...query));
    last = answer.catch(() => {});
    return answer;
  };
}

/** Hits that answer every term and phrase, each with `marks`, the locations to highlight. */
function accepted(hits) {
  // For each term only its best kind of match counts, whichever text it is in: words that merely
  // begin like it only where it is itself in no text ("presid" while typing, but not "Warsaw" for
  // "war"), and "as" for "AS" only where there is no "AS".
  const levels = hits[0]?.terms.map((_, i) => {
    const ranks = hits.map((hit) => hit.terms[i].findIndex((locations) => locations.length));
    return Math.min(...ranks.filter((rank) => rank >= 0));
  });
  const out = [];
  for (const hit of hits) {
    if (hit.phrases === null) continue;
    const each = hit.terms.map((kinds, i) => kinds[levels[i]] ?? []);
    if (each.some((locations) => !locations.length)) continue;
    out.push({ ...hit, marks: new Set([...each.flat(), ...hit.phrases]) });
  }
  return out;
}

/** One item per article, from its hit in the preferred language, else from its better one. */
function join(hits, newest, prefer) {
  const best = new Map();
  for (const hit of hits) {
    const other = best.get(hit.href);
    if (!other) best.set(hit.href, hit);
    else {
      const better = hit.score > other.score ? hit : other;
      const shown = [hit, other].find(({ language }) => language === prefer) ?? better;
      best.set(hit.href, { ...shown, score: better.score });
    }
  }
  const text = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  const byDate = (a, b) => text(b.meta.date ?? "", a.meta.date ?? "") || text(a.href, b.href);
  const byScore = (a, b) => b.score - a.score || byDate(a, b);
  return [...best.values()].sort(newest ? byDate : byScore).map(item);
}

/** What is shown of a hit: runs of text, marked or not. */
function item(hit) {
  // The text of a page begins with its title, if it has one in its language.
  const titleWords = hit.meta.title ? splitWords(hit.meta.title.trim()).length : 0;
  const body = hit.words.length - titleWords;
  const start = titleWords + densest(hit.marks, titleWords, hit.words.length);
  const end = Math.min(start + SNIPPET_WORDS, hit.words.length);
  return {
    href: hit.href,
    language: hit.language,
    lang: hit.meta.lang ?? hit.language,
    title: hit.meta.title
      ? runs(splitWords(hit.meta.title.trim()), hit.marks, 0)
      : [{ text: hit.meta.other ?? "", marked: false }],
    titled: Boolean(hit.meta.title),
    other: hit.meta.title ? (hit.meta.other ?? "") : "",
    snippet: body > 0 ? runs(hit.words.slice(start, end), hit.marks, start) : [],
    cutBefore: start > titleWords,
    cutAfter: end < hit.words.length,
    date: hit.meta.date ?? "",
    source: hit.meta.source ?? "",
    made: hit.meta.made ?? "",
    facets: hit.facets,
  };
}

/** Where in the body the window with most marks begins, a few words before the first of them. */
function densest(marks, from, to) {
  const places = [...marks].filter((at) => at >= from).sort((a, b) => a - b);
  let best = 0;
  let most = 0;
  places.forEach((place, i) => {
    const count = places.slice(i).filter((at) => at < place + SNIPPET_WORDS - 6).length;
    if (count > most) [most, best] = [count, place - from];
  });
  return Math.max(0, Math.min(best - 6, to - from - SNIPPET_WORDS));
}

/** Words as alternating runs of plain and marked text. */
function runs(words, marks, offset) {
  const out = [];
  words.forEach((word, i) => {
    const marked = marks.has(offset + i);
    const last = out.at(-1);
    if (last && last.marked === marked) last.text += ` ${word}`;
    else out.push({ text: word, marked });
  });
  return out;
}
