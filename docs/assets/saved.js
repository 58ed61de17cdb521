/* What a reader has saved: articles and sentences (`saved`) and where reading stopped (`places`), on
   this device alone. Read here with their shape checked, as anybody may have written there. */
(() => {
  "use strict";

  const { device } = dw;
  const MOST = 1000; // of a kind; about a megabyte
  const PLACES = 100;
  const KINDS = {
    articles: /^article\/[a-z0-9-]{1,250}$/,
    sentences: /^article\/[a-z0-9-]{1,250}#p\d{1,4}(s\d{1,4})?$/,
    places: /^article\/[a-z0-9-]{1,250}$/,
  };
  const LONGEST = 4000; // characters of a text
  const TEXTS = ["indonesian", "english", "by", "title", "outlet", "source", "when", "at"];

  /** The address of an article's page below the root, as it is kept; "" elsewhere. */
  const addressOf = (place) => {
    if (place.origin !== dw.root.origin || !place.pathname.startsWith(dw.root.pathname)) return "";
    const path = dw.pathOf(place);
    return KINDS.articles.test(path) ? path : "";
  };

  /** An entry with texts alone in it, none too long; null if it is none. */
  function entry(kind, value) {
    if (typeof value !== "object" || value === null) return null;
    if (typeof value.id !== "string" || !KINDS[kind].test(value.id)) return null;
    const made = { id: value.id };
    for (const key of TEXTS) if (typeof value[key] === "string") made[key] = value[key].slice(0, LONGEST);
    if (!/^https?:\/\//.test(made.source ?? "")) delete made.source;
    if (kind === "places") {
      if (!Number.isInteger(value.paragraph) || value.paragraph < 1 || value.paragraph > 9999) return null;
      made.paragraph = value.paragraph;
    }
    return made;
  }

  /** All entries of a kind, newest first. */
  function all(kind) {
    const found = kind === "places" ? device.get("places") : device.get("saved")?.[kind];
    if (!Array.isArray(found)) return [];
    const known = new Map();
    for (const value of found.slice(0, MOST)) {
      const one = entry(kind, value);
      if (one && !known.has(one.id)) known.set(one.id, one);
    }
    return [...known.values()];
  }

  function keep(kind, entries) {
    if (kind === "places") return device.set("places", entries.length ? entries.slice(0, PLACES) : undefined);
    const other = kind === "articles" ? "sentences" : "articles";
    const kept = { [kind]: entries, [other]: all(other) };
    return device.set("saved", entries.length || kept[other].length ? kept : undefined);
  }

  window.dwSaved = Object.freeze({
    addressOf,
    all,
    here: addressOf(location),
    has: (kind, id) => all(kind).some((one) => one.id === id),

    /** Keep an entry, at `index` if it is given. Returns false where there is no room for it. */
    put(kind, value, index = 0) {
      const entries = all(kind).filter((one) => one.id !== value.id);
      if (kind !== "places" && entries.length >= MOST) return false;
      const one = entry(kind, { at: new Date().toISOString(), ...value });
      return one !== null && keep(kind, entries.toSpliced(index, 0, one));
    },

    remove: (kind, id) => keep(kind, all(kind).filter((one) => one.id !== id)),
    onChange(callback) {
      device.onChange("saved", callback);
      device.onChange("places", callback);
    },
  });
})();
