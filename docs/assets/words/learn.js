/* The view for learners: what rarer words mean behind them, if a reader wants that, and the English of a
   paragraph at once or sentence by sentence. Fetched in that view alone; what words mean is fetched once
   glosses are switched on. */
(() => {
  "use strict";

  const LONGEST = 28; // letters of a gloss
  const ALIKE = 3; // letters of a word that its English begins with, too (dominan): nobody has to be told
  const root = document.documentElement;
  const place = document.querySelector("[data-dw-learn]");
  const text = document.querySelector(".dw-text");
  let said = {};
  const say = (message, values = {}) => (said[message] ?? dw.say(message, values)).replace(/%\((\w+)\)s/g, (_, name) => values[name]);
  const isShown = () => root.dataset.dwView === "learn";

  /** A choice that is kept: how pages are read. */
  const kept = (name) => {
    try {
      return localStorage.getItem(`dwiwarta.${name}`) ?? "";
    } catch {
      return ""; // Storage may be forbidden.
    }
  };

  /** Buttons of which one is pressed. */
  function choice(name, label, options, onChange) {
    const group = dw.make("div", { role: "group", "aria-label": label }, dw.make("span", { "aria-hidden": "true" }, label));
    const now = () => (Object.hasOwn(options, kept(name)) ? kept(name) : "");
    let chosen = now();
    const buttons = Object.entries(options).map(([value, text]) => {
      const button = dw.make("button", { type: "button" }, text);
      button.addEventListener("click", () => {
        chosen = value;
        dw.remember(name, value);
        show();
      });
      group.append(button);
      return [value, button];
    });
    function show() {
      for (const [value, button] of buttons) button.setAttribute("aria-pressed", String(value === chosen));
      onChange(chosen);
    }
    place.append(group);
    show();
  }

  /* --- glosses in the text ------------------------------------------------------------------------ */

  const sound = (word) => word.toLowerCase().replaceAll("ph", "f").replace(/[cq]/g, "k").replaceAll("v", "f").slice(0, ALIKE);
  const isAlike = (word, gloss) => !gloss.includes(" ") && sound(word) === sound(gloss);

  let wanted = "";
  let turn = 0;
  let takeAway = [];

  function clear() {
    turn++;
    for (const one of takeAway.splice(0).reverse()) one();
  }

  async function gloss(which) {
    wanted = which;
    clear();
    if (!which || !isShown()) return;
    const mine = turn;
    await load();
    await Promise.all(["here", "line"].map((name) => dw.load(`assets/words/${name}.js`)));
    const { glossAt, isUnknown, placesOf, prepareLine, rootsHere } = window.dwWords;
    const rules = await prepareLine();
    const common = which === "more" ? rules.most : rules.frequent;
    const roots = (await rootsHere()).filter((one) => isUnknown(one) && !common.has(one));
    const places = await placesOf(roots);
    if (mine !== turn) return;
    const seen = new Set(); // once a paragraph
    const ends = new Map(); // by sentence, so that no phrase has two
    for (const found of places) {
      const key = `${found.sentence.element.closest(".dw-pair").id} ${found.root}`;
      const here = seen.has(key) ? null : glossAt(found, rules);
      if (!here || here.start < (ends.get(found.sentence) ?? 0) || here.text.length > LONGEST || isAlike(found.word.form, here.text)) continue;
      seen.add(key);
      ends.set(found.sentence, here.end);
      const mark = found.sentence.mark(here, { class: "dw-glossed" });
      mark.marks.at(-1)?.setAttribute("data-gloss", here.text);
      takeAway.push(mark);
    }
  }

  /* --- the English sentence by sentence ----------------------------------------------------------- */

  let bySentence = false;

  const halfOf = (pair) => pair.querySelector(":scope > .dw-pair__en");
  const partsOf = (pair) => [...halfOf(pair).querySelectorAll(":scope > p[lang] [data-s]")];

  /** Show the first few sentences of the English of a pair, none of it for 0. */
  function tell(pair, button, count) {
    const parts = partsOf(pair);
    pair.classList.toggle("dw-is-told", count > 0);
    for (const [at, part] of parts.entries()) part.classList.toggle("dw-is-later", at >= count);
    button.setAttribute("aria-expanded", String(count > 0));
    const isPart = count > 0 && count < parts.length;
    button.textContent = isPart ? `EN ${count}/${parts.length}` : "EN";
    const label = dw.say("English of this paragraph");
    const some = say("%(shown)s of %(all)s sentences", { shown: count, all: parts.length });
    // What is seen comes first, for who says it to a computer.
    button.setAttribute("aria-label", isPart ? `${button.textContent}: ${label}, ${some}` : label);
    button.dataset.told = count;
  }

  function ask(one) {
    bySentence = one === "sentence";
    for (const button of text.querySelectorAll(".dw-pair__id .dw-pair__tap[data-told]")) {
      const pair = button.closest(".dw-pair");
      tell(pair, button, 0);
      for (const part of partsOf(pair)) part.classList.remove("dw-is-later");
    }
  }

  text.addEventListener("click", (event) => {
    const button = event.target.closest(".dw-pair__id .dw-pair__tap");
    const pair = button?.closest(".dw-pair");
    if (!button || !bySentence || !isShown() || partsOf(pair).length < 2) return;
    event.stopPropagation(); // it would open all of it
    const told = Number(button.dataset.told ?? 0);
    tell(pair, button, told < partsOf(pair).length ? told + 1 : 0);
  }, true);

  /* --- both --------------------------------------------------------------------------------------- */

  let load = null; // what fetches the scripts of words
  let made = null;

  async function make() {
    // English needs no list of words.
    if (document.documentElement.lang !== "en") {
      await dw.load("assets/words/files.js");
      said = (await dwWords.fileOf("rules")).said;
    }
    const glosses = { "": say("off"), rarer: say("rarer"), more: say("many") };
    choice("glosses", say("Meanings"), glosses, (which) => gloss(which).catch(() => dw.complain(say("Words could not be looked up."))));
    choice("english", say("English"), { "": say("by paragraph"), sentence: say("by sentence") }, ask);
  }

  /** Whenever the view has changed. `loading`: fetches the scripts of words. */
  window.dwLearn = async (loading) => {
    load = loading;
    made ??= make().catch((error) => {
      made = null; // asked for again the next time
      throw error;
    });
    await made;
    if (!isShown()) clear();
    else if (wanted && !takeAway.length) await gloss(wanted);
  };
  dw.device.onChange("words", () => gloss(wanted).catch(() => {}));
})();
