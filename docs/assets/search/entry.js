/* One result as a list item, and the helper that makes elements. */

const LANGUAGES = { en: "English", id: "Indonesian" };
// What stands behind the English of a result, by its word in the index (see search_pages.py).
const MADE = {
  dwm0: ["draft", "rough draft"],
  dwm1: ["machine", "machine translation"],
  dwm2: ["edited", "edited translation"],
  dwm3: ["approved", "checked translation"],
  dwm4: ["draft", "partly rough draft"],
  dwm5: ["machine", "partly machine translation"],
  dwm9: ["missing", "not translated yet"],
};

/** An element with attributes and children; strings become text. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes))
    if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== undefined) element.setAttribute(key, value);
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** The list item of a result; `names` gives the country or topic that a token stands for. */
export function resultEntry(item, names) {
  const otherLang = item.language === "id" ? "en" : "id";
  const facets = item.facets.map((token) => names.get(token)).filter(Boolean);
  const about = [
    make("span", { class: "dw-result__language" }, LANGUAGES[item.language]),
    madeMark(item),
    item.date ? make("time", { datetime: item.date }, showDate(item.date)) : null,
    item.source ? make("span", {}, item.source) : null,
    ...facets.map((value) => make("span", {}, value.english)),
  ];
  const snippet = [item.cutBefore ? "… " : "", ...marked(item.snippet), item.cutAfter ? " …" : ""];
  return make(
    "li",
    { class: "dw-result" },
    make(
      "a",
      { class: "dw-result__title", href: item.href, lang: item.titled ? item.lang : otherLang },
      ...marked(item.title),
    ),
    item.other ? make("p", { class: "dw-result__other", lang: otherLang }, item.other) : null,
    item.snippet.length
      ? make("p", { class: "dw-result__snippet", lang: item.lang }, ...snippet)
      : null,
    make("p", { class: "dw-result__about" }, ...about),
  );
}

/** Who made the English that is shown; beside an Indonesian text that is the title's. */
function madeMark(item) {
  const [state, words] = MADE[item.made] ?? [];
  if (!state) return null;
  const isTitle = item.language === "id" && state !== "missing";
  const said = isTitle ? `English title: ${words}` : words[0].toUpperCase() + words.slice(1);
  return make("span", { class: "dw-made", "data-state": state }, said);
}

/** Runs of text with what was found in <mark>. */
function marked(runs) {
  return runs.flatMap(({ text, marked }, i) => [i ? " " : "", marked ? make("mark", {}, text) : text]);
}

/** "2023-11-09T15:04+07:00" → "9 November 2023": the day in the zone that the source stated. */
function showDate(iso) {
  const day = new Date(`${iso.slice(0, 10)}T00:00Z`);
  if (Number.isNaN(day.getTime())) return iso;
  const format = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
  return new Intl.DateTimeFormat("en-GB", format).format(day);
}
