/* What words mean: the files of <site>/lexicon/, each fetched when a word needs it and once, and the
   senses that scripts/dwiwarta/words/meanings.py gives. How the files are made, and why they are
   scripts: scripts/dwiwarta/render/lexicon.py. */
(() => {
  "use strict";
  const { Analyser, fileOf, frontDecoded, mayBeIn } = window.dwWords;

  const SHORT_VERB = /^[^aeiou]*[aeiou][^aeiouwxy]$/;
  /** "stopp" of "stop": a verb as it is before -ed and -ing. */
  const doubledAtEnd = (verb) => (SHORT_VERB.test(verb) ? verb + verb.at(-1) : verb);
  // Forms that mean the same as another but for what the affix itself says.
  const ACTIVE = new Map(
    [
      ["me-", "di-", "nge-"],
      ["me-…-kan", "di-…-kan", "-kan"],
      ["me-…-i", "di-…-i", "-i"],
      ["memper-", "diper-", "per-"],
      ["memper-…-kan", "diper-…-kan", "per-…-kan"],
      ["memper-…-i", "diper-…-i", "per-…-i"],
    ].flatMap(([active, ...others]) => others.map((one) => [one, active])),
  );

  const several = (glosses) => (Array.isArray(glosses) ? glosses : [glosses]);
  const own = (object, key) => (object && Object.hasOwn(object, key) ? object[key] : undefined);
  const sameWords = (one, other) => one.length === other.length && one.every((word, i) => word === other[i]);

  class Lexicon {
    #site;
    #taken = new Set(); // bounds of files whose entries are here
    #all = null; // the one file with all entries, once that is asked for
    #entries = new Map();
    #forms = new Map();
    #phrases = new Map(); // each with the root whose entry lists it, and its glosses
    #joined = new Map();
    #terms = new Map();
    #actives = new Map();
    #areTermsWhole = false;
    #irregular = new Map(); // forms that no affixes lead from to their roots, with these
    #sieve = null;
    #bounds = [];
    #functional = null; // parts of speech
    #ready = null;

    /** `root`: the address of the site. */
    constructor(root) {
      this.#site = root;
    }

    /** What is needed for every word. Rejected where it is not to be had; asked for again then. */
    ready() {
      this.#ready ??= this.file("rules")
        .then((rules) => {
          this.rules = rules;
          this.#sieve = Uint8Array.from(atob(rules.sieve), (sign) => sign.charCodeAt(0));
          this.#bounds = frontDecoded(rules.bounds);
          this.#functional = new Set(rules.functional);
          if (!this.terms) this.#takeTerms(rules.terms);
          this.analyser = new Analyser(rules, this);
        })
        .catch((error) => {
          this.#ready = null;
          throw error;
        });
      return this.#ready;
    }

    /** The whole glossary, for words with a capital; those of its terms with a word in small letters are here
        from the beginning. */
    async allTerms() {
      if (!this.#areTermsWhole) this.#takeTerms(await this.file("terms"));
      this.#areTermsWhole = true;
    }

    #takeTerms(terms) {
      this.terms = terms;
      for (const term of terms) for (const form of term[0]) this.#terms.set(form, term);
    }

    /** Every root that there is; `has` knows those alone whose entries are here. */
    async allRoots() {
      const [, coded] = await this.file("roots");
      return new Set(frontDecoded(coded));
    }

    /** What a word means, capitals and all: `{ word, kind, senses }`. `among`: a set of roots, if it is
        known that the word's is one of these; only their entries are fetched then. */
    async meaning(word, among = null) {
      await this.ready();
      await this.#load(word, among);
      return this.known(word);
    }

    /** Fetch all entries, in one file: for whoever needs the words of a whole article. */
    whole() {
      this.#all ??= Promise.all([this.file("entries"), this.ready(), this.allTerms()])
        .then(([said]) => {
          this.#take(said);
          for (const bound of this.#bounds) this.#taken.add(bound);
        })
        .catch((error) => {
          this.#all = null;
          throw error;
        });
      return this.#all;
    }

    /** What may lead to the root of a word, more than is read in the end: roots, forms, phrases. */
    stemsIn(word) {
      return [...this.analyser.leftovers(word)].filter((stem) => mayBeIn(this.#sieve, stem));
    }

    /** The roots that may be in a word, as far as forms that no affixes lead from to them are expected. */
    rootsIn(word) {
      const stems = this.stemsIn(word);
      return [...stems, ...this.#elsewhere(stems)];
    }

    /** Take forms that no affixes lead from to their roots, with these, before any entry is here. */
    expect(irregular) {
      for (const [form, roots] of Object.entries(irregular)) this.#irregular.set(form, roots);
    }

    #elsewhere(stems) {
      return stems.flatMap((stem) => this.#irregular.get(stem) ?? []);
    }

    /** As `meaning`, of what has been fetched already. */
    known(word) {
      const small = word.toLowerCase();
      const term = this.#terms.get(word);
      if (word !== small && term) {
        const [forms, target, explained] = term;
        return { word, kind: "name", senses: [sense(forms[0], { glosses: target.slice(0, 1), explained })] };
      }
      const senses = this.analyser.readings(word).flatMap((one) => this.#senses(one));
      if (senses.length) return { word, kind: senses[0].pos === "name" ? "name" : "word", senses };
      const plain = this.#terms.get(small);
      if (plain) return { word, kind: "word", senses: [sense(plain[0][0], { glosses: plain[1] })] };
      return { word, kind: word !== small ? "name" : "unknown", senses: [] };
    }

    /** What an affix does, in the language of the interface. */
    does(piece, root) {
      const text = own(this.rules.does, piece.affix) ?? "";
      if (!piece.hides) return text;
      const hidden = this.rules.hidden.replaceAll("{letter}", piece.hides).replaceAll("{root}", root);
      return `${text} (${hidden})`;
    }

    /** What the scripts of words say, in the language of the page, once the rules are here. */
    say(message) {
      return own(this.rules?.said, message) ?? dw.say(message);
    }

    /** What a root itself means: its glosses, or those of a phrase. */
    glosses(root) {
      return this.#entries.get(root)?.senses ?? this.#phrases.get(root)?.glosses ?? [];
    }

    /** The fixed phrases that a root stands in, with their glosses: `[phrase, glosses]`. */
    phrasesWith(root) {
      const entry = this.#entries.get(root);
      return entry ? [...Object.entries(entry.phrases), ...Object.entries(entry.beside)].map(([one, glosses]) => [one, several(glosses)]) : [];
    }

    /** What words/align.js asks of a word or phrase as it is written, once its words are known. */
    look(text) {
      if (text.includes(" ")) {
        const glosses = this.#together(text);
        return glosses.length ? { root: text.toLowerCase(), glosses } : null;
      }
      const { senses } = this.known(text);
      if (!senses.length) return null;
      const roots = [...new Set(senses.map(({ root }) => root))];
      const glosses = [...senses.flatMap((one) => one.glosses), ...roots.flatMap((root) => this.glosses(root))];
      return { root: senses[0].root, glosses: [...new Set(glosses)] };
    }

    /** The glosses of words that mean something together, or are a name. */
    #together(text) {
      const small = text.toLowerCase();
      const term = (text !== small && this.#terms.get(text)) || null;
      return term?.[1] ?? this.#phrases.get(small)?.glosses ?? this.#terms.get(small)?.[1] ?? [];
    }

    /** What a file of the lexicon says that only some words need. */
    file(name) {
      return fileOf(name, this.#site);
    }

    /** "be killed" of "kill", "be carried out" of "carry out": as `passive` in words/english.py. */
    passive(gloss) {
      if (gloss.startsWith("be ")) return gloss;
      const [verb, ...rest] = gloss.split(" ");
      let form = `${doubledAtEnd(verb)}ed`;
      const known = own(this.rules.participles, verb);
      if (known) form = known;
      else if (verb.endsWith("e")) form = `${verb}d`;
      else if (/[^aeiou]y$/.test(verb)) form = `${verb.slice(0, -1)}ied`;
      return ["be", form, ...rest].join(" ");
    }

    /* --- what the analyser asks for ----------------------------------------------------------------- */

    has(root) {
      return this.#entries.has(root);
    }

    /** Whether a root is a word that hardly bears affixes, by its part of speech. */
    isFunction(root) {
      return this.#functional.has(this.#entries.get(root)?.pos);
    }

    phrase(joined) {
      return this.#joined.get(joined);
    }

    listed(form) {
      return this.#forms.get(form) ?? [];
    }

    /* --- files -------------------------------------------------------------------------------------- */

    /** Fetch all that may be in a word: its stems as roots, then those of forms that are listed elsewhere. */
    async #load(word, among) {
      const stems = this.stemsIn(word);
      const isOfTerm = word !== word.toLowerCase() && (word.includes(" ") || mayBeIn(this.#sieve, word));
      const wanted = among ? stems.filter((stem) => among.has(stem)) : stems;
      await Promise.all([...(isOfTerm ? [this.allTerms()] : []), ...this.#entriesOfAll(wanted)]);
      await Promise.all(this.#entriesOfAll(this.#elsewhere(stems).filter((root) => !among || among.has(root))));
    }

    #entriesOfAll(roots) {
      return [...new Set(roots.map((root) => this.#boundOf(root)))].map((bound) => this.#entriesOf(bound));
    }

    /** The first letters of the file in which the entry of a root is. */
    #boundOf(root) {
      return this.#bounds.findLast((bound) => bound <= root) ?? this.#bounds[0];
    }

    /** Without network there is the one file with all of them, if any. */
    async #entriesOf(bound) {
      if (this.#taken.has(bound)) return;
      const said = await this.file(`entries-${bound}`).catch((error) => this.whole().catch(() => Promise.reject(error)));
      if (this.#taken.has(bound)) return;
      this.#taken.add(bound);
      this.#take(said);
    }

    #take(said) {
      for (const [root, packed] of Object.entries(said)) {
        if (root.startsWith("+")) this.#addPhrase(root.slice(1), "", packed);
        else if (root.startsWith("=")) this.#irregular.set(root.slice(1), packed);
        else if (!this.#entries.has(root)) this.#addEntry(root, packed);
      }
    }

    #addEntry(root, [pos, senses, register, note, forms, phrases, other, beside]) {
      const entry = { ...homonym([pos, senses, register, note]), forms: forms || {}, phrases: phrases || {}, beside: beside || {} };
      entry.other = (other || []).map(homonym);
      this.#entries.set(root, entry);
      for (const form of Object.keys(entry.forms)) {
        const roots = [...this.listed(form), root];
        this.#forms.set(form, roots.sort());
      }
      for (const [phrase, glosses] of Object.entries(entry.phrases)) this.#addPhrase(phrase, root, glosses);
      for (const [phrase, glosses] of Object.entries(entry.beside)) this.#addPhrase(phrase, "", glosses);
    }

    /** `root`: whose entry lists it; "" where another file says what the first of those does. */
    #addPhrase(phrase, root, glosses) {
      const before = this.#phrases.get(phrase);
      if (!before || root < before.root) this.#phrases.set(phrase, { root, glosses: several(glosses) });
      if (/^[^ …]+ [^ …]+$/.test(phrase)) this.#joined.set(phrase.replace(" ", ""), phrase);
    }

    /* --- senses ------------------------------------------------------------------------------------- */

    /** Of words that affixes stand around together; an entry of one of them may list that. */
    #ofPhrase({ root, pieces, stems }) {
      for (const stem of stems)
        for (const lists of this.listed(stem))
          if (root.split(" ").includes(lists)) {
            const glosses = several(this.#entries.get(lists).forms[stem]);
            return [sense(root, { pieces, glosses, of: stem })];
          }
      const glosses = this.glosses(root);
      return glosses.length ? [sense(root, { pieces, glosses })] : [];
    }

    #senses(one) {
      const entry = this.#entries.get(one.root);
      if (!entry) return this.#ofPhrase(one);
      const [form, isPassive] = this.#listedForm(one, entry);
      const { register, note } = entry;
      const said = form ? several(entry.forms[form]) : entry.senses;
      const glosses = isPassive ? said.map((gloss) => this.passive(gloss)) : said;
      const pieces = form.includes("-") ? one.pieces.map((piece) => (piece.affix === "word" ? { ...piece, affix: "set" } : piece)) : one.pieces;
      const first = sense(one.root, { pieces, glosses, of: form, pos: form ? "" : entry.pos, register, note });
      if (one.pieces.length) return [first];
      return [first, ...entry.other.map(({ senses, ...said }) => sense(one.root, { glosses: senses, ...said }))];
    }

    /** The outermost form of a reading that the root's entry lists, or lists as active and whether the
        reading is its passive. */
    #listedForm(one, entry) {
      const affixes = one.pieces.map((piece) => piece.affix);
      for (const [off, stem] of one.stems.entries()) {
        if (Object.hasOwn(entry.forms, stem)) return [stem, false];
        const inner = affixes.slice(0, Math.max(one.stems.length - off, 0));
        const active = ACTIVE.get(inner.at(-1));
        if (!active) continue;
        const chain = [...inner.slice(0, -1), active];
        const form = this.#activesOf(one.root, entry).find(([affixes]) => sameWords(affixes, chain));
        if (form) return [form[1], inner.at(-1).startsWith("di")];
      }
      return ["", false];
    }

    /** The forms that an entry lists, by their affixes. */
    #activesOf(root, entry) {
      if (!this.#actives.has(root)) {
        const readings = Object.keys(entry.forms).flatMap((form) =>
          this.analyser
            .readings(form)
            .filter((reading) => reading.root === root)
            .map((reading) => [reading.pieces.map((piece) => piece.affix), form]),
        );
        this.#actives.set(root, readings);
      }
      return this.#actives.get(root);
    }
  }

  const homonym = ([pos, senses, register, note]) => ({ pos, senses: several(senses), register: register || "", note: note || "" });

  const sense = (root, said) => ({ root, pieces: [], glosses: [], of: "", pos: "", register: "", note: "", explained: "", ...said });

  Object.assign(window.dwWords, { Lexicon, doubledAtEnd });
})();
