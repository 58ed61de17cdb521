/* Which English words stand for which Indonesian ones in a pair of sentences: step by step what
   scripts/dwiwarta/words/alignment.py and english.py do, where the reasons are told. Fetched when a
   word is first touched, with words/partners.js, which holds `table`. */
(() => {
  "use strict";

  const [EQUAL, GLOSS, LATER_GLOSS, WORST_GLOSS] = [100, 100, 3, 82];
  const [LEARNT, LATER_LEARNT, AKIN, SIMILAR, SURE] = [86, 4, 72, 76, 76];
  const [PLACE, ENOUGH, BETTER_BY, NEAR, FAR] = [5, 55, 8, 2, 9];
  const [LONGEST_PHRASE, SHARED, LEAST_CAPITALS, SHORTEST, BRITISH] = [4, 5, 2, 3, 4];
  const PAIRS = [
    ["tion", "si"], ["sion", "si"], ["ph", "f"], ["th", "t"], ["ck", "k"], ["sch", "sk"], ["c", "k"],
    ["q", "k"], ["x", "ks"], ["y", "i"], ["z", "s"], ["v", "f"], ["oe", "u"],
  ];
  const LETTER = String.raw`[\p{L}\p{Nl}\p{No}]`;
  const INDONESIAN = new RegExp(String.raw`[0-9](?:[0-9.,]*[0-9])?|${LETTER}+(?:['\u2019-]${LETTER}+)*`, "gu");
  const ENGLISH = new RegExp(String.raw`[0-9](?:[0-9.,]*[0-9])?|${LETTER}+(?:['\u2019]${LETTER}+)*`, "gu");

  let rules = null; // of the table that was last given
  let bases;
  let empty;
  let loose;
  let partners;
  const kept = new Map();

  function take(table) {
    if (rules === table) return;
    rules = table;
    bases = new Map(Object.entries(table.bases));
    partners = new Map(Object.entries(table.partners));
    empty = new Set(table.empty.split(" "));
    loose = new Set(table.loose.split(" "));
    kept.clear();
  }

  const has = (word) => word !== word.toLowerCase();
  const isUpper = (word) => word === word.toUpperCase() && has(word);
  const isLower = (word) => word === word.toLowerCase() && word !== word.toUpperCase();
  const isDigit = (text) => text[0] >= "0" && text[0] <= "9";

  // --- English words ---

  const isAcronym = (word) => word.length > 1 && isUpper(word);

  function isEmpty(word) {
    const small = word.toLowerCase();
    return empty.has(bases.get(small) ?? small) && !isAcronym(word);
  }

  function englishKey(word) {
    if (isAcronym(word)) return word;
    let key = kept.get(word);
    if (key === undefined) kept.set(word, (key = makeKey(word)));
    return key;
  }

  function makeKey(word) {
    let plain = word.toLowerCase().replaceAll("\u2019", "'");
    if (plain.endsWith("'s")) plain = plain.slice(0, -2);
    plain = bases.get(plain) ?? plain;
    if (/ie[sd]$/.test(plain) && plain.length > 4) plain = plain.slice(0, -3) + "y";
    else if (/(?:sses|shes|ches|xes|zes)$/.test(plain)) plain = plain.slice(0, -2);
    else if (plain.endsWith("s") && !/(?:ss|us|is)$/.test(plain) && plain.length > SHORTEST) plain = plain.slice(0, -1);
    for (const ending of ["ing", "ed", "ly"]) {
      const stem = plain.slice(0, Math.max(0, plain.length - ending.length));
      if (plain.endsWith(ending) && stem.length >= SHORTEST && /[aeiouy]/.test(stem)) {
        plain = stem;
        break;
      }
    }
    if (plain.length > SHORTEST && plain.endsWith("e")) plain = plain.slice(0, -1);
    if (plain.length > BRITISH) {
      plain = plain.replaceAll("our", "or").replaceAll("isation", "ization").replace(/is$/, "iz").replace(/tr$/, "ter");
    }
    const last = plain.at(-1);
    if (plain.length > SHORTEST && last === plain.at(-2) && !"aeiou".includes(last)) plain = plain.slice(0, -1);
    if (plain.endsWith("y") && plain.length > 2) plain = plain.slice(0, -1) + "i";
    return plain;
  }

  function glossKeys(gloss) {
    const words = gloss.replace(/\([^)]*\)/g, " ").match(ENGLISH) ?? [];
    const said = words.filter((word) => !isEmpty(word));
    return (said.length ? said : words).map(englishKey);
  }

  // --- what may be partners ---

  function equal(one, other) {
    other = other.replace(/['\u2019]s$/, "");
    if (one === other) return isLower(one) ? one.length > LEAST_CAPITALS : one.length >= LEAST_CAPITALS;
    return one.toLowerCase() === other.toLowerCase() && one.length > SHARED - 1;
  }

  function akin(one, other) {
    const [shorter, longer] = other.length < one.length ? [other, one] : [one, other];
    let shared = 0;
    while (shared < shorter.length && shorter[shared] === longer[shared]) shared++;
    return shared >= SHARED && shared * 10 >= longer.length * 6 && shared >= shorter.length - 2;
  }

  function plainer(word) {
    for (const [there, here] of PAIRS) word = word.replaceAll(there, here);
    return word.replace(/(.)\1/gu, "$1");
  }

  function bigrams(word) {
    const found = new Map();
    for (let at = 0; at < word.length - 1; at++) {
      const two = word.slice(at, at + 2);
      found.set(two, (found.get(two) ?? 0) + 1);
    }
    return found;
  }

  function similar(one, other) {
    if (Math.min(one.length, other.length) < SHARED - 1 || (one[0] !== other[0] && !"kfs".includes(one[0]))) return false;
    const [a, b] = [bigrams(plainer(one)), bigrams(plainer(other))];
    const total = (counts) => [...counts.values()].reduce((sum, n) => sum + n, 0);
    let both = 0;
    for (const [two, n] of a) both += Math.min(n, b.get(two) ?? 0);
    return 2 * both * 10 >= (total(a) + total(b)) * 7;
  }

  function stands(said, keys, place) {
    if (keys[place] !== said[0]) return null;
    const found = [place];
    for (const key of said.slice(1)) {
      const from = found.at(-1) + 1;
      const at = keys.slice(from, from + 2).indexOf(key);
      if (at < 0) return null;
      found.push(from + at);
    }
    return found;
  }

  function candidates(at, unit, words, keys) {
    const best = new Map();
    const add = (places, score) => {
      const old = best.get(places.join());
      best.set(places.join(), { places, score: Math.max(old?.score ?? 0, score) });
    };
    const number = isDigit(unit.text) ? unit.text.replaceAll(".", "").replaceAll(",", ".") : null;
    words.forEach(({ text }, place) => {
      if (number !== null) {
        if (keys[place] === number) add([place], EQUAL);
      } else if (equal(unit.text, text)) add([place], EQUAL);
      else if (!unit.looked && similar(unit.text.toLowerCase(), text.toLowerCase())) add([place], SIMILAR);
    });
    (unit.looked?.glosses ?? []).forEach((gloss, rank) => {
      const score = Math.max(GLOSS - LATER_GLOSS * rank, WORST_GLOSS);
      const said = glossKeys(gloss);
      if (!said.length) return;
      for (let place = 0; place < keys.length; place++) {
        const places = stands(said, keys, place);
        if (places) add(places, score);
        else if (said.length === 1 && akin(said[0], keys[place])) add([place], AKIN);
      }
    });
    if (unit.words === 1) {
      const learnt = partners.get(unit.looked ? unit.looked.root : unit.text.toLowerCase());
      (learnt ? learnt.split(" ") : []).forEach((key, rank) => {
        keys.forEach((other, place) => {
          if (other === key) add([place], LEARNT - LATER_LEARNT * rank);
        });
      });
    }
    return [...best.values()].map(({ places, score }) => ({
      unit: at,
      places,
      score,
      weak: unit.loose || places.every((place) => isEmpty(words[place].text)),
    }));
  }

  // --- the words of the Indonesian sentence ---

  const wordsOf = (text, pattern) =>
    [...text.matchAll(pattern)].map((match) => ({ text: match[0], from: match.index, to: match.index + match[0].length }));

  function* unitsOf(text, look) {
    const words = wordsOf(text, INDONESIAN);
    const single = (word, place) => ({
      ...word, place, words: 1, looked: look(word.text), loose: loose.has(word.text.toLowerCase()),
    });
    for (let at = 0; at < words.length; ) {
      let phrase = null;
      let length = 1;
      for (let more = Math.min(LONGEST_PHRASE, words.length - at); more > 1; more--) {
        const said = words.slice(at, at + more).map((word) => word.text).join(" ");
        const [from, to] = [words[at].from, words[at + more - 1].to];
        const looked = text.slice(from, to) === said ? look(said) : null;
        if (looked) {
          phrase = { text: said, from, to, place: at, words: more, looked, loose: false };
          length = more;
          break;
        }
      }
      const start = at;
      yield [phrase, words.slice(at, at + length).map((word, n) => single(word, start + n))];
      at += length;
    }
  }

  // --- choosing ---

  function choose(units, total, found) {
    const chosen = new Map();
    const taken = new Set();
    const full = found.filter((one) => !one.weak);
    const asked = new Map();
    const options = new Map();
    const count = (map, key) => map.set(key, (map.get(key) ?? 0) + 1);
    for (const one of full) {
      count(options, one.unit);
      for (const place of one.places) count(asked, place);
    }
    const keep = (one) => {
      chosen.set(one.unit, one.places);
      for (const place of one.places) taken.add(place);
    };
    for (const one of full) {
      const alone = options.get(one.unit) === 1 && one.places.every((place) => asked.get(place) === 1);
      if (alone && one.score >= SURE) keep(one);
    }
    for (const group of [full, found.filter((one) => one.weak)]) {
      for (let best = {}; best; ) {
        best = nextBest(units, total, group, chosen, taken);
        if (best) keep(best);
      }
    }
    return chosen;
  }

  function nextBest(units, total, group, chosen, taken) {
    const rated = new Map();
    for (const one of group) {
      if (chosen.has(one.unit) || one.places.some((place) => taken.has(place))) continue;
      const away = off(units, total, one, chosen);
      if (away > (one.weak ? NEAR : FAR) || (one.weak && !beside(one, chosen))) continue;
      if (!rated.has(one.unit)) rated.set(one.unit, []);
      rated.get(one.unit).push([one.score - PLACE * away, one]);
    }
    let best = null;
    for (const options of rated.values()) {
      options.sort((a, b) => b[0] - a[0] || inOrder(a[1].places, b[1].places));
      if (options.length > 1 && options[0][0] - options[1][0] < BETTER_BY) continue;
      if (options[0][0] >= ENOUGH && (!best || options[0][0] > best[0])) best = options[0];
    }
    return best && best[1];
  }

  function inOrder(a, b) {
    for (let n = 0; n < Math.min(a.length, b.length); n++) if (a[n] !== b[n]) return a[n] - b[n];
    return a.length - b.length;
  }

  function off(units, total, one, chosen) {
    const [here, place] = [units[one.unit].place, one.places[0]];
    const offs = [];
    for (const way of [-1, 1]) {
      let at = one.unit + way;
      while (at >= 0 && at < units.length && !chosen.has(at)) at += way;
      if (at >= 0 && at < units.length) offs.push(Math.abs(place - chosen.get(at)[0] - (here - units[at].place)));
    }
    if (offs.length) return Math.min(...offs);
    const all = units.at(-1).place + units.at(-1).words;
    return Math.floor(Math.abs(place * all - here * total) / Math.max(all, 1));
  }

  function beside(one, chosen) {
    return [-1, 1].some((way) =>
      (chosen.get(one.unit + way) ?? []).some((place) => {
        const apart = (place - one.places[0]) * way;
        return apart >= 1 && apart <= NEAR;
      }),
    );
  }

  function joined(places, words) {
    const out = [];
    for (const place of places) {
      const { from, to } = words[place];
      if (out.length && from <= out.at(-1)[1] + 1) out.at(-1)[1] = to;
      else out.push([from, to]);
    }
    return out;
  }

  /** The links of a pair of sentences: `id` a range of characters, `en` one or more.

      `look(text)`: what is known of a word or phrase as it is written: `{root, glosses}`, the
      glosses of just this form before those of the root, or null. `table`: of words/partners.js. */
  function link(indonesian, english, look, table) {
    take(table);
    const words = wordsOf(english, ENGLISH);
    const keys = words.map(({ text }) => (isDigit(text) ? text.replaceAll(",", "") : englishKey(text)));
    const units = [];
    const found = [];
    for (const [phrase, single] of unitsOf(indonesian, look)) {
      const some = phrase ? candidates(units.length, phrase, words, keys) : [];
      for (const unit of some.length ? [phrase] : single) {
        found.push(...(some.length ? some : candidates(units.length, unit, words, keys)));
        units.push(unit);
      }
    }
    const chosen = choose(units, words.length, found);
    return [...chosen.keys()]
      .sort((a, b) => a - b)
      .map((at) => ({ id: [units[at].from, units[at].to], en: joined(chosen.get(at), words) }));
  }

  window.dwAlign = Object.freeze({ link });
})();
