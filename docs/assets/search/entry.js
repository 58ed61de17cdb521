/* One result as a list item, and the helper that makes elements.

   All text from articles reaches the page as text nodes, never as HTML. */

import { articleText, places, runs, snippet } from "./texts.js";

/** What a message says in the language of the page. */
export const { say } = dw;
const isIndonesian = document.documentElement.lang === "id";

/** What is said, in an English page with the Indonesian beside it. */
export const both = (english, said, indonesian) =>
  isIndonesian ? [said] : [`${english} `, make("span", { lang: "id", class: "dw-search__beside" }, indonesian)];

/** The names of a facet, that in the language of the page first. */
export const namesOf = ({ english, indonesian }) =>
  isIndonesian ? [indonesian, english] : [english, indonesian];

// The rank in a card that stands for no English; what all ranks are called comes with the index ("made").
const NO_ENGLISH = 9;

export const { make } = dw;

/**
 * The list item of a result and a promise that its snippet is there. `card` is what the index knows of
 * the article; `prefer` is the language to show if there is a choice.
 */
export function resultEntry(card, search, prefer) {
  const [slug, indonesian, english, tag, date, source, made, madeTitle] = card;
  const address = search.address(slug);
  const wanted = {
    found: new Set([...search.found].map((form) => form.toLowerCase())),
    phrases: search.query.phrases,
  };
  // Made once and filled twice: what has the focus keeps it when the snippet comes.
  const link = make("a", { class: "dw-result__title", href: address });
  const item = make("li", { class: "dw-result" }, link);
  const write = (language, found) => {
    const own = language === "en" ? english : indonesian;
    const inEnglish = own ? language === "en" : !indonesian;
    const other = own && (inEnglish ? indonesian : english);
    const tagOf = (inEnglish) => (inEnglish ? tag : "id");
    link.lang = tagOf(inEnglish);
    const title = own || indonesian || english;
    link.replaceChildren(...marked(runs(title, places(title, wanted, search.language))));
    const otherLang = inEnglish ? "id" : "en";
    while (link.nextSibling) link.nextSibling.remove();
    const parts = [
      other ? make("p", { class: "dw-result__other", lang: otherLang }, other) : null,
      snippetOf(found, tagOf(language === "en")),
      make(
        "p",
        { class: "dw-result__about" },
        source ? make("span", {}, source) : null,
        date ? make("time", { datetime: date }, dw.dayOf(date)) : null,
        madeMark(search.about.made[language === "en" ? made : madeBeside(made, madeTitle)]),
      ),
    ];
    item.append(...parts.filter(Boolean));
  };
  const { en, id } = search.languages;
  const likely = en === id ? (prefer ?? (isIndonesian ? "id" : "en")) : en ? "en" : "id";
  // Without any words to find, and until the text is here, the likely language.
  const first = likely === "en" && !english && made === NO_ENGLISH ? "id" : likely;
  write(first, undefined);
  const settled = articleText(address)
    .catch(() => null)
    .then((text) => {
      if (!text) return write(first, null);
      const title = { en: english, id: indonesian };
      const found = {};
      for (const language of ["en", "id"]) {
        const body = snippet(text[language].slice(title[language] ? 1 : 0), wanted, search.language);
        const inTitle = places(title[language], wanted, search.language).length;
        found[language] = { body, worth: (body?.marks ?? 0) + inTitle };
      }
      const other = first === "en" ? "id" : "en";
      // The reader's language if it has the words at all.
      const shown = found[first].worth || !found[other].worth ? first : other;
      write(shown, found[shown].body);
    });
  return { item, settled };
}

/** `found`: undefined while it is fetched, null where there is none. */
function snippetOf(found, lang) {
  if (found === undefined) return make("p", { class: "dw-result__snippet dw-result__snippet--coming" });
  if (!found?.runs.length) return null;
  const text = [found.cutBefore ? "… " : "", ...marked(found.runs), found.cutAfter ? " …" : ""];
  return make("p", { class: "dw-result__snippet", lang }, ...text);
}

/** Who made the English that is shown; beside an Indonesian text that is the title's. */
function madeMark(made) {
  const [state, words] = made ?? [];
  if (!state) return null;
  const said = words[0].toUpperCase() + words.slice(1);
  return make("span", {}, make("span", { class: "dw-made", "data-state": state }, said));
}

/** Beside an Indonesian text only the title is shown in English, if it has any. */
const madeBeside = (made, madeTitle) =>
  made === NO_ENGLISH ? made : madeTitle === NO_ENGLISH ? null : madeTitle;

/** Runs of text with what was found in <mark>. */
const marked = (all) => all.map(({ text, marked }) => (marked ? make("mark", {}, text) : text));

/** Whether a reader does not want to see an article; `judge` is what `dwMuted.judge()` gives. */
export function isMuted([, indonesian, english, , , source, , , countries, topics], judge, names) {
  const ids = [...countries.map((one) => `country:${one}`), ...topics.map((one) => `topic:${one}`)];
  const tags = ids.map((id) => names.get(id)?.path?.replace(/\/$/, "") ?? "");
  return judge(tags, source, [indonesian, english]);
}
