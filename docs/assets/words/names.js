/* Names that stand in both languages of a text: people, places, institutions. Better few and right: a name
   must stand in the Indonesian sentence and in its English one. Either it is known, lexicon/names.js and
   places.js, whose forms may differ, or it is written alike in both with capitals, and of several words, or
   else one that the article has again. */
(() => {
  "use strict";

  const LETTERS = "[\\p{L}\\p{M}]+";
  const WORD = new RegExp(`${LETTERS}(?:['’-]${LETTERS})*|\\d+`, "gu");
  const POSSESSIVE = /['’]s?$/;
  const SHORTEST = 3; // letters of a name that is but one word
  const BREAK = /[.!?:;][”"’)\]]*\s|^["“‘(]?$/; // before a word that begins a sentence

  const isCapital = (word) => /^\p{Lu}/u.test(word);
  const isAcronym = (word) => word.length > 1 && word === word.toUpperCase();
  const words = (text) => new Set(text.split(" "));

  /** Whether just these words stand in quotes: the title of a book, a film, a song. */
  const isQuoted = (text, start, end) => /["“”‘'«]/.test(text[start - 1] ?? "") && /^[,.]?["“”’'»]/.test(text.slice(end));

  /** The words of a sentence: `{ text, start, end, begins, near }`; `near`: with but a space before it. */
  function wordsOf(text) {
    const found = [];
    for (const match of text.matchAll(WORD)) {
      const word = match[0].replace(POSSESSIVE, "");
      const [start, end] = [match.index, match.index + word.length];
      const before = found.at(-1);
      const between = text.slice(before ? before.end : 0, start);
      const isInitial = before && before.text.length === 1 && between === ". ";
      const near = Boolean(before) && (between === " " || isInitial);
      found.push({ text: word, start, end, near, begins: !before || (!isInitial && BREAK.test(between)) });
    }
    return found;
  }

  /** What is known, to be looked up: `{ forms, heads, directions }` and sets of words. `isWord`: whether
      the lexicon has a word, in small letters. */
  function prepare(names, places, isWord) {
    const forms = { id: new Map(), en: new Map() };
    const add = (side, form, entity) => {
      const parts = wordsOf(form).map(({ text }) => text);
      if (!parts.length) return;
      if (!forms[side].has(parts[0])) forms[side].set(parts[0], []);
      forms[side].get(parts[0]).push({ parts, entity });
    };
    for (const [kind, key, source, english = ""] of names.known) {
      const entity = { kind, key };
      const alike = source.split("|");
      for (const form of alike) add("id", form, entity);
      for (const form of [...alike, ...english.split("|")]) add("en", form, entity);
    }
    for (const [kind, key, source] of places)
      for (const form of source.split("|")) {
        const entity = { kind, key };
        for (const side of ["id", "en"]) add(side, form, entity);
      }
    const heads = Object.entries(names.heads).map(([head, english]) => [head.split(" "), english.map((one) => one.split(" "))]);
    return { isWord, forms, heads, directions: names.directions, linkers: words(names.linkers), not: words(names.not), honorifics: words(names.honorifics), titles: words(names.titles) };
  }

  const sameAt = (all, at, parts) =>
    at >= 0 && at + parts.length <= all.length && parts.every((part, i) => isSame(part, all[at + i].text) && (!i || all[at + i].near));

  /** "Amerika" in "Amerika Serikat", "Korea" in "North Korea" are no names. */
  const longest = (places) =>
    places.filter(({ at, length }) => !places.some((one) => one.length > length && one.at <= at && at + length <= one.at + one.length));

  /** The places in a sentence where something known stands: `{ at, length, entity }`. */
  function knownIn(all, forms) {
    const found = all.flatMap(({ text }, at) =>
      (forms.get(text) ?? []).filter(({ parts }) => sameAt(all, at, parts)).map(({ parts, entity }) => ({ at, length: parts.length, entity })),
    );
    return longest(found);
  }

  /** "Al-Libi" is "al-Libi", too. */
  const isSame = (one, other) => one === other || (one.includes("-") && one.toLowerCase() === other.toLowerCase());

  /** The longest runs with capitals that stand alike in both sentences: `{ at, length, places }`. */
  function alikeIn(one, other, { linkers }) {
    const isPart = ({ text }) => isCapital(text) || linkers.has(text);
    const found = [];
    for (let at = 0; at < one.length; ) {
      let length = 0;
      if (isCapital(one[at].text))
        for (let there = 0; there < other.length; there++) {
          let n = 0;
          while (
            at + n < one.length && there + n < other.length && isSame(one[at + n].text, other[there + n].text) &&
            isPart(one[at + n]) && (!n || (one[at + n].near && other[there + n].near))
          ) n++;
          while (n && !isCapital(one[at + n - 1].text)) n--;
          length = Math.max(length, n);
        }
      if (length) found.push({ at, length });
      at += Math.max(length, 1);
    }
    return found;
  }

  const textOf = (all, { at, length }) => all.slice(at, at + length).map(({ text }) => text).join(" ");
  const placesOf = (all, parts) => all.flatMap((_, at) => (sameAt(all, at, parts) ? [{ at, length: parts.length }] : []));

  /* --- an article -------------------------------------------------------------------------------- */

  /** Which words the texts have without a capital, and in how many pairs each stands with one in both. */
  function countsOf(pairs) {
    const small = new Set();
    const count = new Map();
    for (const { id, en, isTitle } of pairs) {
      for (const { text } of [...id, ...en]) if (!isCapital(text)) small.add(text.toLowerCase());
      if (isTitle) continue;
      const inside = new Set(id.filter(({ text, begins }) => isCapital(text) && !begins).map(({ text }) => text));
      const there = new Set(en.map(({ text }) => text));
      for (const text of new Set(id.map((word) => word.text)))
        if (isCapital(text) && there.has(text)) {
          const one = count.get(text) ?? { pairs: 0, inside: 0 };
          count.set(text, { pairs: one.pairs + 1, inside: one.inside + inside.has(text) });
        }
    }
    return { small, count };
  }

  /** What belongs to a name in one language and in the other: "Bandara X", "X Airport". */
  function widened(one, other, here, there, { heads, directions }) {
    const pick = (all, from, parts) => (sameAt(all, from, parts) ? parts.length : 0);
    const next = (all, { at, length }) => all[at + length]?.near && all[at + length].text;
    const direction = directions[next(one, here)];
    if (direction && there.at && other[there.at].near && other[there.at - 1].text === direction)
      return [{ at: here.at, length: here.length + 1 }, { at: there.at - 1, length: there.length + 1 }];
    for (const [head, english] of heads) {
      if (!one[here.at].near || !pick(one, here.at - head.length, head)) continue;
      for (const tail of english) {
        const wide = { at: here.at - head.length, length: here.length + head.length };
        const end = there.at + there.length;
        if (other[end]?.near && pick(other, end, tail)) return [wide, { at: there.at, length: there.length + tail.length }];
        if (other[there.at].near && pick(other, there.at - tail.length, tail))
          return [wide, { at: there.at - tail.length, length: there.length + tail.length }];
      }
    }
    return [here, there];
  }

  /** The names of a text, pair by pair: `{ name, entity, id: [[from, to], …], en: [[from, to], …] }`.

      `pairs`: `{ id, en, isTitle }`, texts of a sentence or paragraph in both languages. */
  function find(pairs, known) {
    const all = pairs.map(({ id, en, isTitle = false }) => ({ id: wordsOf(id), en: wordsOf(en), text: en, isTitle }));
    const article = countsOf(all);
    article.parts = new Set(); // words of names of several words
    const several = all.map((pair) => (pair.isTitle ? [] : severalIn(pair, article, known)));
    for (const one of several.flat()) for (const part of one.parts) article.parts.add(part);
    return all.map((pair, at) => {
      const found = [...knownNames(pair, known), ...(pair.isTitle ? severalIn(pair, article, known) : several[at]), ...singleIn(pair, article, known)];
      return chosen(pair, found, known);
    });
  }

  function knownNames({ id, en }, { forms, not }) {
    const [here, there] = [knownIn(id, forms.id), knownIn(en, forms.en)];
    return [...new Set(here.map(({ entity }) => entity))].flatMap((entity) => {
      const [one, other] = [here, there].map((found) => found.filter((place) => place.entity === entity));
      if (!other.length || one.every((place) => place.length === 1 && not.has(id[place.at].text))) return [];
      return [{ entity, id: one, en: other, worth: 1 }];
    });
  }

  const isCommon = (word, { small }, { not }) => not.has(word) || small.has(word.toLowerCase());

  function severalIn({ id, en, text, isTitle }, article, known) {
    return alikeIn(id, en, known).flatMap((place) => {
      let { at, length } = place;
      while (length && known.honorifics.has(id[at].text)) [at, length] = [at + 1, length - 1];
      const parts = id.slice(at, at + length).map(({ text }) => text);
      if (parts.length < 2 || parts.every((part) => isCommon(part, article, known) || isAcronym(part))) return [];
      const places = placesOf(en, parts);
      // Spelled in two ways, and cut off where they differ.
      const goesOn = (all, end) => all[end]?.near && isCapital(all[end].text);
      if (!places.length || (!isTitle && goesOn(id, at + length) && places.every((one) => goesOn(en, one.at + one.length)))) return [];
      if (parts.every((part) => part.length === 1) || parts.some((part) => known.titles.has(part))) return [];
      if (places.every((one) => isQuoted(text, en[one.at].start, en[one.at + one.length - 1].end))) return [];
      if (isTitle && !parts.every((part) => article.parts.has(part))) return [];
      return [{ parts, entity: null, id: placesOf(id, parts), en: places, worth: 0 }];
    });
  }

  function singleIn({ id, en, isTitle }, article, known) {
    const found = [];
    for (const text of new Set(id.map((word) => word.text))) {
      if (!isCapital(text) || isAcronym(text) || text.length < SHORTEST || isCommon(text, article, known)) continue;
      const count = article.count.get(text);
      const isAgain = count && count.pairs > 1 && count.inside > 0 && !known.isWord(text.toLowerCase());
      if (!article.parts.has(text) && (isTitle || !isAgain)) continue;
      const places = placesOf(en, [text]);
      if (places.length) found.push({ entity: null, id: placesOf(id, [text]), en: places, worth: 0 });
    }
    return found;
  }

  /** Of names that overlap, the longest. */
  function chosen({ id, en }, found, known) {
    const wide = found.flatMap((one) => {
      if (one.id.length !== one.en.length) return [one];
      return one.id.map((place, i) => {
        const [here, there] = widened(id, en, place, one.en[i], known);
        return { ...one, id: [here], en: [there], entity: here.length > place.length ? null : one.entity };
      });
    });
    const lengthOf = (one) => Math.max(...one.id.map(({ length }) => length));
    wide.sort((a, b) => lengthOf(b) - lengthOf(a) || b.worth - a.worth);
    const taken = { id: new Set(), en: new Set() };
    const free = (side, place) => Array.from({ length: place.length }, (_, i) => place.at + i).every((at) => !taken[side].has(at));
    const out = [];
    for (const one of wide) {
      const [here, there] = ["id", "en"].map((side) => one[side].filter((place) => free(side, place)));
      if (!here.length || !there.length) continue;
      for (const [side, places] of [["id", here], ["en", there]])
        for (const place of places) for (let i = 0; i < place.length; i++) taken[side].add(place.at + i);
      const ranges = (all, places) => places.map(({ at, length }) => [all[at].start, all[at + length - 1].end]);
      out.push({ name: textOf(id, here[0]), english: textOf(en, there[0]), entity: one.entity, id: ranges(id, here), en: ranges(en, there) });
    }
    return merged(out);
  }

  /** Those of one name together. */
  function merged(found) {
    const out = new Map();
    for (const one of found) {
      const key = `${one.name}\n${one.english}`;
      const before = out.get(key);
      if (before) for (const side of ["id", "en"]) before[side].push(...one[side]);
      else out.set(key, one);
    }
    return [...out.values()];
  }

  window.dwNames = Object.freeze({ prepare, find });
})();
