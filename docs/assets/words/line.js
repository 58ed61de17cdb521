/* What a word means where it stands in a line: the senses of the lexicon in their order, a passive as one.
   For what is read word by word (gist.js), and for glosses in the text (learn.js). */
(() => {
  "use strict";
  const { Sentence, frontDecoded, lexicon } = window.dwWords;

  const ASIDE = / ?\([^)]*\)/g;
  const SHORT_VERB = /^[^aeiou]*[aeiou][^aeiouwxy]$/;

  /** What is needed beside the entries: frequent roots, participles, rules of newspapers in English. */
  let ready = null;
  function prepare() {
    ready ??= Promise.all([lexicon.ready(), lexicon.file("gist"), lexicon.file("newspaper")])
      .then(([, more, newspaper]) => {
        const [frequent, most] = [more.frequent, more.most].map((roots) => new Set(frontDecoded(roots)));
        return { frequent, most, participles: more.participles, newspaper: more.newspaper || newspaper };
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

  /** "killed" of "kill", "carried out" of "carry out". */
  function participle(gloss, participles) {
    const [verb, ...rest] = gloss.split(" ");
    let form = `${verb}ed`;
    if (Object.hasOwn(participles, verb)) form = participles[verb];
    else if (verb.endsWith("e")) form = `${verb}d`;
    else if (/[^aeiou]y$/.test(verb)) form = `${verb.slice(0, -1)}ied`;
    else if (SHORT_VERB.test(verb)) form = `${verb}${verb.at(-1)}ed`;
    return [form, ...rest].join(" ");
  }

  /** Whether a sense is that of an active verb and the word its passive: who does it would be mistaken. */
  const isPassive = ({ pieces, of, pos }) =>
    pieces.some(({ affix }) => /^di(per)?-/.test(affix)) && (of ? !of.startsWith("di") : pos === "v");

  /** The first gloss of a word as it may stand in a line. */
  function glossOf({ senses: [sense] }, participles) {
    const gloss = bare(sense.glosses[0]);
    return isPassive(sense) && !gloss.startsWith("be ") ? `be ${participle(gloss, participles)}` : gloss;
  }

  /** What rules of newspapers say, without what explains it. */
  const shortened = (text) => text.replace(ASIDE, "").split(/[;:] |, literally /)[0];

  /** Whether a name that nobody knows follows at once. */
  function isFirstOfName(sentence, word) {
    const next = sentence.next(word);
    return next !== null && isCapital(next.form) && !lexicon.known(next.form).senses.length;
  }

  /** What begins at a word: `{ start, end, text }`, the longest of what stands together, else the word alone. */
  function at(sentence, word, known, { frequent, participles, newspaper }) {
    const together = []; // brackets of a date begin before its first word
    const unfolded = newspaper.find(({ from, to }) => from <= word.start && word.end <= to);
    if (unfolded) together.push({ start: unfolded.from, end: unfolded.to, text: shortened(unfolded.text) });
    for (const one of [sentence.termWith(word, lexicon.terms), sentence.phraseWith(word, phrasesOf(known))])
      if (one?.start === word.start) together.push({ end: one.end, text: bare(one.glosses[0]) });
    const longest = together.reduce((best, one) => (one.end > (best?.end ?? 0) ? one : best), null);
    if (longest) return longest;
    const stands = { end: word.end, text: word.form };
    if (!known.senses.length || /^\d/.test(word.form)) return stands;
    if (known.kind === "name") return { end: word.end, text: known.senses[0].glosses[0] };
    // A capital within a sentence: a name as a rule, but not of frequent words and those with prefixes.
    const { root, pieces } = known.senses[0];
    const isWord = frequent.has(root) || pieces.some(({ affix }) => !affix.startsWith("-"));
    if (isCapital(word.form) && !isWord && (!sentence.begins(word) || isFirstOfName(sentence, word))) return stands;
    return { end: word.end, text: glossOf(known, participles) };
  }

  /** A paragraph word by word. */
  async function wordByWord(element) {
    const rules = await prepare();
    const sentence = new Sentence(element);
    const meanings = await Promise.all(sentence.words.map(({ form }) => lexicon.meaning(form)));
    const more = { ...rules, newspaper: dwNewspaper.explain(sentence.text, rules.newspaper) };
    let text = "";
    let from = 0;
    for (const [number, word] of sentence.words.entries()) {
      if (word.start < from) continue;
      const said = at(sentence, word, meanings[number], more);
      text += sentence.text.slice(from, said.start ?? word.start) + (isCapital(word.form.charAt(0)) ? capital(said.text) : said.text);
      from = said.end;
    }
    return (text + sentence.text.slice(from)).trim();
  }

  /** The gloss of a word of the text, or of the phrase that it stands in there: `{ start, end, text }`. None of
      what is a name, or a number, date or title, which a touch explains. */
  function glossAt({ sentence, word, meaning }, { participles, newspaper }) {
    const isIn = ({ from, to }) => from <= word.start && word.end <= to;
    if (dwNewspaper.explain(sentence.text, newspaper).some(isIn) || sentence.termWith(word, lexicon.terms)) return null;
    const phrase = sentence.phraseWith(word, phrasesOf(meaning));
    if (phrase) return { start: phrase.start, end: phrase.end, text: bare(phrase.glosses[0]) };
    return { start: word.start, end: word.end, text: glossOf(meaning, participles) };
  }

  Object.assign(window.dwWords, { glossAt, prepareLine: prepare, wordByWord });
})();
