/* The words of a query as the index knows them. The same as scripts/dwiwarta/search/words.py does
   with the articles, by the same rules; they come with the index. */

const SHORTEST_ROOT = 3;
const SHORTEST_UNKNOWN = 4;
const LONGEST_FORM = 60;
const SYMBOLS = "\\u{2600}-\\u{27bf}\\u{1f000}-\\u{1faff}";
const THOUSANDS = /^[1-9]\d{0,2}(?:(?:\.\d{3})+|(?:,\d{3})+)$/;
const THOUSANDS_AND_PART = /^([1-9]\d{0,2}(?:(?:\.\d{3})+(?=,)|(?:,\d{3})+(?=\.)))[.,](\d+)$/;
const PART = /^(\d+)[.,](\d+)$/;
const words = (text) => text.split(/\s+/).filter(Boolean);

export const withoutMarks = (text) => text.normalize("NFD").replace(/\p{M}/gu, "");

/** A number in either language's notation as a plain one. */
export function numbers(text) {
  if (THOUSANDS.test(text)) return [text.replace(/[.,]/g, "")];
  const large = THOUSANDS_AND_PART.exec(text);
  if (large) return [`${large[1].replace(/[.,]/g, "")}.${large[2]}`];
  const part = PART.exec(text);
  return part ? [`${part[1]}.${part[2]}`] : text.split(/[.,]/);
}

export class Words {
  constructor(rules) {
    this.rules = rules;
    this.passedOver = new Set(words(rules.passed_over));
    this.currencies = new Set(words(rules.currencies));
    this.roots = new Set(words(rules.indonesian.roots));
    this.spellings = new Map(
      rules.spellings.flatMap((line) => words(line).map((word, _, all) => [word, all[0]])),
    );
    const currencies = words(rules.currencies).join("|") || "(?!)";
    this.token = new RegExp(
      `(?<![\\p{L}\\p{N}])(?:${currencies})(?=[0-9])` +
        `|[0-9]+(?:[.,][0-9]+)*(?![\\p{L}\\p{N}])|[\\p{L}\\p{N}]+|[${SYMBOLS}]`,
      "giu",
    );
  }

  /**
   * The forms in a text, each with where it stands: `{ form, start, end }`. `typed`: capitals mean
   * something even where all is in capitals.
   */
  *tokens(text, typed = false) {
    // Composed letters are one unit in most texts and several without their accents: only where a
    // text has accents do places have to be found again.
    const plain = withoutMarks(text);
    const place = plain.length === text.length ? (at) => at : placesIn(text);
    const loud = !typed && plain === plain.toUpperCase() && plain !== plain.toLowerCase();
    for (const match of plain.matchAll(this.token)) {
      const [word] = match;
      const [start, end] = [place(match.index), place(match.index + word.length)];
      if (/^\d/.test(word) && !/\p{L}/u.test(word))
        for (const form of numbers(word)) yield { form, start, end };
      else if (!loud && /^(?=.*\p{L})[\p{L}\p{N}]{2,4}$/u.test(word) && isUpper(word))
        yield { form: word, start, end };
      else if (word.length <= LONGEST_FORM) yield { form: word.toLowerCase(), start, end };
    }
  }

  forms(text, typed = false) {
    return [...this.tokens(text, typed)].map(({ form }) => form);
  }

  /**
   * What the forms of a word have in common, by the grammar of either language. A word with Indonesian
   * affixes and no English ending is Indonesian.
   */
  stems(form) {
    const [indonesian, english] = [this.stem(form, "id"), this.stem(form, "en")];
    return indonesian === english || english === form.toLowerCase() ? [indonesian] : [indonesian, english];
  }

  stem(form, language) {
    let word = form.toLowerCase();
    if (/^\d/.test(word)) return word;
    word = this.#spelled(word);
    if ([...word].length > 2)
      word = this.#spelled(language === "id" ? this.#indonesian(word) : this.#english(word));
    return word;
  }

  /** With what stems of words may begin of which this is the beginning: "pengusa" → "usa". */
  beginnings(word) {
    const cores = [word];
    for (const core of cores.slice()) cores.push(...this.#withoutPrefix(core));
    const roots = [...this.roots];
    return cores.filter((core, i) => !i || roots.some((root) => root.startsWith(core)));
  }

  #spelled(word) {
    if (this.spellings.has(word)) return this.spellings.get(word);
    for (const [old, now] of Object.entries(this.rules.letters)) word = word.replaceAll(old, now);
    return this.spellings.get(word) ?? word;
  }

  #english(word) {
    for (const step of this.rules.english) {
      const rule = step.find(
        ([ending, , least]) => word.endsWith(ending) && word.length - ending.length >= least,
      );
      if (rule) word = word.slice(0, word.length - rule[0].length) + rule[1];
    }
    return word;
  }

  #indonesian(word) {
    if (this.roots.has(word)) return word;
    const ends = new Set([word]);
    for (const endings of this.rules.indonesian.endings)
      for (const end of [...ends])
        for (const ending of endings)
          if (end.endsWith(ending) && end.length - ending.length >= SHORTEST_ROOT)
            ends.add(end.slice(0, end.length - ending.length));
    const found = new Set();
    let cores = [...ends];
    for (let round = 0; round <= 2; round++) {
      for (const core of cores) if (this.roots.has(core)) found.add(core);
      cores = cores.flatMap((core) => [...this.#withoutPrefix(core)]);
    }
    if (found.size) return [...found].sort((a, b) => b.length - a.length || (a < b ? -1 : 1))[0];
    const rest = word.endsWith("nya") ? word.slice(0, -3) : word;
    return rest.length >= SHORTEST_UNKNOWN ? rest : word;
  }

  *#withoutPrefix(word) {
    for (const [prefix, following, swallowed] of this.rules.indonesian.prefixes) {
      if (!word.startsWith(prefix)) continue;
      const rest = word.slice(prefix.length);
      if (rest && (!following || following.includes(rest[0])))
        if (swallowed.length + rest.length >= SHORTEST_ROOT) yield swallowed + rest;
    }
  }
}

const isUpper = (word) => word === word.toUpperCase() && word !== word.toLowerCase();

/** From places in the text without marks to places in the text. */
function placesIn(text) {
  const at = [];
  let start = 0;
  for (const char of text) {
    for (let n = withoutMarks(char).length; n > 0; n--) at.push(start);
    start += char.length;
  }
  at.push(start);
  return (place) => at[place];
}
