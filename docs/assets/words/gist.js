/* Where a paragraph has no English yet: each word of it by the lexicon, phrases and names together,
   numbers, dates and titles unfolded. It is no translation, says so, and is kept nowhere. */
(() => {
  "use strict";
  const { Sentence, frontDecoded, lexicon, make, say } = window.dwWords;

  const ASIDE = / ?\([^)]*\)/g;
  const SHORT_VERB = /^[^aeiou]*[aeiou][^aeiouwxy]$/;

  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
  const isCapital = (form) => form !== form.toLowerCase();

  /** What is needed beside the entries: frequent roots, participles, rules of newspapers in English. */
  let ready = null;
  function prepare() {
    ready ??= Promise.all([lexicon.ready(), lexicon.file("gist"), lexicon.file("newspaper")])
      .then(([, more, newspaper]) => {
        const frequent = new Set(frontDecoded(more.frequent));
        return { frequent, participles: more.participles, newspaper: more.newspaper || newspaper };
      })
      .catch((error) => {
        ready = null;
        throw error;
      });
    return ready;
  }

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
    const gloss = sense.glosses[0].replace(ASIDE, "").trim();
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
    const phrases = [...new Set(known.senses.map(({ root }) => root))]
      .flatMap((root) => lexicon.phrasesWith(root))
      .filter(([phrase]) => !phrase.includes("…"));
    for (const one of [sentence.termWith(word, lexicon.terms), sentence.phraseWith(word, phrases)])
      if (one?.start === word.start) together.push({ end: one.end, text: one.glosses[0].replace(ASIDE, "") });
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
  async function gist(element) {
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

  /* --- in the page -------------------------------------------------------------------------------- */

  const all = document.querySelector("[data-dw-gist='all']");
  const buttons = [...document.querySelectorAll("[data-dw-gist]")].filter((one) => one !== all);
  const title = document.querySelector("h1.dw-pair");

  const shownAfter = (place) => (place.nextElementSibling?.matches(".dw-gist") ? place.nextElementSibling : null);

  /** Put it behind a place, with its mark, or take it away. Not where the English of a pair is looked for. */
  async function show(place, original, isWanted) {
    if (!isWanted) return shownAfter(place)?.remove();
    if (shownAfter(place)) return undefined;
    const text = await gist(original);
    if (shownAfter(place)) return undefined;
    const mark = make("p", { class: "dw-gist__mark" }, say("Word by word, not a translation"));
    return place.after(make("div", { class: "dw-gist" }, mark, make("p", { lang: "en" }, text)));
  }

  async function ofParagraph(button, isWanted) {
    const pair = button.closest(".dw-pair") ?? title; // that of the title stands below it
    await show(button, pair.querySelector(":scope > .dw-pair__id"), isWanted);
    button.setAttribute("aria-expanded", String(isWanted));
    const areAll = buttons.every((one) => one.getAttribute("aria-expanded") === "true");
    all?.setAttribute("aria-pressed", String(areAll));
  }

  /** What a button asks for: shown, or taken away if it is shown. */
  async function toggle(button) {
    if (button !== all) return ofParagraph(button, button.getAttribute("aria-expanded") !== "true");
    const isWanted = all.getAttribute("aria-pressed") !== "true";
    if (isWanted) await lexicon.whole();
    if (title.dataset.state === "missing") await show(title, title.querySelector(".dw-pair__id"), isWanted);
    for (const one of buttons) await ofParagraph(one, isWanted);
    return undefined;
  }

  window.dwWords.gist = toggle;
})();
