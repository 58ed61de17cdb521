/* Where the roots of an article stand in it. The page says which roots it has (known.js), so that of the
   lexicon no more is fetched than the entries of those that are asked for. */
(() => {
  "use strict";
  const { Sentence, lexicon, vocabulary } = window.dwWords;

  const isSmall = (form) => form === form.toLowerCase();

  /** All sentences of the text, in order. */
  function sentencesHere() {
    return [...document.querySelectorAll(".dw-text > .dw-pair > .dw-pair__id")].flatMap((half) => {
      const parts = [...half.querySelectorAll("[data-s]")];
      return (parts.length ? parts : [half]).map((element) => new Sentence(element));
    });
  }

  /** Whether a word has a capital that no sentence gives it, or a name that nobody knows follows at once. */
  function isOfName(sentence, word) {
    if (isSmall(word.form)) return false;
    const next = sentence.next(word);
    return !sentence.begins(word) || (next && !isSmall(next.form) && !lexicon.known(next.form).senses.length);
  }

  let functional = null; // words as they are written

  /** Whether it holds sentences together (function_words.yml); tidaklah does, too. */
  function isFunctional(form, { root, pieces }) {
    const isEnding = ({ affix }) => lexicon.rules.endings.some((group) => group.includes(affix));
    return functional.has(form.toLowerCase()) || (functional.has(root) && pieces.every(isEnding));
  }

  async function ready() {
    const [[words, irregular]] = await Promise.all([lexicon.file("function"), lexicon.ready()]);
    if (functional) return;
    functional = new Set(words.split(" "));
    lexicon.expect(irregular);
  }

  /** The roots of this article, commonest first. A page that knows another list of roots is read anew. */
  async function rootsHere() {
    const told = await vocabulary();
    if (told) return told;
    await Promise.all([lexicon.whole(), ready()]);
    const counts = new Map();
    for (const sentence of sentencesHere())
      for (const word of sentence.words) {
        if (isOfName(sentence, word)) continue;
        const { kind, senses } = lexicon.known(word.form);
        const root = senses[0]?.root;
        if (kind === "word" && lexicon.has(root) && !lexicon.isFunction(root) && !isFunctional(word.form, senses[0])) counts.set(root, (counts.get(root) ?? 0) + 1);
      }
    return [...counts].sort((one, other) => other[1] - one[1]).map(([root]) => root);
  }

  /** Every word with one of some roots of this article: `{ sentence, word, meaning, root }`, in order. */
  async function placesOf(roots) {
    await ready();
    const wanted = new Set(roots);
    const here = new Set(await rootsHere());
    const may = new Map(); // by form, whether it may have one of them
    const places = [];
    for (const sentence of sentencesHere())
      for (const word of sentence.words) {
        const { form } = word;
        if (!may.has(form)) may.set(form, lexicon.rootsIn(form).some((root) => wanted.has(root)));
        if (may.get(form) && !isOfName(sentence, word)) places.push({ sentence, word });
      }
    await Promise.all([...new Set(places.map(({ word }) => word.form))].map((form) => lexicon.meaning(form, here)));
    return places.flatMap((place) => {
      const meaning = lexicon.known(place.word.form);
      const root = meaning.senses[0]?.root;
      return meaning.kind === "word" && wanted.has(root) && !isFunctional(place.word.form, meaning.senses[0]) ? [{ ...place, meaning, root }] : [];
    });
  }

  /** Where each of some roots stands first, and how often, in their order. */
  async function wordsWith(roots) {
    const found = new Map(roots.map((root) => [root, null]));
    for (const { root, ...place } of await placesOf(roots)) {
      const one = found.get(root);
      // A word in small letters is the better example.
      if (!one || (!isSmall(one.word.form) && isSmall(place.word.form))) found.set(root, { ...place, times: (one?.times ?? 0) + 1 });
      else one.times++;
    }
    for (const [root, one] of found) if (!one) found.delete(root);
    return found;
  }

  Object.assign(window.dwWords, { placesOf, rootsHere, wordsWith });
})();
