/* Taking an Indonesian word apart: the same readings as scripts/dwiwarta/words/analyser.py gives, by the
   same rules, which come with the lexicon (lexicon/rules.js). A test holds the two together, and what
   is decided here is told there. */
(() => {
  "use strict";

  const [LAYER, INNER_LAYER, RARE, SELDOM] = [10, 8, 20, 3];
  const SHARED = 1;
  const [LISTED, IRREGULAR, JOINED] = [2, 2.5, 5];
  const [ENDING, BEGINNING, DOUBLED] = [3, 14, 3];
  const [FUNCTION_WORD, SHORT, VERY_SHORT, LETTER] = [12, 3, 12, 0.5];
  const MOST_LAYERS = 3;
  const SHORTEST = 2;
  const LONG_BEGUN = 5;
  const LONGEST = 60;
  const LONGEST_BEGIN = 6;
  const LETTERS = "[\\p{L}\\p{Nl}\\p{No}]+";
  const PART = `${LETTERS}(?:'${LETTERS})*`;
  const WORD = new RegExp(`^${PART}(?:-${PART})*$`, "u");

  const form = (begin, end) => {
    const parts = [begin && `${begin}-`, end && `-${end}`];
    return parts[0] && parts[1] ? parts.join("…") : parts.join("");
  };
  const bare = (name) => name.replace(/^-+|-+$/g, "");
  const vowels = (text) => text.match(/[aeiou]+/g)?.length ?? 0;
  const withoutVowels = (text) => text.replace(/[aeiou]+/g, "");
  const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  const inOrder = (a, b) => a.cost - b.cost || a.pieces.length - b.pieces.length || compare(a.root, b.root);

  /** A word as it is looked up; null for what is none. */
  function plainWord(word) {
    const plain = word.toLowerCase().replaceAll("’", "'");
    return plain.length <= LONGEST && WORD.test(plain) ? plain : null;
  }

  class Analyser {
    /* `lexicon`: `has(root)`, `isFunction(root)`, `phrase(joined)`, `listed(form)`, as far as its files are here. */
    constructor(rules, lexicon) {
      this.lexicon = lexicon;
      this.endings = rules.endings.map((group) => group.map((name) => [name, bare(name)]));
      this.beginnings = rules.beginnings.map((name) => [name, bare(name)]);
      this.byBegin = new Map();
      this.inside = new Map();
      this.top = new Set();
      for (const [affix, [shapes, around, rare, onlyInside]] of Object.entries(rules.affixes)) {
        this.inside.set(affix, new Set(around));
        if (!onlyInside) this.top.add(affix);
        for (const [begin, end, before, hides, short, seldom] of shapes) {
          if (!this.byBegin.has(begin)) this.byBegin.set(begin, []);
          const shape = { affix, begin, end, before, hides, short, seldom, rare, form: form(begin, end) };
          this.byBegin.get(begin).push(shape);
        }
      }
    }

    /** All readings of a word, the likeliest first, one for each root. */
    readings(word) {
      const plain = plainWord(word);
      if (plain === null) return [];
      const found = [...this.#whole(plain), ...(plain.includes("-") ? this.#twice(plain) : [])];
      const best = new Map();
      for (const one of found.sort(inOrder)) {
        const kept = best.get(one.root);
        if (!kept) best.set(one.root, one);
        else if (!kept.pieces.length && one.pieces.length && kept.stems.length)
          best.set(one.root, { ...kept, pieces: one.pieces });
      }
      return [...best.values()];
    }

    /** Everything that may be left of a word while affixes are taken off: more than is read in the end. */
    leftovers(word) {
      const plain = plainWord(word);
      const seen = new Set();
      if (plain === null) return seen;
      const words = [plain];
      if (plain.includes("-")) {
        const [first, second] = halves(plain);
        words.push(first, second);
        for (let cut = Math.min(first.length, second.length); cut >= SHORTEST; cut--)
          if (first.endsWith(second.slice(0, cut))) words.push(first + second.slice(cut));
      }
      const todo = words.flatMap((one) => this.#cores(one).map(([core]) => core));
      while (todo.length) {
        const stem = todo.pop();
        if (seen.has(stem)) continue;
        seen.add(stem);
        if (isBegun(stem)) todo.push(stem.slice(2));
        for (const [shape, middle] of this.#shapes(stem)) todo.push(shape.hides + middle);
      }
      return seen;
    }

    /* --- one word --------------------------------------------------------------------------------- */

    *#whole(word) {
      for (const [stem, pieces, cost] of this.#cores(word)) {
        for (const one of this.#stems(stem, this.top, 0))
          yield { ...one, pieces: [...one.pieces, ...pieces], cost: one.cost + cost };
        if (isBegun(stem)) {
          const begun = { affix: "begun", form: `${stem.slice(0, 2)}-`, hides: "" };
          for (const one of this.#stems(stem.slice(2), this.top, 0)) {
            const whole = [begun, ...one.pieces, ...pieces];
            yield { root: one.root, pieces: whole, stems: [stem, ...one.stems], cost: one.cost + cost + RARE };
          }
        }
      }
    }

    #cores(word) {
      const cores = [[word, [], 0]];
      for (const group of this.endings)
        for (const [core, pieces, cost] of [...cores])
          for (const [name, end] of group)
            if (core.endsWith(end) && core.length - end.length >= SHORTEST) {
              const piece = { affix: name, form: name, hides: "" };
              cores.push([core.slice(0, core.length - end.length), [piece, ...pieces], cost + ENDING]);
            }
      for (const [core, pieces, cost] of [...cores])
        for (const [name, begin] of this.beginnings)
          if (core.startsWith(begin) && core.length - begin.length >= SHORTEST + 1) {
            const piece = { affix: name, form: name, hides: "" };
            cores.push([core.slice(begin.length), [piece, ...pieces], cost + BEGINNING]);
          }
      return cores;
    }

    #stems(stem, allowed, depth) {
      const found = this.lexicon.has(stem) ? [{ root: stem, pieces: [], stems: [], cost: 0 }] : [];
      const phrase = this.lexicon.phrase(stem);
      if (phrase) found.push({ root: phrase, pieces: [], stems: [], cost: JOINED });
      const made = depth < MOST_LAYERS ? [...this.#made(stem, allowed, depth)] : [];
      const listed = this.lexicon.listed(stem);
      const twice = listed.length && stem.includes("-") ? [...this.#twice(stem)] : [];
      for (const root of listed) {
        let way = null;
        for (const one of [...made, ...twice]) if (one.root === root && (!way || one.cost < way.cost)) way = one;
        // menandatangani, which tanda lists: of tanda tangan
        if (!way) for (const one of made) if (one.root.split(" ").includes(root) && (!way || one.cost < way.cost)) way = one;
        if (!way) found.push({ root, pieces: [], stems: [stem], cost: IRREGULAR });
        else {
          const stems = way.stems.includes(stem) ? way.stems : [stem, ...way.stems];
          found.push({ ...way, stems, cost: LISTED + way.cost / 100 });
        }
      }
      const known = new Set(found.filter((one) => one.stems.length).map((one) => one.root));
      return [...found, ...made.filter((one) => !known.has(one.root))];
    }

    *#made(stem, allowed, depth) {
      for (const [shape, middle] of this.#shapes(stem)) {
        if (!allowed.has(shape.affix)) continue;
        let cost = LAYER + (depth ? INNER_LAYER : 0);
        cost += (shape.rare ? RARE : 0) + (shape.seldom ? SELDOM : 0);
        cost += shape.hides || shape.before === "r" ? SHARED : 0;
        const piece = { affix: shape.affix, form: shape.form, hides: shape.hides };
        for (const one of this.#stems(shape.hides + middle, this.inside.get(shape.affix), depth + 1)) {
          const more = one.pieces.length ? cost : cost + this.#ofRoot(one.root);
          yield {
            root: one.root,
            pieces: [...one.pieces, piece],
            stems: [stem, ...one.stems],
            cost: one.cost + more,
          };
        }
      }
    }

    /** The ways in which affixes may be written around something, and what that is. */
    *#shapes(stem) {
      for (let length = 0; length <= Math.min(stem.length, LONGEST_BEGIN); length++)
        for (const shape of this.byBegin.get(stem.slice(0, length)) ?? []) {
          if (!stem.endsWith(shape.end)) continue;
          // What both would need is nothing, as a slice from behind its end is.
          const middle = stem.slice(length, Math.max(length, stem.length - shape.end.length));
          if (fits(shape, middle)) yield [shape, middle];
        }
    }

    #ofRoot(root) {
      const cost = this.lexicon.isFunction(root) ? FUNCTION_WORD : 0;
      const short = root.length <= SHORTEST ? VERY_SHORT : root.length === 3 ? SHORT : 0;
      return cost + short - LETTER * root.length;
    }

    /* --- words said twice --------------------------------------------------------------------------- */

    *#twice(word) {
      const [first, second] = halves(word);
      if (second.includes("-")) return;
      for (let cut = Math.min(first.length, second.length); cut >= SHORTEST; cut--)
        if (first.endsWith(second.slice(0, cut))) {
          const found = [...this.#saidTwice(first + second.slice(cut), `${first}-${second.slice(0, cut)}`)];
          yield* found;
          if (found.length) return;
        }
      const others = this.readings(second);
      for (const one of this.readings(first)) {
        for (const other of others)
          if (other.root === one.root && other.pieces.length) {
            const pieces = [...one.pieces, { affix: "word", form: word, hides: "" }, ...other.pieces];
            const cost = DOUBLED + one.cost + other.cost / 2;
            yield { root: one.root, pieces, stems: [word, ...other.stems], cost };
          }
        if (soundsLike(first, second) && !this.lexicon.has(second)) {
          const pieces = [...one.pieces, { affix: "changed", form: word, hides: "" }];
          yield { root: one.root, pieces, stems: [word, ...one.stems], cost: DOUBLED + LISTED + one.cost };
        }
      }
    }

    *#saidTwice(merged, twice) {
      for (const one of this.#whole(merged)) {
        const shown = twice.endsWith(`-${one.root}`) ? `${one.root}-${one.root}` : twice;
        const pieces = [{ affix: "word", form: shown, hides: "" }, ...one.pieces];
        yield { root: one.root, pieces, stems: one.stems, cost: DOUBLED + one.cost };
      }
    }
  }

  function halves(word) {
    const at = word.indexOf("-");
    return [word.slice(0, at), word.slice(at + 1)];
  }

  const isBegun = (stem) => stem.length > LONG_BEGUN && stem[1] === "e" && stem[0] === stem[2];

  function fits({ before, hides, short }, middle) {
    if (middle.length + hides.length < SHORTEST) return false;
    if (before && !(middle && before.includes(middle[0]))) return false;
    return !short || vowels(middle) === 1;
  }

  function soundsLike(first, second) {
    if (first === second || Math.abs(first.length - second.length) > 2) return false;
    if (withoutVowels(first) === withoutVowels(second) && first.length === second.length) return true;
    return first.length > 3 && first.slice(1) === second.slice(1 - first.length);
  }

  Object.assign((window.dwWords ??= {}), { Analyser, plainWord });
})();
