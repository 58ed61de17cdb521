/* Countries, topics, organisations and outlets whose name is asked for. */

const MOST_NAMES = 4;
const KINDS = ["country", "topic", "body", "source"];

/** The facets that a query names, those with most articles first. */
export function namedIn(query, facets, language) {
  const asked = new Set(query.terms.flatMap((term) => marks(term.form, language)));
  const typed = new Set(query.terms.filter(({ capitals }) => capitals).map(({ form }) => form));
  if (!asked.size) return [];
  const isAsked = (form) => marks(form, language).some((mark) => asked.has(mark));
  const fits = (name) => {
    // Capitals that are a word of their own ("AS") stand for themselves only.
    if (/^\p{Lu}{2}$/u.test(name)) return typed.has(name) && query.terms.length === 1;
    const forms = language.forms(name).filter((form) => !language.passedOver.has(form.toLowerCase()));
    const all = new Set(forms.flatMap((form) => marks(form, language)));
    return (
      forms.length > 0 &&
      (forms.every(isAsked) ||
        query.terms.every((term) => marks(term.form, language).some((mark) => all.has(mark))))
    );
  };
  return facets
    .filter(({ kind, english, indonesian, names }) => KINDS.includes(kind) && [english, indonesian, ...names].some(fits))
    .sort((a, b) => b.articles - a.articles || (a.id < b.id ? -1 : 1))
    .slice(0, MOST_NAMES);
}

/** What words must share to be one; a name's own word is no form of another. */
const marks = (form, language) => [form.toLowerCase(), language.spellings.get(form.toLowerCase())].filter(Boolean);
