/* Which words of a text answer a query.

   Pagefind looks a word up by its stem. Where the stem is unknown it offers words that begin with
   it, and failing that words that are the beginning of it, down to a single letter: "qqqqzz"
   finds "Q". It does not say which of these a result is, so the words that it found are compared
   with the query here, and what is not related is dropped. */

const MARKS = /\p{M}/gu;
const NOT_WORD = /[^\p{L}\p{N}]+/gu;
const GAPS = /[\s/\\|;:+&\p{Pd}]+|(?<!\p{N}),|,(?!\p{N})/u; // "Rusia-Ukraina", but not "1.234,5"
const PHRASE = /["“”„]([^"“”„]*)["“”„]/g;
// "AS" is the United States, "as" an English word; longer words in capitals may just be loud.
const ACRONYM = /^[\p{Lu}\p{N}]{2,4}$/u;
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

/** The words of a text in the form in which Pagefind is asked for them. */
const asked = (text, gaps) => text.split(gaps).map(squash).filter(Boolean);

/**
 * A query as its words and quoted phrases. `text` is what to ask Pagefind. `exact` is what to ask it
 * for besides, in quotes, if the query is one phrase and nothing else, or null. `acronyms` are the
 * words that were typed in capitals. No words: null.
 *
 * Phrases are compared part by part, so "mata-mata" is two parts in a row in query and text alike.
 * To Pagefind the text's "mata-mata" is one word, "matamata", which it also knows by its parts.
 */
export function parseQuery(text) {
  const quoted = [...text.matchAll(PHRASE)].map((m) => m[1]).filter((one) => parts(one).length);
  const phrases = quoted.map(parts);
  const rest = text.replace(PHRASE, " ");
  const terms = [...new Set(asked(rest, GAPS))];
  const acronyms = rest
    .split(GAPS)
    .filter((word) => ACRONYM.test(word) && /\p{L}/u.test(word))
    .map(squash);
  if (!terms.length && !phrases.length) return null;
  const words = new Set([...terms, ...quoted.flatMap((one) => asked(one, GAPS))]);
  const onlyPhrase = !terms.length && phrases.length === 1 && phrases[0].length > 1;
  const exact = onlyPhrase ? asked(quoted[0], /\s+/u).join(" ") : null;
  return { terms, acronyms, phrases, text: [...words].join(" "), exact };
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

// What may follow the common beginning of two English words of one stem. After a long beginning
// any endings of derivation and one of inflection (organ-iz-ation-s); after a short one only
// endings that belong together, as too many words share three letters.
const DERIVED = new RegExp(
  "^(?:al|ic|iv|ive|iz|ize|is|ise|at|ate|ion|ify|ifi|ous|ful|less|able|ible|abl|ibl|abil|ibil" +
    "|ance|ence|anc|enc|ant|ent|ment|ness|ity|iti|ist|ism|ship|er|or|ed|ing|ly|li|ie|e|y|i(?!$))*" +
    "(?:s|es|d|nt)?$",
);
const INFLECTED = [
  /^(?:s|es|ed|ings?|ly|ness|less|ful(?:ly|ness)?|[ai]ble|[ai]bilit(?:y|ies))?$/,
  /^(?:e|es|ed|ings?|ely|eless|eful(?:ly|ness)?|[ai]ble|[ai]bilit(?:y|ies))$/,
  /^(?:y|ie|ies|ied|yings?|ily)$/,
];
const LONG_BEGINNING = 4;
const DOUBLED = /([bdfglmnprt])$/;

function englishRelated(a, b) {
  let same = 0;
  while (same < a.length && a[same] === b[same]) same++;
  // "try" and "tried" share two letters; of "us" and "use" that is too little to tell.
  const least = Math.min(a.length, b.length) < SHORTEST_CORE ? SHORTEST_CORE : 2;
  // The difference may begin anywhere in what is common: "government" and "governed".
  for (let at = same; at >= Math.max(least, same - 3); at--) {
    const sets = at >= LONG_BEGINNING ? [DERIVED] : INFLECTED;
    // A doubled letter belongs to the beginning: run, run-n-ing.
    const doubled = a.slice(0, at).match(DOUBLED)?.[1];
    const endings = [a, b].map((word) => {
      const rest = word.slice(at);
      return doubled && rest[0] === doubled ? [rest, rest.slice(1)] : [rest];
    });
    if (sets.some((set) => endings.every((ways) => ways.some((rest) => set.test(rest))))) return true;
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
 * How the words at `locations` answer a query. For every term three lists of locations, best first:
 * the term in the capitals in which it was typed, forms of it, words that only begin like it. For
 * the phrases the locations of their words, or null if one of them is nowhere.
 */
export function matchWords(query, words, locations, language) {
  const found = locations.map((at) => [at, words[at] ?? "", forms(words[at] ?? "")]);
  const terms = query.terms.map((term) => {
    const [capitals, exact, begins] = [[], [], []];
    const acronym = query.acronyms.includes(term);
    for (const [at, word, known] of found) {
      if (acronym && capitalParts(word).includes(term)) capitals.push(at);
      if (known.some((form) => related(term, form, language))) exact.push(at);
      else if (term.length >= SHORTEST_PREFIX && known.some((form) => form.startsWith(term)))
        begins.push(at);
    }
    return [capitals, exact, begins];
  });
  return { terms, phrases: query.phrases.length ? phraseLocations(query.phrases, words) : [] };
}

/** The parts of a word that are written in capitals, folded: "AS-Tiongkok" → "as", "U.S." → "us". */
function capitalParts(word) {
  return [word, ...word.split(NOT_WORD)]
    .filter((part) => part === part.toUpperCase() && part !== part.toLowerCase())
    .map(squash);
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
