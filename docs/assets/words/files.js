/* The files of <site>/lexicon/, each fetched once. They are scripts, so that they can be read from a disk:
   scripts/dwiwarta/render/lexicon.py. */
(() => {
  "use strict";

  const arrived = new Map(); // names of files, each with what it says
  window.dwLexicon = (name, said) => arrived.set(name, said);

  const asked = new Map();

  /** What a file says; rejected where it is not to be had, and asked for again the next time. */
  function fileOf(name, site = dw.root) {
    if (!asked.has(name)) {
      const said = fetchScript(new URL(`lexicon/${name}.js`, site).href).then(() => {
        if (!arrived.has(name)) throw new Error(`nothing in ${name}`);
        return arrived.get(name);
      });
      said.catch(() => asked.delete(name));
      asked.set(name, said);
    }
    return asked.get(name);
  }

  function fetchScript(src) {
    return new Promise((done, fail) => {
      const script = document.createElement("script");
      Object.assign(script, { src, async: true, onload: done });
      script.onerror = () => {
        script.remove(); // so that another try asks for it again
        fail(new Error(`not to be had: ${src}`));
      };
      document.head.append(script);
    });
  }

  /** Words that are written as what they share with the one before, and the rest. */
  function frontDecoded(text) {
    const words = [];
    let before = "";
    for (const [, shared, rest] of text.matchAll(/(\d)(\D*)/g)) words.push((before = before.slice(0, Number(shared)) + rest));
    return words;
  }

  Object.assign((window.dwWords ??= {}), { fileOf, frontDecoded });
})();
