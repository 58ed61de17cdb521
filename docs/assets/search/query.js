/* What somebody typed, taken apart. */

const PHRASE = /(?<![^\s-])(-?)["“”„]([^"“”„]*)["“”„]/g;
const EXCLUDED = /(?<!\S)-(?=[\p{L}\p{N}])(\S+)/gu;
const MONTH = "\\p{L}{3,}";

/**
 * `{ terms, excluded, phrases, excludedPhrases, period, text }`. A term is `{ form, capitals }`; phrases
 * are lists of forms. `period` is `{ from, to, text }`, days as "2025-06-10", where a date was typed.
 */
export function parseQuery(text, language) {
  const query = { terms: [], excluded: [], phrases: [], excludedPhrases: [], period: null };
  const rest = text
    .replace(PHRASE, (_, minus, phrase) => {
      const forms = language.forms(phrase);
      if (forms.length) (minus ? query.excludedPhrases : query.phrases).push(forms);
      return " ";
    })
    .replace(EXCLUDED, (_, word) => {
      query.excluded.push(...asTerms(language.forms(word, true)));
      return " ";
    });
  const [period, words] = findPeriod(rest, language.rules.months);
  query.period = period;
  query.terms = asTerms(language.forms(words, true));
  query.words = asTerms(language.forms(rest, true)); // where nothing was published in that time
  const said = ({ form }) => !language.passedOver.has(form) && !language.currencies.has(form);
  for (const name of ["terms", "words"])
    if (query[name].some(said) || query.phrases.length || period)
      query[name] = query[name].filter(said);
  return query;
}

export const isEmpty = (query) =>
  !query.terms.length && !query.phrases.length && !query.period;

/** Each once. */
const asTerms = (forms) =>
  [...new Set(forms)].map((form) => ({ form, capitals: form !== form.toLowerCase() }));

/* --- dates ------------------------------------------------------------------------------------- */

const pad = (number) => String(number).padStart(2, "0");

/** The first date in a text as a period, and the text without it. */
function findPeriod(text, months) {
  const named = (name) => months[name.toLowerCase()];
  const forms = [
    [/(?<!\S)(\d{4})-(\d{1,2})-(\d{1,2})(?!\S)/u, (y, m, d) => [y, m, d]],
    [/(?<!\S)(\d{4})-(\d{2})(?!\S)/u, (y, m) => [y, m]],
    [/(?<!\S)(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?!\S)/u, (d, m, y) => [y, m, d]],
    [new RegExp(`(?<!\\S)(\\d{1,2})\\s+(${MONTH})\\s+(\\d{4})(?!\\S)`, "u"), (d, m, y) => [y, named(m), d]],
    [new RegExp(`(?<!\\S)(${MONTH})\\s+(\\d{1,2}),?\\s+(\\d{4})(?!\\S)`, "u"), (m, d, y) => [y, named(m), d]],
    [new RegExp(`(?<!\\S)(${MONTH})\\s+(\\d{4})(?!\\S)`, "u"), (m, y) => [y, named(m)]],
  ];
  for (const [pattern, parts] of forms) {
    const match = pattern.exec(text);
    const [year, month, day] = match ? parts(...match.slice(1)).map(Number) : [];
    if (!match || Number.isNaN(month)) continue;
    const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
    if (month < 1 || month > 12 || day < 1 || day > last) break; // no day of any calendar
    const start = `${String(year).padStart(4, "0")}-${pad(month)}`;
    const period = {
      from: `${start}-${pad(day ?? 1)}`,
      to: `${start}-${pad(day ?? last)}`,
      text: match[0].trim(),
    };
    return [period, `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`];
  }
  return [null, text];
}
