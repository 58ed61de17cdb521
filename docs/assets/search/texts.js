/* The text of an article, taken from its own page: nothing else has to be kept for snippets and
   phrases, and the page is there when the reader turns to it. */

const SNIPPET_WORDS = 32;
const BEFORE = 6; // words of a snippet before the first that was found

const pages = new Map();

/** `{ id, en }`: the title and the paragraphs in each language, or null where the page is not there. */
export function articleText(address) {
  if (!pages.has(address)) {
    const reading = read(address);
    reading.catch(() => pages.delete(address));
    pages.set(address, reading);
  }
  return pages.get(address);
}

async function read(address) {
  const response = await fetch(address);
  if (!response.ok) return null;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const out = { id: [], en: [] };
  const add = (place, state) => {
    const [indonesian, english] = ["id", "en"].map((language) =>
      place.querySelector(`:is(p, h1 > span)[lang|="${language}"]`),
    );
    if (indonesian) out.id.push(plain(indonesian));
    // "stale" is the English of an earlier wording, which is not in the index either.
    if (english && state !== "stale") out.en.push(plain(english));
  };
  const article = page.querySelector("article");
  for (const place of article?.querySelectorAll("header:has(> h1), [id]") ?? [])
    if (place.localName === "header" || /^p\d+$/.test(place.id)) add(place, place.dataset.state);
  return out;
}

const plain = (element) => element.textContent.replace(/\s+/g, " ").trim();

/** Whether the forms of a phrase stand in a row somewhere in one of the texts. */
export function hasPhrase(texts, phrase, language) {
  const wanted = phrase.map((form) => form.toLowerCase());
  return texts.some((text) => {
    const forms = language.forms(text).map((form) => form.toLowerCase());
    return forms.some((_, at) => wanted.every((form, i) => forms[at + i] === form));
  });
}

/**
 * Where `found` (forms of single words) and `phrases` stand in a text: `[start, end]` of each, in order.
 */
export function places(text, { found, phrases }, language) {
  const tokens = [...language.tokens(text)];
  const forms = tokens.map(({ form }) => form.toLowerCase());
  const marked = new Set();
  tokens.forEach(({ form }, at) => found.has(form) && marked.add(at));
  for (const phrase of phrases)
    forms.forEach((_, at) => {
      if (phrase.every((form, i) => forms[at + i] === form.toLowerCase()))
        phrase.forEach((_, i) => marked.add(at + i));
    });
  return [...marked].sort((a, b) => a - b).map((at) => [tokens[at].start, tokens[at].end]);
}

/** A text as runs, marked or not. */
export function runs(text, spans, from = 0, to = text.length) {
  const out = [];
  let at = from;
  const add = (end, marked) => {
    if (end > at) out.push({ text: text.slice(at, end), marked });
    at = Math.max(at, end);
  };
  for (const [start, end] of spans) {
    if (start < from || end > to) continue;
    add(start, false);
    add(end, true);
  }
  add(to, false);
  return out;
}

/** The part of the paragraphs with most marks: `{ runs, cutBefore, cutAfter, marks }`. */
export function snippet(paragraphs, wanted, language) {
  let best = null;
  paragraphs.forEach((text, number) => {
    const spans = places(text, wanted, language);
    const words = [...text.matchAll(/\S+/g)].map((match) => [match.index, match.index + match[0].length]);
    const starts = spans.map(([start]) => words.findIndex(([, end]) => end > start));
    starts.forEach((start, i) => {
      const near = starts.slice(i).filter((at) => at < start + SNIPPET_WORDS - BEFORE);
      const kinds = new Set(spans.slice(i, i + near.length).map((span) => text.slice(...span).toLowerCase()));
      const worth = kinds.size * 100 + near.length;
      if (!best || worth > best.worth) best = { worth, text, spans, words, start, number };
    });
  });
  if (!best && !paragraphs.length) return null;
  const marks = best ? best.spans.length : 0;
  if (!best) {
    const [text] = paragraphs;
    best = { text, spans: [], words: [...text.matchAll(/\S+/g)].map((m) => [m.index, m.index + m[0].length]), start: 0, number: 0 };
  }
  const { text, spans, words, start, number } = best;
  const first = Math.max(0, Math.min(start - BEFORE, words.length - SNIPPET_WORDS));
  const last = Math.min(words.length, first + SNIPPET_WORDS) - 1;
  return {
    runs: words.length ? runs(text, spans, words[first][0], words[last][1]) : [],
    cutBefore: first > 0 || number > 0,
    cutAfter: last < words.length - 1 || number < paragraphs.length - 1,
    marks,
  };
}
