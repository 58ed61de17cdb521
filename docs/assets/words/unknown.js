/* The words of an article that its reader does not know yet, to be looked at before reading: roots that
   are neither kept as known nor ignored, those that stand in it most often first. Function words and
   names are left out. */
(() => {
  "use strict";
  const { Sentence, contextOf, frontDecoded, keepRow, lexicon, make, say, stateOf } = window.dwWords;

  const MOST = 20; // roots in the list
  const isSmall = (form) => form === form.toLowerCase();

  const button = document.querySelector("[data-dw-unknown]");
  const sentences = () =>
    [...document.querySelectorAll(".dw-text > .dw-pair > .dw-pair__id")].flatMap((half) => {
      const parts = [...half.querySelectorAll("[data-s]")];
      return (parts.length ? parts : [half]).map((element) => new Sentence(element));
    });

  /** Every root with where it stands first and how often: `{ root, count, isFrequent, sentence, word, meaning }`. */
  let found = null;
  function look() {
    found ??= lookUp().catch((error) => {
      found = null;
      throw error;
    });
    return found;
  }

  /** Whether a word has a capital that no sentence gives it, or a name that nobody knows follows at once. */
  function isOfName(sentence, word) {
    if (isSmall(word.form)) return false;
    const next = sentence.next(word);
    return !sentence.begins(word) || (next && !isSmall(next.form) && !lexicon.known(next.form).senses.length);
  }

  async function lookUp() {
    const [, more] = await Promise.all([lexicon.ready(), lexicon.file("gist")]);
    const frequent = new Set(frontDecoded(more.frequent));
    const functional = new Set(lexicon.rules.function);
    const all = sentences();
    const forms = new Set(all.flatMap(({ words }) => words.map(({ form }) => form)));
    await Promise.all([...forms].map((form) => lexicon.meaning(form)));
    const roots = new Map();
    for (const sentence of all)
      for (const word of sentence.words) {
        const meaning = lexicon.known(word.form);
        const [first] = meaning.senses;
        if (!first || meaning.kind !== "word" || functional.has(first.root) || isOfName(sentence, word)) continue;
        const one = roots.get(first.root);
        if (one) one.count++;
        else roots.set(first.root, { root: first.root, count: 1, isFrequent: frequent.has(first.root), sentence, word, meaning });
      }
    // Of those that stand here as often, the ones that will be met elsewhere come first.
    return [...roots.values()].sort((a, b) => b.count - a.count || b.isFrequent - a.isFrequent);
  }

  const isUnknown = ({ root }) => !["known", "ignored"].includes(stateOf(root));

  async function tell() {
    const unknown = (await look()).filter(isUnknown);
    button.firstElementChild.textContent = `: ${unknown.length}`;
    return unknown;
  }

  function item({ root, count, sentence, word, meaning }) {
    const context = contextOf(sentence, word, meaning);
    const row = keepRow(context);
    row.setAttribute("aria-label", word.form);
    const form = make("b", { lang: "id", translate: "no" }, word.form);
    const gloss = make("span", { lang: "en" }, meaning.senses[0].glosses[0]);
    const isOther = root !== word.form.toLowerCase();
    const about = make("small", {}, isOther && make("span", { lang: "id", translate: "no" }, root), isOther && count > 1 && ", ", count > 1 && `${count}×`);
    return make("li", {}, make("p", {}, form, " ", gloss, " ", about), row);
  }

  async function show() {
    const unknown = await tell();
    const list = make("ul", {}, ...unknown.slice(0, MOST).map(item));
    const said = unknown.length ? say("The commonest in this article, without names and function words.") : say("You know all words of this article, names aside.");
    const box = make("div", { class: "dw-unknown__list" }, make("p", {}, said), list);
    if (button.getAttribute("aria-expanded") === "true") return; // pressed twice while it came
    button.after(box);
    button.setAttribute("aria-expanded", "true");
  }

  function hide() {
    button.nextElementSibling?.remove();
    button.setAttribute("aria-expanded", "false");
  }

  dw.device.onChange("words", () => tell().catch(() => {}));

  /** What the button asks for; given what is in it, only the number is told. */
  window.dwWords.unknown = (pressed) => {
    if (pressed !== button) return tell();
    return button.getAttribute("aria-expanded") === "true" ? hide() : show();
  };
})();
