/* What is said of a word that was touched: a small dialog beside its sentence, on phones a sheet at the
   bottom. It never covers the sentence. What others show in it registers in `dwWordRows`: functions that
   get what is known of the word and give an element, or null. */
(() => {
  "use strict";
  const { Lexicon, placeBeside } = window.dwWords;

  const PARTS = () => ({
    n: say("noun"),
    v: say("verb"),
    adj: say("adjective"),
    adv: say("adverb"),
    num: say("numeral"),
    pron: say("pronoun"),
    prep: say("preposition"),
    conj: say("conjunction"),
    part: say("particle"),
    interj: say("interjection"),
    name: say("name"),
    abbr: say("abbreviation"),
  });
  const REGISTERS = () => ({
    formal: say("formal"),
    colloquial: say("colloquial"),
    acronym: say("acronym"),
    loan: say("loan word"),
    archaic: say("archaic"),
  });

  window.dwWordRows = window.dwWordRows ?? [];
  const lexicon = new Lexicon(dw.root);
  const say = (message) => lexicon.say(message);

  const { make } = dw;
  const english = (glosses) => make("span", { lang: "en" }, glosses.join("; "));
  const indonesian = (text) => make("b", { lang: "id", translate: "no" }, text);

  const aboutOf = (sense) => [PARTS()[sense?.pos], REGISTERS()[sense?.register]].filter(Boolean).join(", ");

  /* --- what is said ------------------------------------------------------------------------------- */

  function head(form, sense, lang = "id") {
    const about = aboutOf(sense);
    const said = lang === "id" ? indonesian(form) : make("b", { lang }, form);
    const close = make("button", { type: "button", class: "dw-word__close", "aria-label": say("Close") }, "×");
    close.addEventListener("click", () => hide({ back: true }));
    return make(
      "div",
      { class: "dw-word__head" },
      make("p", { id: "dw-word-name" }, said, about && make("small", {}, ` ${about}`)),
      close,
    );
  }

  /** What stands in the sentence together with the word: that is what it means here. */
  function together(phrase) {
    if (!phrase) return null;
    const what = phrase.explained === undefined ? say("fixed phrase here") : say("name here");
    const line = make("p", { class: "dw-word__here" }, indonesian(phrase.phrase), " ", english(phrase.glosses));
    line.append(" ", make("small", {}, what));
    if (phrase.explained) line.append(make("small", { class: "dw-word__explained" }, phrase.explained));
    return line;
  }

  function senses({ word, kind, senses: [first] }, unfolded) {
    if (first) return make("p", { class: "dw-word__senses" }, english(first.glosses));
    if (unfolded) return null;
    if (/^\d/.test(word)) return make("p", { class: "dw-word__none" }, say("A number."));
    const none = kind === "name" ? say("A name, it seems: not in the lexicon.") : say("Not in the lexicon.");
    return make("p", { class: "dw-word__none" }, none);
  }

  /** Numbers, dates, titles and set words of newspapers, unfolded. */
  function newspaper(sentence, { from, to, text }) {
    const original = make("span", { lang: "id", translate: "no" }, sentence.text.slice(from, to));
    return make("p", { class: "dw-word__news" }, original, ": ", text);
  }

  const small = (text) => text && make("p", { class: "dw-word__note" }, text);

  /** The root, and what each piece around it does. */
  function pieces({ root, pieces }, form) {
    if (!pieces.length && root.toLowerCase() === form.toLowerCase()) return null;
    const list = make("dl", { class: "dw-word__pieces" });
    const glosses = lexicon.glosses(root);
    list.append(make("dt", {}, indonesian(root)), make("dd", {}, make("small", {}, `${say("root")} `), english(glosses)));
    for (const piece of pieces)
      list.append(
        make("dt", {}, make("span", { lang: "id", translate: "no" }, piece.form)),
        make("dd", {}, lexicon.does(piece, root)),
      );
    return list;
  }

  function others({ senses: [, ...others] }, form) {
    if (!others.length) return null;
    const list = make("ul");
    for (const sense of others) {
      const about = aboutOf(sense);
      const item = make("li", {}, indonesian(sense.of || sense.root), " ", english(sense.glosses));
      item.append(about && make("small", {}, ` ${about}`), pieces(sense, form) ?? "", small(sense.note) || "");
      list.append(item);
    }
    const first = others[0].glosses[0];
    return make("details", {}, make("summary", {}, say("or …"), " ", make("span", { lang: "en" }, first)), list);
  }

  /** What one touch does, told at the first one. */
  function lesson() {
    if (dw.device.get("taught", false) === true) return "";
    dw.device.set("taught", true);
    return make("p", { class: "dw-word__lesson" }, say("A touch on an Indonesian word opens this. Its sentence lights up in both languages."));
  }

  /** The English of the sentence, where the view hides it. */
  function hiddenEnglish({ sentence }) {
    const partner = sentence.partner;
    if (!partner || partner.isShown) return null;
    const button = make("button", { type: "button" }, say("The sentence in English"));
    button.addEventListener("click", () => {
      const text = make("p", { class: "dw-word__english", lang: partner.element.closest("[lang]").lang, tabindex: "-1" });
      text.textContent = partner.text.trim();
      button.replaceWith(text);
      text.focus({ preventScroll: true });
      place();
    });
    return button;
  }

  /* --- showing it --------------------------------------------------------------------------------- */

  let shown = null; // { element, sentence, back, takeAway }
  let asked = 0; // number of the touch whose word is looked up

  /** Show what `write(sentence, word)` makes, as a rule what the lexicon says. `back`: what the focus
      returns to. */
  async function show(sentence, word, back = document.activeElement, write = looked) {
    hide();
    const turn = ++asked;
    const isEnglish = sentence.element.closest(".dw-pair__en") !== null;
    const takeAway = sentence.mark(word, { class: isEnglish ? "dw-word-of dw-word-of--en" : "dw-word-of" });
    let element = null;
    try {
      const made = await write(sentence, word);
      if (turn === asked) element = made;
    } catch {
      if (turn === asked) element = failed(word.form);
    }
    if (!element) return takeAway();
    shown = { element, sentence, word, back, takeAway };
    element.addEventListener("keydown", onTab);
    element.addEventListener("focusout", ({ relatedTarget }) => {
      if (shown?.element === element && relatedTarget && !element.contains(relatedTarget)) hide();
    });
    (document.getElementById("dw-main") ?? document.body).append(element);
    place();
    element.focus({ preventScroll: true });
    const { meaning } = element;
    if (meaning) for (const told of dwWords.onShow) told({ sentence, word, meaning, lexicon, place });
  }

  async function looked(sentence, word) {
    const [meaning, rules] = await Promise.all([lexicon.meaning(word.form), lexicon.file("newspaper")]);
    const unfolded = dwNewspaper.explain(sentence.text, rules).find(({ from, to }) => from <= word.start && word.end <= to);
    return written(sentence, word, meaning, unfolded);
  }

  function dialog(...children) {
    const attributes = { class: "dw-word", role: "dialog", tabindex: "-1" };
    attributes["aria-labelledby"] = "dw-word-name";
    return make("div", { ...attributes, "aria-describedby": "dw-word-said" }, ...children);
  }

  const failed = (form) => {
    const said = say("Words could not be looked up.");
    return dialog(head(form), make("div", { id: "dw-word-said" }, make("p", { class: "dw-word__none" }, said)));
  };

  function written(sentence, word, meaning, unfolded) {
    const [first] = meaning.senses;
    const roots = new Set(meaning.senses.map(({ root }) => root));
    const phrases = [...roots].flatMap((root) => lexicon.phrasesWith(root));
    const here = sentence.termWith(word, lexicon.terms) ?? sentence.phraseWith(word, phrases);
    const isCapital = word.form !== word.form.toLowerCase() && meaning.kind === "word" && first.pos !== "abbr";
    const begins = !/[\p{L}\p{N}]/u.test(sentence.text.slice(0, word.start));
    const said = make(
      "div",
      { id: "dw-word-said" },
      together(here),
      senses(meaning, unfolded),
      unfolded && newspaper(sentence, unfolded),
      small(first?.explained),
      small(first?.note),
      isCapital && !begins && !here && small(say("With a capital here: it may belong to a name.")),
    );
    const element = dialog(head(word.form, first), lesson(), said, first && pieces(first, word.form), others(meaning, word.form));
    const context = { ...contextOf(sentence, word, meaning), sentence, word, meaning, lexicon, make, place };
    const rows = [hiddenEnglish, ...window.dwWordRows].map((row) => row(context)).filter(Boolean);
    if (rows.length) element.append(make("div", { class: "dw-word__rows" }, ...rows));
    element.meaning = meaning;
    return element;
  }

  /** What rows are told: only text. */
  function contextOf(sentence, { form }, { senses }) {
    // On the page of a story: one of its articles; the headline is that of the newest, which stands last.
    const telling = sentence.element.closest(".dw-telling") ?? document.querySelector(".dw-telling:last-child");
    const place = telling ?? document;
    return {
      form,
      root: senses[0]?.root ?? "",
      gloss: senses[0]?.glosses.join("; ") ?? "",
      other: senses.slice(1).map(({ root }) => root),
      id: sentence.text.trim(),
      en: sentence.partner?.text.trim() ?? "",
      paragraph: sentence.element.closest(".dw-pair")?.id ?? "",
      article: dw.pathOf(telling?.querySelector("h2 a") ?? location),
      title: place.querySelector("h1 .dw-pair__id, h2 [lang='id']")?.textContent.trim() ?? "",
      source: place.querySelector(".dw-meta__source, .dw-source")?.textContent.trim() ?? "",
    };
  }

  /** Take it away. `back`: the focus returns to where it was. */
  function hide({ back = false } = {}) {
    asked++;
    if (!shown) return;
    const { element, takeAway, back: place } = shown;
    shown = null;
    const hadFocus = element.contains(document.activeElement);
    element.remove();
    takeAway();
    for (const told of dwWords.onHide) told();
    if (back && hadFocus && place?.isConnected) place.focus({ preventScroll: true });
  }

  /** Whoever goes on from the last control of it, or back from the first, is where they came from. */
  function onTab(event) {
    if (event.key !== "Tab" || event.ctrlKey || event.altKey || event.metaKey) return;
    const all = [...shown.element.querySelectorAll("a[href], button, summary, [tabindex='0']")].filter(
      (one) => one.getClientRects().length,
    );
    const end = event.shiftKey ? [shown.element, all[0]] : [all.at(-1)];
    if (!end.includes(document.activeElement)) return;
    event.preventDefault();
    hide({ back: true });
  }

  const place = () => shown && placeBeside(shown.element, shown.sentence, shown.word);

  addEventListener("resize", place);
  new MutationObserver(() => hide()).observe(document.documentElement, { attributeFilter: ["data-dw-view"] });
  document.addEventListener("pointerdown", ({ target }) => {
    if (shown && !(target instanceof Element && target.closest(".dw-word"))) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !shown || event.defaultPrevented) return;
    event.preventDefault();
    hide({ back: true });
  }, true);

  // `onShow`, `onHide`: what else is done when a word is shown, and when that ends.
  Object.assign(window.dwWords, { lexicon, say, make, head, dialog, contextOf, show, hide, place, onShow: [], onHide: [], isShown: () => shown !== null });
})();
