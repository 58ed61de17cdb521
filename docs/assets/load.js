/* What few readers need is fetched when they ask for it. */
(() => {
  "use strict";

  const coming = new Map();
  /** Fetch a script or a style sheet, once; `path`: below the root. Rejects where it does not come. */
  window.dwLoad = (path) => {
    if (!coming.has(path)) {
      coming.set(path, new Promise((done, failed) => {
        const style = path.endsWith(".css");
        const one = document.createElement(style ? "link" : "script");
        if (style) one.rel = "stylesheet";
        one[style ? "href" : "src"] = new URL(path, dw.root).href;
        one.addEventListener("load", done);
        one.addEventListener("error", () => {
          coming.delete(path); // the next time may be better
          failed(new Error(path));
        });
        document.head.append(one);
      }));
    }
    return coming.get(path);
  };
})();
