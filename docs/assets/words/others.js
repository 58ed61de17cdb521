/* Other sentences of this site with the same root, in both languages: found by the site's own search, and
   read from the pages of the articles. Nothing of it is fetched before a reader asks. */
(() => {
  "use strict";
  const { Sentence, say } = window.dwWords;

  const AT_ONCE = 5; // sentences
  const MOST_READ = 12; // articles, before a reader is asked to go on

  /** The sentences of an article's page that may be meant, in both languages. */
  function pairsOf(page) {
    const title = page.querySelector("h1 .dw-pair__id")?.textContent.trim() ?? "";
    return [...page.querySelectorAll(".dw-text .dw-pair > .dw-pair__id")].flatMap((half) => {
      const sentences = half.querySelectorAll("[data-s]");
      return [...(sentences.length ? sentences : [half])].map((element) => ({ sentence: new Sentence(element), title, paragraph: half.parentElement.id }));
    });
  }

  /** The pairs of one page in which a word has the root. */
  async function withRoot(page, root, forms, lexicon) {
    const found = [];
    for (const one of pairsOf(page)) {
      const words = one.sentence.words.filter(({ form }) => forms.has(form.toLowerCase()));
      for (const word of words) {
        const { senses } = await lexicon.meaning(word.form);
        if (senses[0]?.root !== root) continue;
        found.push({ ...one, word });
        break;
      }
    }
    return found;
  }

  /** All of them, those of the newest and likeliest articles first. `asked`: what the search is asked for. */
  async function* all(root, asked, lexicon, isSame) {
    const address = (name) => new URL(`assets/search/${name}.js`, dw.root).href;
    const [{ Search }, { Files }] = await Promise.all([import(address("engine")), import(address("files"))]);
    const search = new Search(dw.root, new Files(dw.root), asked, { wordsOnly: true });
    if (!(await search.prepare())) return;
    const forms = new Set([...search.found].map((form) => form.toLowerCase()));
    for (let count = 0; ; count++) {
      if (search.results.length <= count) await search.take(count + 1);
      const item = search.results[count];
      if (!item) return;
      const [slug] = await search.card(item);
      const url = search.address(slug);
      const response = await fetch(url);
      if (!response.ok) continue;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      for (const one of await withRoot(page, root, forms, lexicon)) if (!isSame(one)) yield { ...one, url };
      yield null; // an article has been read
    }
  }

  function row({ root, form, id, lexicon, make, place }) {
    // The words of menandatangani's root stand apart elsewhere.
    const asked = root.includes(" ") ? form : root;
    if (!root || asked.includes(" ") || (asked === root && !lexicon.has(root))) return null;
    const button = make("button", { type: "button" }, say("Other sentences with this root"));
    const box = make("div", { class: "dw-word__others", role: "status" });
    let found = null;
    button.addEventListener("click", async () => {
      button.disabled = true;
      found ??= all(root, asked, lexicon, ({ sentence }) => sentence.text.trim() === id);
      if (!box.isConnected) button.after(box);
      box.querySelector("[data-none]")?.remove();
      let [shown, read] = [0, 0];
      let ended = false;
      try {
        while (shown < AT_ONCE && read < MOST_READ) {
          const { value, done } = await found.next();
          ended = Boolean(done);
          if (done) break;
          if (!value) read++;
          else shown += add(box, value, make);
        }
      } catch {
        found = null;
        const why = location.protocol === "file:" ? say("Search needs a web server: this page was opened as a file.") : say("Search could not be loaded.");
        box.append(make("p", { "data-none": "" }, why));
        button.disabled = false;
        return place();
      }
      if (ended && !box.children.length) box.append(make("p", { "data-none": "" }, say("No other sentence with this root.")));
      if (ended) button.remove();
      else {
        button.disabled = false;
        button.textContent = say("More sentences");
      }
      place();
    });
    return make("div", {}, button);
  }

  /** One pair, with the word in it marked; how many were added. */
  function add(box, { sentence, word, url, title, paragraph }, make) {
    const { text } = sentence;
    const mark = make("mark", {}, word.form);
    const original = make("p", { lang: "id", translate: "no" }, text.slice(0, word.start), mark, text.slice(word.end));
    const partner = sentence.partner;
    const english = partner && make("p", { lang: partner.element.closest("[lang]").lang }, partner.text.trim());
    const link = make("a", { href: `${url}#${paragraph}`, lang: "id" }, title);
    box.append(make("div", {}, original, english, make("small", {}, link)));
    return 1;
  }

  window.dwWordRows.push(row);
})();
