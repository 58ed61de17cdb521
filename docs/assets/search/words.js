/* Which words of a text answer a query.

   Pagefind looks a word up by its stem. Where the stem is unknown it offers words that begin with
   it, and failing that words that are the beginning of it, down to a single letter: "qqqqzz"
   finds "Q". It does not say which of these a result is, so the words that it found are compared
   with the query here, and what is not related is dropped. */

const MARKS = /\p{M}/gu;
const NOT_WORD = /[^\p{L}\p{N}]+/gu;
const GAPS = /[\s/\\|;:+&\p{Pd}]+|(?<!\p{N}),|,(?!\p{N})/u; // "Rusia-Ukraina", but not "1.234,5"
const PHRASE = /["“”„]([^"“”„]*)["“”„]/g;
const SHORTEST_PREFIX = 3; // typing "pre" may find "presiden"; two letters say nothing yet

/** Lower case without accents. */
export const fold = (text) => text.normalize("NFD").replace(MARKS, "").toLowerCase();

/** Letters and digits only, folded: "Blinken," → "blinken", "1.234,5" → "12345". */
export const squash = (word) => fold(word).replace(NOT_WORD, "");

const parts = (word) => fold(word).split(NOT_WORD).filter(Boolean);

/** All forms under which Pagefind knows a word of a text: "Rusia-Ukraina" as a whole and each part. */
function forms(word) {
  const all = new Set([squash(word), ...parts(word)]);
  for (const piece of word.split(/(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u))
    for (const part of parts(piece)) all.add(part);
  all.delete("");
  return [...all];
}

/** A query as its words and quoted phrases; `text` is what to ask Pagefind. No words: null. */
export function parseQuery(text) {
  const phrases = [...text.matchAll(PHRASE)].map((m) => parts(m[1])).filter((p) => p.length);
  const rest = text.replace(PHRASE, " ");
  const terms = [...new Set(rest.split(GAPS).map(squash).filter(Boolean))];
  if (!terms.length && !phrases.length) return null;
  const words = [...terms, ...phrases.flat()].join(" ");
  const onlyPhrase = !terms.length && phrases.length === 1 && phrases[0].length > 1;
  return { terms, phrases, text: onlyPhrase ? `"${words}"` : words };
}

/* --- related words ------------------------------------------------------------------------- */

const PARTICLES = ["", "lah", "kah", "tah", "pun"];
const POSSESSIVES = ["", "ku", "mu", "nya"];
const SUFFIXES = ["", "kan", "an", "i"];
// Prefix and the letter that it may have swallowed: meny-uruh from suruh, mem-ilih from pilih.
const PREFIXES = [
  ["", ""],
  ...["di", "ke", "se", "ku", "ter", "te", "ber", "be", "bel", "per", "pe", "pel"].map((p) => [p, ""]),
  ...["me", "pe"].flatMap((p) => [
    [p, ""],
    [`${p}m`, ""],
    [`${p}m`, "p"],
    [`${p}n`, ""],
    [`${p}n`, "t"],
    [`${p}ng`, ""],
    [`${p}ng`, "k"],
    [`${p}nge`, ""],
    [`${p}ny`, "s"],
    [`${p}ny`, "ny"],
  ]),
];
const SHORTEST_CORE = 3;

function strip(words, affixes, cut) {
  const out = new Set();
  for (const word of words)
    for (const affix of affixes) {
      const core = cut(word, affix);
      if (core !== null && (core.length >= SHORTEST_CORE || core === word)) out.add(core);
    }
  return out;
}

const endless = (word, end) => (word.endsWith(end) ? word.slice(0, word.length - end.length) : null);
const headless = (word, [start, restored]) =>
  word.startsWith(start) ? restored + word.slice(start.length) : null;

/** Everything that may be left of an Indonesian word without its affixes. */
function indonesianCores(word) {
  let cores = new Set([word]);
  for (const affixes of [PARTICLES, POSSESSIVES, SUFFIXES]) cores = strip(cores, affixes, endless);
  for (let twice = 0; twice < 2; twice++) cores = strip(cores, PREFIXES, headless);
  return cores;
}

// Endings of inflection and derivation; several may follow each other (organ-iz-ation-al).
const ENGLISH_ENDINGS = new RegExp(
  "^(?:s|es|ed|d|ing|er|r|ers|or|est|e|y|i|ly|li|ie|al|ic|ical|iv|ive|iz|ize|is|ise|at|ate|ion|if|ify" +
    "|ous|ful|less|able|ible|abl|ibl|ance|ence|anc|enc|ancy|ency|ant|ent|ment|ness|ity|iti|ist|ism" +
    "|ship|n?t)*$",
);
const DOUBLED = /([bdfglmnprt])$/;

function englishRelated(a, b) {
  let same = 0;
  while (same < a.length && a[same] === b[same]) same++;
  if (same < SHORTEST_CORE) return false;
  // The difference may begin anywhere in what is common: "government" and "governed".
  for (let at = same; at >= Math.max(SHORTEST_CORE, same - 3); at--) {
    const last = a.slice(0, at).match(DOUBLED)?.[1];
    const ending = (rest) =>
      ENGLISH_ENDINGS.test(rest) || (last && rest[0] === last && ENGLISH_ENDINGS.test(rest.slice(1)));
    if (ending(a.slice(at)) && ending(b.slice(at))) return true;
  }
  return false;
}

/** Whether two folded words are forms of one word, by the grammar of `language` ("id" or "en"). */
export function related(a, b, language) {
  if (a === b) return true;
  if (language !== "id") return englishRelated(a, b);
  const cores = indonesianCores(a);
  return [...indonesianCores(b)].some((core) => cores.has(core));
}

/* --- a query against a text ------------------------------------------------------------------ */

/** The words of a text as Pagefind counts them: its locations are indexes into this. */
export const splitWords = (content) => content.split(/[\r\n\s]+/);

/**
 * How the words at `locations` answer a query. For every term the locations of its forms (`exact`)
 * and of words that only begin like it (`begins`); for the phrases the locations of their words,
 * or null if one of them is nowhere.
 */
export function matchWords(query, words, locations, language) {
  const found = locations.map((at) => [at, forms(words[at] ?? "")]);
  const terms = query.terms.map((term) => {
    const exact = [];
    const begins = [];
    for (const [at, known] of found) {
      if (known.some((form) => related(term, form, language))) exact.push(at);
      else if (term.length >= SHORTEST_PREFIX && known.some((form) => form.startsWith(term)))
        begins.push(at);
    }
    return { exact, begins };
  });
  return { terms, phrases: query.phrases.length ? phraseLocations(query.phrases, words) : [] };
}

function phraseLocations(phrases, words) {
  const flat = words.flatMap((word, at) => parts(word).map((part) => [part, at]));
  const out = new Set();
  for (const phrase of phrases) {
    let seen = false;
    for (let at = 0; at + phrase.length <= flat.length; at++) {
      if (phrase.every((part, i) => flat[at + i][0] === part)) {
        seen = true;
        phrase.forEach((_, i) => out.add(flat[at + i][1]));
      }
    }
    if (!seen) return null;
  }
  return [...out];
}
