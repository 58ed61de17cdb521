/* What a word means where it stands in a line: the senses of the lexicon in their order, a passive as one.
   For what is read word by word (gist.js), and for glosses in the text (learn.js). */
(() => {
  "use strict";
  const { Sentence, doubledAtEnd, frontDecoded, lexicon } = window.dwWords;

  const ASIDE = / ?\([^)]*\)/g;
  const OWNERS = { "-ku": ["my", "me"], "-mu": ["your", "you"] };

  /** What is needed beside the entries: frequent roots, rules of newspapers in English. */
  let ready = null;
  function prepare() {
    ready ??= Promise.all([lexicon.ready(), lexicon.file("gist"), lexicon.file("newspaper"), lexicon.allTerms()])
      .then(([, more, newspaper]) => {
        const [frequent, most] = [more.frequent, more.most].map((roots) => new Set(frontDecoded(roots)));
        const countries = new Map(more.countries);
        return { frequent, most, countries, countryTerms: more.countries.map(([form, name]) => [[form], [name]]), newspaper: more.newspaper || newspaper };
      })
      .catch((error) => {
        ready = null;
        throw error;
      });
    return ready;
  }

  /** The fixed phrases, without gaps, that a word may stand in. */
  const phrasesOf = ({ senses }) =>
    [...new Set(senses.map(({ root }) => root))].flatMap((root) => lexicon.phrasesWith(root)).filter(([phrase]) => !phrase.includes("…"));

  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
  const isCapital = (form) => form !== form.toLowerCase();
  const bare = (gloss) => gloss.replace(ASIDE, "").trim();

  const verbOf = (gloss, change) => {
    const [verb, ...rest] = gloss.split(" ");
    return [change(verb), ...rest].join(" ");
  };

  /** "hampering" of "hamper", "carrying out" of "carry out". */
  const gerund = (gloss) => verbOf(gloss, (verb) => `${/[^aeiou]e$/.test(verb) ? verb.slice(0, -1) : doubledAtEnd(verb)}ing`);

  /** "players" of "player", "drug dealers", "rights of way". */
  function plural(gloss, irregular) {
    const [, head, rest] = /^(.*?)( (?:of|in|for|to|with) .*)?$/.exec(gloss);
    const [, before, noun] = /^(.* )?([^ ]*)$/.exec(head);
    let form = `${noun}s`;
    if (Object.hasOwn(irregular, noun)) form = irregular[noun];
    else if (/(?:[sxz]|[cs]h)$/.test(noun)) form = `${noun}es`;
    else if (/[^aeiou]y$/.test(noun)) form = `${noun.slice(0, -1)}ies`;
    return (before ?? "") + form + (rest ?? "");
  }

  /** Whether a sense is that of an active verb and the word its passive: who does it would be mistaken. */
  const isPassive = ({ pieces, of, pos }) =>
    pieces.some(({ affix }) => /^di(per)?-/.test(affix)) && !of && pos === "v";

  /** The first gloss of a word as it may stand in a line. `many`: whether "para" stands before it. */
  function glossOf({ senses: [sense] }, many = false) {
    const { glosses, of, pieces, pos } = sense;
    const affixes = pieces.map(({ affix }) => affix);
    const participles = lexicon.rules.participles;
    let gloss = bare(glosses[0].split(";")[0]);
    if (isPassive(sense)) gloss = lexicon.passive(gloss);
    else if (!of && pos === "v" && /^pe(?:r|N)?-…-an$/.test(affixes.at(-1) ?? "")) gloss = gerund(gloss);
    if (many || (!of && pos === "n" && affixes.includes("word"))) gloss = plural(gloss, participles);
    const [inner, outer] = [affixes.at(-2) ?? "", affixes.at(-1)];
    const isActive = /^(?:me|nge)/.test(inner);
    if (outer === "-nya") return isActive ? `${gloss} him/her/it` : gloss;
    if (!Object.hasOwn(OWNERS, outer)) return gloss;
    const [mine, me] = OWNERS[outer];
    return isActive || pos === "prep" ? `${gloss} ${me}` : `${mine} ${gloss}`;
  }

  /** What rules of newspapers say, without what explains it. */
  const shortened = (text) => text.replace(ASIDE, "").split(/[;:] |, literally /)[0];

  /** Whether a name that nobody knows follows at once. */
  function isFirstOfName(sentence, word) {
    const next = sentence.next(word);
    return next !== null && isCapital(next.form) && !lexicon.known(next.form).senses.length;
  }

  /** What begins at a word: `{ start, end, text }`, the longest of what stands together, else the word alone.
      `isName`: it was left as it is. `before`: what was said of the word before. */
  function at(sentence, word, known, { frequent, newspaper, countries, countryTerms }, before) {
    const together = []; // brackets of a date begin before its first word
    const unfolded = newspaper.find(({ from, to }) => from <= word.start && word.end <= to);
    if (unfolded) together.push({ start: unfolded.from, end: unfolded.to, text: shortened(unfolded.text) });
    for (const one of [sentence.termWith(word, lexicon.terms), sentence.termWith(word, countryTerms), sentence.phraseWith(word, phrasesOf(known))])
      if (one?.start === word.start) together.push({ end: one.end, text: bare(one.glosses[0]) });
    const ordinal = /^ke$/i.test(word.form) && /^-(\d+)/.exec(sentence.text.slice(word.end));
    if (ordinal) together.push({ end: word.end + ordinal[0].length, text: ordinalOf(ordinal[1]) });
    const longest = together.reduce((best, one) => (one.end > (best?.end ?? 0) ? one : best), null);
    if (longest) return longest;
    if (countries.has(word.form)) return { end: word.end, text: countries.get(word.form) };
    const stands = { end: word.end, text: word.form, isName: isCapital(word.form) };
    if (!known.senses.length || /^\d/.test(word.form)) return stands;
    if (known.kind === "name") return { end: word.end, text: known.senses[0].glosses[0] };
    const { root, pieces, pos } = known.senses[0];
    const said = { end: word.end, text: glossOf(known, before?.isMany), isMany: pos === "pron" && known.senses[0].glosses[0].startsWith("(plural") };
    if (!isCapital(word.form) || (lexicon.isFunction(root) && !pieces.length && !isAcronym(sentence, word.form)) || pos === "abbr") return said;
    // A capital within a sentence: a name as a rule, but not of frequent words and those with prefixes, unless a name goes on.
    const goesOn = before?.isName && before.end + 1 === word.start;
    const hasPrefix = pieces.some(({ affix }) => !affix.startsWith("-"));
    const isWord = !isAcronym(sentence, word.form) && (hasPrefix || (frequent.has(root) && !goesOn) || before?.isOffice);
    if (!isWord && (!sentence.begins(word) || isFirstOfName(sentence, word))) return stands;
    // "Penanggulangan Bencana", "Pengadilan Distrik": what follows such a word belongs to it.
    return { ...said, isOffice: !sentence.begins(word) && hasPrefix && pieces.some(({ affix }) => affix.endsWith("-an")) };
  }


  /** Whether a word is in capitals in a text that is not. */
  const isAcronym = ({ text }, form) => form.length > 1 && form === form.toUpperCase() && text !== text.toUpperCase();

  function ordinalOf(number) {
    const [tens, ones] = [Number(number.at(-2) ?? 0), Number(number.at(-1))];
    return `${number}${(tens !== 1 && ["th", "st", "nd", "rd"][ones]) || "th"}`;
  }

  /** What is said with one word more: into the gap of "in a … way", no preposition twice ("with with"). */
  function joined(text, more) {
    if (!more) return text.replace(/ $/, "");
    if (/…[^…]*\s$/.test(text)) return text.replace(/(\ba )?…/, (_, a) => (a && /^[aeiou]/i.test(more) ? "an " : a ?? "") + more).replace(/\s$/, "");
    const again = /(^| )(with|from|of|to|in|for|by|at|on) $/i.exec(text);
    return again && again[2].toLowerCase() === more.toLowerCase() ? text.replace(/ $/, "") : text + more;
  }

  /** A paragraph word by word. */
  async function wordByWord(element) {
    const rules = await prepare();
    const sentence = new Sentence(element);
    const meanings = await Promise.all(sentence.words.map(({ form }) => lexicon.meaning(form)));
    const more = { ...rules, newspaper: dwNewspaper.explain(sentence.text, rules.newspaper) };
    let text = "";
    let from = 0;
    let before = null;
    let isUp = false; // what has no English of its own leaves its capital to the next
    for (const [number, word] of sentence.words.entries()) {
      if (word.start < from) continue;
      const said = at(sentence, word, meanings[number], more, before);
      const between = sentence.text.slice(from, said.start ?? word.start);
      const isCapitalHere = isUp || isCapital(word.form.charAt(0));
      text = joined(text + between, isCapitalHere ? capital(said.text) : said.text);
      isUp = isCapitalHere && !said.text;
      from = said.end;
      before = said;
    }
    return (text + sentence.text.slice(from)).replace(/\s*…/, "").trim();
  }

  /** The gloss of a word of the text, or of the phrase that it stands in there: `{ start, end, text }`. None of
      what is a name, or a number, date or title, which a touch explains. */
  function glossAt({ sentence, word, meaning }, { newspaper }) {
    const isIn = ({ from, to }) => from <= word.start && word.end <= to;
    if (dwNewspaper.explain(sentence.text, newspaper).some(isIn) || sentence.termWith(word, lexicon.terms)) return null;
    const phrase = sentence.phraseWith(word, phrasesOf(meaning));
    if (phrase) return { start: phrase.start, end: phrase.end, text: bare(phrase.glosses[0]) };
    return { start: word.start, end: word.end, text: glossOf(meaning) };
  }

  Object.assign(window.dwWords, { glossAt, prepareLine: prepare, wordByWord });
})();
