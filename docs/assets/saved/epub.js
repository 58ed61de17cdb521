/* An e-book (EPUB 3.3) of what is saved, made here when somebody asks for it: the pages of the articles are
   fetched, and their pairs are kept together under the same classes as in the books of the site
   (render/books/epub.py). All text goes in as text. */
(() => {
  "use strict";

  const { say } = dw;
  const XHTML = "http://www.w3.org/1999/xhtml";
  const XML = "http://www.w3.org/XML/1998/namespace";
  const OPS = "http://www.idpf.org/2007/ops";
  const OPF = "http://www.idpf.org/2007/opf";
  const DC = "http://purl.org/dc/elements/1.1/";
  const PAGE = "application/xhtml+xml";
  const AT_ONCE = 4; // pages that are fetched at the same time
  const LONGEST = 20_000; // milliseconds for one of them
  const LETTERS = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu; // that XML cannot hold
  const STYLE = `.pair { break-inside: avoid; page-break-inside: avoid; margin: 0 0 0.9em; }
.pair p { margin: 0; text-indent: 0; }
.cp-original { font-family: serif; }
.cp-translation { font-family: sans-serif; }
p.cp-translation { margin-top: 0.25em; padding-left: 0.8em; border-left: 2px solid; }
h1 { font-size: 1.3em; line-height: 1.2; margin: 0 0 0.6em; }
h1 span { display: block; }
h1 span + span { font-size: 0.8em; font-weight: normal; margin-top: 0.2em; }
.small { font-size: 0.8em; }
`;
  const ACCESS = [
    ["accessMode", "textual"],
    ["accessModeSufficient", "textual"],
    ["accessibilityFeature", "tableOfContents"],
    ["accessibilityFeature", "readingOrder"],
    ["accessibilityHazard", "none"],
    ["accessibilitySummary", say("Text in two languages, each marked as such.")],
  ];
  const language = document.documentElement.lang || "en";
  const site = document.querySelector("meta[property='og:site_name']")?.content || document.title;

  /* --- XML ------------------------------------------------------------------------------------------ */

  const plain = (text) => (text ?? "").replace(LETTERS, "").replace(/\s+/g, " ").trim();

  /** A file with one element around others; `build(add, document)` fills it. */
  function file(namespace, name, attributes, build) {
    const made = document.implementation.createDocument(namespace, name);
    const set = (element, values) => {
      for (const [key, value] of Object.entries(values)) {
        if (key === "xml:lang") element.setAttributeNS(XML, key, value);
        else if (key === "epub:type") element.setAttributeNS(OPS, key, value);
        else if (value) element.setAttribute(key, plain(value));
      }
      return element;
    };
    /** Put an element into another, with text and elements in it; its name may be of Dublin Core. */
    const add = (parent, tag, values = {}, ...inside) => {
      const element = set(made.createElementNS(tag.startsWith("dc:") ? DC : namespace, tag), values);
      for (const one of inside) element.append(typeof one === "string" ? plain(one) : one);
      parent.append(element, "\n");
      return element;
    };
    set(made.documentElement, attributes);
    build(add, made.documentElement);
    return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(made)}\n`;
  }

  const lang = (code) => ({ lang: code, "xml:lang": code });

  function page(title, build) {
    return file(XHTML, "html", lang(language), (add, root) => {
      const head = add(root, "head");
      add(head, "title", {}, title);
      add(head, "link", { rel: "stylesheet", href: "style.css", type: "text/css" });
      build(add, add(root, "body"));
    });
  }

  /* --- what pages say ------------------------------------------------------------------------------- */

  /** The text of an element without what is only for the screen. */
  function text(element) {
    const copy = element?.cloneNode(true);
    copy?.querySelectorAll("button, .dw-pair__edit, .dw-hidden, script").forEach((one) => one.remove());
    return plain(copy?.textContent);
  }

  /** A pair: the original, then either the English or why there is none, and who made it. */
  function pair(block, alone) {
    const english = block.querySelector(":scope > .dw-pair__en > p[lang]");
    const state = block.querySelector(":scope > .dw-pair__en > :is(.dw-state:not(.dw-hidden), details)");
    const none = !english && !alone && block.dataset.state !== "same";
    return {
      original: text(block.querySelector(":scope > .dw-pair__id")),
      english: block.dataset.state === "same" ? "" : text(english),
      lang: english?.lang || "en",
      label: text(state) || (none ? say("Not translated yet") : ""),
    };
  }

  /** All that a book needs of an article's page, null if it is none. */
  function read(html, address) {
    const whole = new DOMParser().parseFromString(html, "text/html");
    const article = whole.querySelector(".dw-article");
    if (!article) return null;
    const title = article.querySelector(".dw-title");
    const english = title?.querySelector(".dw-pair__en[lang]");
    const alone = article.classList.contains("dw-article--alone");
    const source = article.querySelector(".dw-meta__source a")?.getAttribute("href") ?? "";
    return {
      address,
      title: text(title?.querySelector(".dw-pair__id")) || dw.pathOf(new URL(address)),
      english: title?.dataset.state === "same" ? "" : text(english),
      lang: english?.lang || "en",
      source: /^https?:\/\//.test(source) ? source : "",
      outlet: text(article.querySelector(".dw-meta__source")),
      when: text(article.querySelector(".dw-meta__when time")),
      notes: [...article.querySelectorAll(".dw-note__text > p")].map(text).filter(Boolean),
      pairs: [...article.querySelectorAll(".dw-text > .dw-pair")].map((one) => pair(one, alone)),
    };
  }

  /** The page at an address below the root, or where it says that it has moved to. */
  async function fetched(path, moves = 1) {
    const address = new URL(`${path}/`, dw.root);
    const answer = await fetch(address, { signal: AbortSignal.timeout(LONGEST) });
    if (!answer.ok) throw new Error(path);
    const html = await answer.text();
    const article = read(html, address.href);
    if (article) return article;
    const refresh = new DOMParser().parseFromString(html, "text/html").querySelector("meta[http-equiv='refresh']");
    const on = new URL(/url=(.+)$/.exec(refresh?.content ?? "")?.[1] ?? "", address);
    const moved = dwSaved.addressOf(on);
    if (!moves || !moved) throw new Error(path);
    return fetched(moved, moves - 1);
  }

  /* --- the book ------------------------------------------------------------------------------------- */

  function addPair(add, parent, { original, english, lang: code, label }) {
    const block = add(parent, "div", { class: "pair" });
    if (original) add(block, "p", { class: "cp-original", ...lang("id") }, original);
    if (english) add(block, "p", { class: "cp-translation", ...lang(code) }, english);
    if (label) add(block, "p", { class: "small" }, label);
  }

  const titles = ({ title, english }) => [title, english].filter(Boolean).join(" · ");

  const articlePage = (one) =>
    page(titles(one), (add, body) => {
      const section = add(body, "section");
      const heading = add(section, "h1");
      add(heading, "span", { class: "cp-original", ...lang("id") }, one.title);
      if (one.english) add(heading, "span", { class: "cp-translation", ...lang(one.lang) }, one.english);
      const facts = add(section, "p", { class: "small" });
      if (one.source) add(facts, "a", { href: one.source }, one.outlet || one.source);
      else facts.append(one.outlet);
      facts.append([one.outlet || one.source, one.when].filter(Boolean).length > 1 ? " · " : "", one.when, " · ");
      add(facts, "a", { href: one.address }, say("Read it side by side"));
      for (const note of one.notes) add(section, "p", { class: "small" }, note);
      for (const two of one.pairs) addPair(add, section, two);
    });

  const sentencesPage = (title, sentences) =>
    page(title, (add, body) => {
      const section = add(body, "section");
      add(section, "h1", {}, title);
      for (const one of sentences) {
        const facts = [one.title, one.outlet, one.when && dw.dayOf(one.when), one.by].filter(Boolean).join(" · ");
        addPair(add, section, { original: one.indonesian, english: one.english, lang: "en", label: facts });
      }
    });

  const contentsPage = (title, chapters) =>
    page(title, (add, body) => {
      add(body, "h1", {}, site);
      add(body, "p", {}, title);
      const nav = add(body, "nav", { "epub:type": "toc", id: "toc", role: "doc-toc" });
      add(nav, "h2", {}, say("Contents"));
      const list = add(nav, "ol");
      for (const { name, label } of chapters) {
        const link = add(add(list, "li"), "a", { href: name });
        label.forEach(([words, code], at) => {
          if (at) link.append(" · ");
          add(link, "span", lang(code), words);
        });
      }
    });

  const container = () =>
    file("urn:oasis:names:tc:opendocument:xmlns:container", "container", { version: "1.0" }, (add, root) => {
      const values = { "full-path": "EPUB/package.opf", "media-type": "application/oebps-package+xml" };
      add(add(root, "rootfiles"), "rootfile", values);
    });

  const packaged = (title, modified, chapters) =>
    file(OPF, "package", { version: "3.0", "unique-identifier": "id", "xml:lang": language }, (add, root) => {
      const facts = add(root, "metadata");
      add(facts, "dc:identifier", { id: "id" }, `${dw.root.href}mine/#${modified}`);
      add(facts, "dc:title", {}, `${site}: ${title}`);
      add(facts, "dc:language", {}, "id"); // first: by that reading apps tell which is the original
      add(facts, "dc:language", {}, "en");
      add(facts, "dc:creator", {}, site);
      add(facts, "meta", { property: "dcterms:modified" }, modified);
      for (const [key, value] of ACCESS) add(facts, "meta", { property: `schema:${key}` }, value);
      const manifest = add(root, "manifest");
      const item = (id, href, kind, properties) =>
        add(manifest, "item", { id, href, "media-type": kind, properties });
      item("nav", "nav.xhtml", PAGE, "nav");
      item("style", "style.css", "text/css");
      for (const { id, name } of chapters) item(id, name, PAGE);
      const spine = add(root, "spine");
      for (const id of ["nav", ...chapters.map((one) => one.id)]) add(spine, "itemref", { idref: id });
    });

  /** The files of a book in their order, of articles that were read and saved sentences. */
  function files(articles, sentences) {
    const title = say("Saved articles");
    const modified = `${new Date().toISOString().slice(0, 19)}Z`;
    const chapters = articles.map((one, at) => ({
      id: `a${at + 1}`,
      label: [[one.title, "id"], [one.english, one.lang]].filter(([words]) => words),
      data: articlePage(one),
    }));
    if (sentences.length) {
      const heading = say("Saved sentences");
      chapters.push({ id: "sentences", label: [[heading, language]], data: sentencesPage(heading, sentences) });
    }
    for (const one of chapters) one.name = `${one.id}.xhtml`;
    return [
      ["mimetype", "application/epub+zip"], // first and as it is
      ["META-INF/container.xml", container()],
      ["EPUB/package.opf", packaged(title, modified, chapters)],
      ["EPUB/nav.xhtml", contentsPage(title, chapters)],
      ["EPUB/style.css", STYLE],
      ...chapters.map(({ name, data }) => [`EPUB/${name}`, data]),
    ];
  }

  /** Fetch all articles, `AT_ONCE` at a time; null for those that do not come. */
  async function fetchAll(entries, count) {
    const found = entries.map(() => null);
    let next = 0;
    let done = 0;
    const work = async () => {
      while (next < entries.length) {
        const at = next++;
        try {
          found[at] = await fetched(entries[at].id);
        } catch {
          // Told together in the end.
        }
        count(++done);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return found;
  }

  /** Make the book of what is saved and hand it to the browser; `tell`: says how far it is. */
  window.dwBook = async (tell) => {
    const entries = dwSaved.all("articles");
    const sentences = dwSaved.all("sentences");
    tell(say("Fetching the articles …"));
    const found = await fetchAll(entries, (number) =>
      tell(say("Fetching the articles: %(number)s of %(all)s", { number, all: entries.length })));
    const articles = found.filter(Boolean);
    const lost = entries.filter((_, at) => !found[at]).map((one) => one.indonesian || one.english || one.id);
    const told = [];
    if (articles.length || sentences.length) {
      const file = `saved-${new Date().toISOString().slice(0, 10)}.epub`;
      dw.give(dwZip(files(articles, sentences), "application/epub+zip"), file);
      told.push(say("Saved as %(file)s", { file }));
    }
    if (lost.length) told.push(`${say("Could not be fetched and is not in it")}: ${lost.join("; ")}`);
    tell(told.join(". "));
  };
})();
