/* Words as a package of Anki (.apkg), made here when somebody asks for one: a zip file of a database and
   no media, in the form that every Anki since 2.0 reads (version 11). A word has the same guid in every
   package, so that a later one changes its note where the word was kept anew, and adds no second one; what
   a reader has written into a note since then stays. */
(() => {
  "use strict";

  const NAME = "Dwiwarta";
  // When this type of note was made, in milliseconds and seconds: its id, and since when it is as it is.
  const TYPE = 1_795_910_400_000;
  const CHANGED = TYPE / 1000;
  const FIELDS = ["Word", "Sentence", "Meaning", "English", "Root", "Source", "Audio"]; // the last is the reader's
  const FRONT = '<div class="word" lang="id">{{Word}}</div>\n<div lang="id">{{Sentence}}</div>';
  const BACK = `{{FrontSide}}\n<hr id="answer">
<div>{{#Root}}<span class="root" lang="id">{{Root}}</span> {{/Root}}{{Meaning}}</div>\n<div>{{English}}</div>
{{Audio}}\n<div class="source">{{Source}}</div>`;
  const STYLE = `.card { font: 20px/1.5 sans-serif; text-align: center; color: black; background: white; }
.card.nightMode, .nightMode .card { color: #eee; background: #222; }
.card > div { max-width: 32em; margin: 0.5em auto; }
.word { font-size: 1.6em; }
.root { font-style: italic; }
.source { font-size: 0.7em; opacity: 0.8; }`;

  // Columns of whole numbers; those of TEXTS are texts.
  const COLUMNS = {
    col: "id crt mod scm ver dty usn ls conf models decks dconf tags",
    notes: "id guid mid mod usn tags flds sfld csum flags data",
    cards: "id nid did ord mod usn type queue due ivl factor reps lapses left odue odid flags data",
    revlog: "id cid usn ease ivl lastIvl factor time type",
    graves: "usn oid type",
  };
  const TEXTS = ["conf", "models", "decks", "dconf", "tags", "guid", "flds", "data"];
  const INDICES = {
    notes: { usn: ["usn"], csum: ["csum"] },
    cards: { usn: ["usn"], nid: ["nid"], sched: ["did", "queue", "due"] },
    revlog: { usn: ["usn"], cid: ["cid"] },
  };
  const SERVER = -1; // "usn" of what no server has yet

  /** A table with its indices; a row: values by the names of columns. */
  function table(name, rows) {
    const columns = COLUMNS[name].split(" ");
    const typed = (column) => (column === "id" ? "id integer PRIMARY KEY" : `${column} ${TEXTS.includes(column) ? "text" : "integer"} NOT NULL`);
    return {
      name,
      sql: `CREATE TABLE ${name} (${columns.map(typed).join(", ")})`,
      rows: rows.map((row) => [row.id, columns.map((column) => (column === "id" ? null : row[column] ?? 0))]),
      indices: Object.entries(INDICES[name] ?? {}).map(([index, keys]) => ({
        name: `ix_${name}_${index}`,
        sql: `CREATE INDEX ix_${name}_${index} ON ${name} (${keys.join(", ")})`,
        columns: keys.map((key) => columns.indexOf(key)),
      })),
    };
  }

  const plainly = (text) => (text ?? "").replace(/[\s\0-\x1f]+/g, " "); // one of these signs parts fields
  // Signs of HTML, and those that Anki itself reads: [sound:…], \(…\).
  const html = (text) => plainly(text).replace(/[&<>"'[\]\\{}]/g, (sign) => `&#${sign.charCodeAt(0)};`);

  function noteType(deck) {
    const field = (name, ord) => ({ name, ord, sticky: false, rtl: false, font: "Arial", size: 20, media: [] });
    const card = { name: "Card 1", ord: 0, qfmt: FRONT, afmt: BACK, bqfmt: "", bafmt: "", did: null };
    const [latexPre, latexPost] = ["\\documentclass[12pt]{article}\n\\begin{document}\n", "\\end{document}"];
    const made = { id: TYPE, name: NAME, type: 0, mod: CHANGED, usn: SERVER, sortf: 0, did: deck, tmpls: [card], flds: FIELDS.map(field) };
    return { ...made, css: STYLE, latexPre, latexPost, latexsvg: false, req: [[0, "any", [0, 1]]], tags: [], vers: [] };
  }

  function deckOf(id, name, mod) {
    const none = [0, 0];
    return { id, name, mod, usn: SERVER, lrnToday: none, revToday: none, newToday: none, timeToday: none,
      collapsed: false, browserCollapsed: false, desc: "", dyn: 0, conf: 1, extendNew: 0, extendRev: 0 };
  }

  const OPTIONS = { id: 1, name: "Default", mod: 0, usn: 0, maxTaken: 60, autoplay: true, timer: 0, replayq: true, dyn: false,
    new: { bury: false, delays: [1, 10], initialFactor: 2500, ints: [1, 4, 0], order: 1, perDay: 20 },
    rev: { bury: false, ease4: 1.3, ivlFct: 1, maxIvl: 36500, perDay: 200, hardFactor: 1.2 },
    lapse: { delays: [10], leechAction: 1, leechFails: 8, minInt: 1, mult: 0 } };

  /** The seconds since 1970 of a day, whoever wrote it. */
  const secondsOf = (day) => Math.max(Date.parse(`${day}T00:00:00Z`) / 1000 || CHANGED, 0);

  /** The package. `site`: what the deck is called. `words`: [{ root, form, sentence, meaning, english,
      source, day }], each a text, `sentence` as [text before, form, text after] or fewer, `source` as
      { text, address } with "" for no address; `day` is when the word was kept. */
  window.dwAnki = (site, words) => {
    const known = words.map(({ day, ...one }) => ({ ...one, seconds: secondsOf(day) }));
    known.sort((one, other) => one.seconds - other.seconds); // a later package has its new ones at the end
    const now = known.at(-1)?.seconds ?? CHANGED;
    const deck = TYPE + dwChecksum(site)[0];
    const notes = [];
    const cards = [];
    let id = 0;
    known.forEach(({ root, form, sentence, meaning, english, source, seconds }, at) => {
      id = Math.max(id + 1, seconds * 1000);
      const [before, marked, ...after] = sentence.map(html);
      const said = marked === undefined ? before ?? "" : `${before}<b>${marked}</b>${after.join("")}`;
      const [title, address] = [html(source.text), html(source.address)];
      const link = address ? `<a href="${address}">${title || address}</a>` : title;
      const fields = [html(form), said, html(meaning), html(english), root === form ? "" : html(root), link, ""];
      const guid = [...dwChecksum(`${NAME} ${root}`)].slice(0, 2).map((part) => part.toString(36)).join("-");
      const plain = plainly(form);
      const sfld = plain.replace(/^(?=[ +\-.\d])/, "'"); // remains a text in that column of numbers
      const csum = dwChecksum(plain)[0];
      const flds = fields.join("\x1f");
      notes.push({ id, guid, mid: TYPE, mod: seconds, usn: SERVER, tags: " dwiwarta ", flds, sfld, csum, data: "" });
      cards.push({ id, nid: id, did: deck, mod: seconds, usn: SERVER, due: at + 1, data: "" });
    });
    const decks = { 1: deckOf(1, "Default", 0), [deck]: deckOf(deck, site.replace(/:{2,}/g, ":"), now) };
    const conf = { nextPos: known.length + 1, curDeck: deck, activeDecks: [deck], curModel: String(TYPE), sortType: "noteFld",
      sortBackwards: false, addToCur: true, collapseTime: 1200, timeLim: 0, estTimes: true, dueCounts: true, newSpread: 0 };
    const collection = { id: 1, crt: CHANGED, mod: now * 1000, scm: TYPE, ver: 11, tags: "{}", conf: JSON.stringify(conf),
      models: JSON.stringify({ [TYPE]: noteType(deck) }), decks: JSON.stringify(decks), dconf: JSON.stringify({ 1: OPTIONS }) };
    const tables = { col: [collection], notes, cards, revlog: [], graves: [] };
    const data = dwSqlite(Object.entries(tables).map(([name, rows]) => table(name, rows)));
    return dwZip([["collection.anki2", data], ["media", "{}"]], "application/apkg");
  };
})();
