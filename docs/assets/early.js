/* What must be done before the first paint: the only script that the head waits for. */
(() => {
  "use strict";

  const root = new URL("..", document.currentScript.src);

  const html = document.documentElement;
  html.classList.replace("no-js", "js");

  // The languages that the address or the reader's memory asks for, the colours, and whether single
  // letters are keys.
  const known = (view) => /^(both|en|id|tap|learn)$/.test(view || "");
  let view = null;
  try {
    view = new URLSearchParams(location.search).get("view");
    if (!known(view)) view = localStorage.getItem("dwiwarta.view");
    const scheme = localStorage.getItem("dwiwarta.scheme");
    if (/^(light|dark)$/.test(scheme || "")) html.dataset.dwScheme = scheme;
    if (localStorage.getItem("dwiwarta.keys") === "off") html.dataset.dwKeys = "off";
    // What device.js keeps: lists without what is not in English; lists that wait for shown.js.
    const kept = (name) => localStorage.getItem(`dwiwarta:${root.pathname}:${name}`);
    if (kept("english") === "true") html.dataset.dwEnglish = "on";
    if (kept("muted")) html.dataset.dwMuted = "waits";
    if (kept("words")) html.dataset.dwWords = "kept";
  } catch {
    // Storage may be forbidden.
  }
  html.dataset.dwView = known(view) ? view : "both";

  // The two faces that every page is set in are asked for before any style sheet names them. From a
  // disk a browser refuses this and complains; there the stand-ins in fonts.css are shown a little
  // longer, as they are without this script.
  if (location.protocol !== "file:") {
    for (const name of ["newsreader", "libre-franklin"]) {
      const link = document.createElement("link");
      link.rel = "preload";
      link.as = "font";
      link.type = "font/woff2";
      link.crossOrigin = "";
      link.href = new URL(`assets/fonts/${name}.woff2`, root);
      document.head.append(link);
    }
  }

  // What Material's script expects of partials/javascripts/base.html (9.8): a memory whose keys begin
  // with the path of the site, so that two sites of one host do not share it.
  window.__md_scope = root;
  window.__md_hash = (text) => [...text].reduce((sum, char) => ((sum << 5) - sum + char.charCodeAt(0)) | 0, 0);
  window.__md_get = (key, storage = localStorage, scope = root) =>
    JSON.parse(storage.getItem(`${scope.pathname}.${key}`));
  window.__md_set = (key, value, storage = localStorage, scope = root) => {
    try {
      storage.setItem(`${scope.pathname}.${key}`, JSON.stringify(value));
    } catch {
      // Storage may be forbidden or full.
    }
  };
})();
