/* The page mine/words/: the words that a reader keeps on this device, ten of them to review, and files
   for other programs. What is kept is told at words/keep.js. */
(() => {
  "use strict";

  const { say, device, make, today } = dw;
  const place = document.querySelector("[data-dw-my-words]");
  if (!place) return;
  const find = (name) => place.querySelector(`[data-dw-words-${name}]`);

  const STATES = { learning: say("Learning"), known: say("Known"), ignored: say("Ignored") };
  const TEN = 10;
  const SHOWN = 50; // rows at once
  // Days until a word comes again, by how often in a row it was known (Leitner's boxes, doubled).
  const DAYS = [1, 2, 4, 8, 16, 32, 64, 128];
  const MOST = 20_000; // words
  const LONGEST = { f: 60, g: 300, id: 2000, en: 2000, a: 200, p: 12, t: 300, n: 100, d: 10, due: 10 };
  const MOST_OF_A_FILE = 8_000_000; // characters

  const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
  const isRoot = (root) => typeof root === "string" && root.length > 0 && root.length <= LONGEST.f && root !== "__proto__";
  const isDay = (text) => /^\d{4}-\d\d-\d\d$/.test(text);

  /** A word as it is kept, whoever wrote it; null for what is none. */
  function checked(value) {
    if (!isObject(value) || !Object.hasOwn(STATES, value.s)) return null;
    const word = { s: value.s };
    for (const [key, length] of Object.entries(LONGEST))
      if (typeof value[key] === "string") word[key] = value[key].slice(0, length);
    for (const day of ["d", "due"]) if (!isDay(word[day] ?? "")) delete word[day];
    word.b = Number.isInteger(value.b) ? Math.min(Math.max(value.b, 0), DAYS.length - 1) : 0;
    return word;
  }

  function read() {
    const kept = device.get("words");
    const words = new Map();
    if (isObject(kept))
      for (const [root, value] of Object.entries(kept)) {
        const word = isRoot(root) && words.size < MOST ? checked(value) : null;
        if (word) words.set(root, word);
      }
    return words;
  }

  const told = find("told");
  const tell = (message) => (told.textContent = message);

  function keep(words) {
    const value = words.size ? Object.fromEntries(words) : undefined;
    const isKept = device.set("words", value);
    if (!isKept) tell(say("Your browser has no room for all of it"));
    return isKept;
  }

  function change(root, changes) {
    const words = read();
    if (changes) words.set(root, { ...(words.get(root) ?? { b: 0 }), ...changes });
    else words.delete(root);
    keep(words);
  }

  const button = (text, action, properties = {}) => {
    const made = make("button", { type: "button", ...properties }, text);
    made.addEventListener("click", action);
    return made;
  };

  /** A sentence with the form of a word in it marked. */
  function sentence(text, form) {
    const at = form ? text.toLowerCase().indexOf(form.toLowerCase()) : -1;
    if (at < 0) return [text];
    return [text.slice(0, at), make("mark", {}, text.slice(at, at + form.length)), text.slice(at + form.length)];
  }

  /** Where a word was met, "" where that is no page of this site. */
  function addressOf(word) {
    if (!/^article\/[a-z0-9-]+$/.test(word.a ?? "")) return "";
    const paragraph = /^p\d+$/.test(word.p ?? "") ? `#${word.p}` : "";
    const page = location.protocol === "file:" ? "index.html" : "";
    return new URL(`${word.a}/${page}${paragraph}`, dw.root).href;
  }

  function metIn(word) {
    const href = addressOf(word);
    if (!href) return null;
    const link = make("a", { href }, word.t || word.a);
    link.lang = "id";
    return make("span", { class: "dw-word__met" }, link, word.n ? ` · ${word.n}` : "");
  }

  /* --- the list ---------------------------------------------------------------------------------- */

  let state = "learning";
  let shown = SHOWN;

  function row(root, word) {
    const states = Object.entries(STATES).map(([name, text]) =>
      button(text, () => { change(root, { s: name }); focusOn(root, name); }, {
        "aria-pressed": String(word.s === name),
        "data-state": name,
      }),
    );
    const forget = button(say("Remove"), () => {
      change(root, null);
      const undo = button(say("Undo"), () => { change(root, word); told.replaceChildren(); });
      told.replaceChildren(say("Removed: %(word)s", { word: root }), " ", undo);
      undo.focus();
    });
    forget.setAttribute("aria-label", `${say("Remove")}: ${root}`);
    const title = make("h3", {}, make("span", { lang: "id" }, word.f && word.f !== root ? `${word.f} ` : root));
    if (word.f && word.f !== root) title.append(make("small", { lang: "id" }, root));
    const item = make("li", { "data-root": root }, title);
    if (word.g) item.append(make("p", { lang: "en", class: "dw-word__gloss" }, word.g));
    if (word.id) item.append(make("p", { lang: "id", class: "dw-word__id" }, ...sentence(word.id, word.f)));
    if (word.en) item.append(make("p", { lang: "en", class: "dw-word__en" }, word.en));
    const met = metIn(word);
    if (met) item.append(make("p", {}, met));
    const tools = make("p", { class: "dw-mine__tools", role: "group" }, ...states, forget);
    tools.setAttribute("aria-label", root);
    item.append(tools);
    return item;
  }

  /** The row that was worked in; where it has left the list, the list itself. */
  function focusOn(root, name) {
    const item = [...find("list").children].find((one) => one.dataset.root === root);
    (item?.querySelector(`[data-state="${name}"]`) ?? find("filters").querySelector('[aria-pressed="true"]'))?.focus();
  }

  const newest = ([one, a], [other, b]) => (b.d ?? "").localeCompare(a.d ?? "") || one.localeCompare(other);

  function show() {
    const words = read();
    const counts = { learning: 0, known: 0, ignored: 0 };
    for (const word of words.values()) counts[word.s]++;
    find("filters").replaceChildren(
      ...Object.entries(STATES).map(([name, text]) =>
        button(`${text} ${counts[name]}`, () => {
          state = name;
          shown = SHOWN;
          show();
          find("filters").querySelector('[aria-pressed="true"]').focus();
        }, { "aria-pressed": String(name === state) }),
      ),
    );
    const listed = [...words].filter(([, word]) => word.s === state).sort(newest);
    find("list").replaceChildren(...listed.slice(0, shown).map(([root, word]) => row(root, word)));
    find("none").hidden = words.size > 0;
    find("more").hidden = listed.length <= shown;
    const due = [...words].filter(isDue).length;
    find("due").textContent = due ? say("To review today: %(number)s", { number: due }) : say("Nothing to review today");
    find("begin").disabled = !due;
    find("csv").disabled = !words.size;
    find("anki").disabled = !counts.learning;
  }
  find("more").addEventListener("click", () => { shown += SHOWN; show(); });

  /* --- ten to review ------------------------------------------------------------------------------ */

  const isDue = ([, word]) => word.s === "learning" && (word.due ?? "") <= today();
  let cards = [];

  function begin() {
    cards = [...read()].filter(isDue).sort(([a, one], [b, other]) => (one.due ?? "").localeCompare(other.due ?? "") || a.localeCompare(b));
    cards = cards.slice(0, TEN);
    next();
  }

  function next() {
    const card = find("card");
    card.hidden = !cards.length;
    if (!cards.length) {
      card.replaceChildren();
      tell(say("Done for now"));
      find("begin").hidden = false;
      // Where nothing is left to review, that button takes no focus.
      (find("begin").disabled ? find("filters").querySelector('[aria-pressed="true"]') : find("begin")).focus();
      return;
    }
    find("begin").hidden = true;
    const [root, word] = cards[0];
    const answer = make("div", { hidden: true });
    if (word.f && word.f !== root) answer.append(make("p", { lang: "id", class: "dw-word__id" }, root));
    if (word.g) answer.append(make("p", { lang: "en", class: "dw-word__gloss" }, word.g));
    if (word.en) answer.append(make("p", { lang: "en", class: "dw-word__en" }, word.en));
    const met = metIn(word);
    if (met) answer.append(make("p", {}, met));
    const judge = (knew) => () => {
      cards.shift();
      const box = knew ? Math.min((word.b ?? 0) + 1, DAYS.length - 1) : 0;
      const due = new Date();
      due.setDate(due.getDate() + DAYS[box]);
      const current = read().get(root); // it may have been taken out meanwhile
      if (current) change(root, { b: box, due: due.toLocaleDateString("sv") });
      next();
    };
    const judges = make("p", { class: "dw-mine__tools", hidden: true }, button(say("Again"), judge(false)), button(say("I knew it"), judge(true)));
    const reveal = button(say("Show"), () => {
      answer.hidden = judges.hidden = false;
      reveal.hidden = true;
      judges.lastChild.focus();
    });
    card.replaceChildren(
      make("p", { class: "dw-quiet" }, say("%(number)s left", { number: cards.length })),
      make("p", { class: "dw-word__form", lang: "id" }, word.f || root),
      ...(word.id ? [make("p", { lang: "id", class: "dw-word__id" }, ...sentence(word.id, word.f))] : []),
      answer,
      make("p", { class: "dw-mine__tools" }, reveal),
      judges,
    );
    reveal.focus();
  }
  find("begin").addEventListener("click", begin);

  /* --- files ------------------------------------------------------------------------------------- */

  const COLUMNS = { state: "s", form: "f", meaning: "g", indonesian: "id", english: "en", article: "a", paragraph: "p", title: "t", source: "n", added: "d", box: "b", due: "due" };

  function save(text, name, type) {
    dw.give(new Blob([text], { type }), name);
    tell(say("Saved as %(file)s", { file: name }));
  }

  /* A cell that begins like a formula would be one in a spreadsheet: an apostrophe keeps it a text. */
  const FORMULA = /^['=+\-@\t\r]/;
  const cell = (value) => `"${String(value ?? "").replace(FORMULA, "'$&").replaceAll('"', '""')}"`;

  find("csv").addEventListener("click", () => {
    const rows = [...read()].sort(newest).map(([root, word]) => [root, ...Object.values(COLUMNS).map((key) => word[key])]);
    const text = [["root", ...Object.keys(COLUMNS)], ...rows].map((cells) => cells.map(cell).join(",")).join("\r\n");
    save(`\uFEFF${text}\r\n`, `dwiwarta-words-${today()}.csv`, "text/csv");
  });

  const site = document.querySelector("meta[property='og:site_name']")?.content || document.title;

  /** A word as a package of Anki wants it (anki/package.js). */
  function noteOf([root, word]) {
    const source = { text: [word.n, word.t].filter(Boolean).join(": "), address: addressOf(word) };
    if (location.protocol === "file:") source.address = ""; // which only this device knows
    const parts = sentence(word.id ?? "", word.f).map((part) => part.textContent ?? part);
    const form = word.f || root;
    return { root, form, sentence: parts, meaning: word.g ?? "", english: word.en ?? "", source, day: word.d ?? today() };
  }

  const PACKAGE = ["files/zip", "anki/checksum", "anki/sqlite", "anki/package"];

  find("anki").addEventListener("click", async () => {
    try {
      await Promise.all(PACKAGE.map((name) => dw.load(`assets/${name}.js`)));
    } catch {
      tell(say("What makes the package did not come; is there a network?"));
      return;
    }
    const learnt = [...read()].filter(([, word]) => word.s === "learning");
    const name = `dwiwarta-words-${today()}.apkg`;
    try {
      dw.give(dwAnki(site, learnt.map(noteOf)), name);
    } catch (error) {
      console.error(error); // a fault of ours: whoever reports it finds more there
      tell(say("The package could not be made of these words; the table can (CSV)"));
      return;
    }
    tell(say("Saved as %(file)s", { file: name }));
  });

  /** The rows of a CSV file (RFC 4180). */
  function rowsOf(text) {
    const rows = [[]];
    // Spreadsheets part cells by semicolons where a comma is the sign of decimals.
    const mark = /^[^\r\n,]*;/.test(text) ? ";" : ",";
    const cells = new RegExp(`("(?:[^"]|"")*"(?=[${mark}\\r\\n]|$)|[^${mark}\\r\\n]*)(${mark}|\\r?\\n|\\r|$)`, "gy");
    for (let match; cells.lastIndex < text.length && (match = cells.exec(text)); ) {
      const [, raw, end] = match;
      rows.at(-1).push(/^".*"$/s.test(raw) ? raw.slice(1, -1).replaceAll('""', '"') : raw);
      if (end !== mark) rows.push([]);
    }
    return rows.filter((row) => row.some(Boolean));
  }

  const input = find("file");
  find("import").addEventListener("click", () => input.click());
  input.addEventListener("change", async () => {
    const [file] = input.files;
    input.value = "";
    if (!file) return;
    const text = file.size <= MOST_OF_A_FILE ? await file.text() : "";
    const [head = [], ...rows] = rowsOf(text.replace(/^\uFEFF/, ""));
    const at = Object.fromEntries(head.map((name, index) => [name.trim().toLowerCase(), index]));
    const words = read();
    let taken = 0;
    for (const cells of "root" in at && "state" in at ? rows : []) {
      const plain = (name) => (cells[at[name]] ?? "").replace(/^'(?=['=+\-@\t\r])/, "");
      const root = plain("root").trim(); // names and institutions have capitals
      const value = Object.fromEntries(Object.entries(COLUMNS).map(([name, key]) => [key, plain(name)]));
      const word = isRoot(root) ? checked({ ...value, b: Number(value.b) }) : null;
      if (!word || words.has(root) || words.size >= MOST) continue; // what is here counts
      for (const key of Object.keys(word)) if (word[key] === "") delete word[key];
      words.set(root, word);
      taken++;
    }
    if (taken && !keep(words)) return;
    tell(taken ? say("Words taken in: %(number)s", { number: taken }) : say("No new words in this file: %(file)s", { file: file.name }));
  });

  device.onChange("words", show);
  show();
  place.dataset.dwReady = "";
})();
