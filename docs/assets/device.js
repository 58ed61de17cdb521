/* What all parts share, as the global `dw`: the root of the site, the words of the interface, and what
   is kept on this device. Nothing of it is sent anywhere. */
(() => {
  "use strict";

  const root = new URL("..", document.currentScript.src); // this file is <site>/bundle/….js
  const words = JSON.parse(document.getElementById("dw-words")?.textContent ?? "{}");

  /** What `message` says in the language of the page, with %(name)s filled from `values`. */
  const say = (message, values = {}) =>
    (words[message] ?? message).replace(/%\((\w+)\)s/g, (_, name) => values[name]);

  /** Where a page of this site lies below the root, as articles are kept: "article/2026-11-28-judul".
      Of a link, an address or the location. */
  const pathOf = ({ pathname }) => pathname.slice(root.pathname.length).replace(/(^|\/)(index\.html)?$/, "");

  // Two sites on one host do not mix.
  const prefix = `dwiwarta:${root.pathname}:`;
  const watching = new Map();
  const tell = (name) => {
    for (const callback of watching.get(name) ?? []) callback(device.get(name));
  };
  window.addEventListener("storage", ({ key }) => {
    if (key === null) for (const name of watching.keys()) tell(name);
    else if (key.startsWith(prefix)) tell(key.slice(prefix.length));
  });

  const device = {
    /* What features keep: as a file, taken in from one, forgotten (the page mine/). In the order in
       which that page names them. */
    names: ["visits", "read", "english", "muted", "saved", "places", "aloud", "words"],

    /** What is kept under a name, else `fallback`. Whoever reads it checks what it is. */
    get(name, fallback) {
      try {
        return JSON.parse(localStorage.getItem(prefix + name)) ?? fallback;
      } catch {
        return fallback; // Storage may be forbidden, and anybody may have written there.
      }
    },

    /** Keep a value of JSON; undefined forgets. Returns false where the browser refuses. */
    set(name, value) {
      try {
        if (value === undefined) localStorage.removeItem(prefix + name);
        else localStorage.setItem(prefix + name, JSON.stringify(value));
      } catch {
        return false;
      }
      tell(name);
      return true;
    },

    /** Call back with the value whenever it changes, here or in another tab. */
    onChange(name, callback) {
      watching.set(name, [...(watching.get(name) ?? []), callback]);
    },
  };

  /** Keep how pages are read (view, scheme, keys), which early.js asks for before the first paint. */
  const remember = (what, value) => {
    try {
      if (value) localStorage.setItem(`dwiwarta.${what}`, value);
      else localStorage.removeItem(`dwiwarta.${what}`);
    } catch {
      // Storage may be forbidden; the choice then lasts as long as the page.
    }
  };

  /** Fetch a script or a style sheet that few need, once; `path`: below the root. Rejects where it does not come. */
  const coming = new Map();
  const load = (path) => {
    if (!coming.has(path)) {
      coming.set(path, new Promise((done, failed) => {
        const style = path.endsWith(".css");
        const one = document.createElement(style ? "link" : "script");
        if (style) one.rel = "stylesheet";
        one[style ? "href" : "src"] = new URL(path, root).href;
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

  /** An element with attributes and children. True is an attribute without a value; what is false, null
      or undefined is left out. */
  const make = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    const isThere = (value) => value !== false && value !== null && value !== undefined;
    for (const [key, value] of Object.entries(attributes))
      if (isThere(value)) element.setAttribute(key, value === true ? "" : value);
    element.append(...children.filter(isThere));
    return element;
  };

  /** Hand a file to the browser, as a download. */
  const give = (blob, name) => {
    const link = make("a", { href: URL.createObjectURL(blob), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };

  /** Whether a key may be a command: pressed alone, and not where somebody types. */
  const isCommand = ({ defaultPrevented, ctrlKey, metaKey, altKey, shiftKey, isComposing, target }) =>
    !(defaultPrevented || ctrlKey || metaKey || altKey || shiftKey || isComposing) &&
    !(target instanceof Element && target.closest("input, textarea, select, [contenteditable], dialog"));

  /** Whether there is a service worker that keeps pages. */
  const isKeeping = () => Boolean(navigator.serviceWorker?.controller);

  /** Whether the browser knows of no network; behind a router that leads nowhere it does not. */
  const isWithoutNetwork = () => !navigator.onLine && isKeeping();

  /** The day as ISO 8601 writes it. */
  const today = () => new Date().toLocaleDateString("sv");

  /** The day of a moment in ISO 8601, as readers of this language write it; other texts as they are. */
  const dayOf = (iso) => {
    const day = new Date(`${iso.slice(0, 10)}T00:00Z`);
    if (Number.isNaN(day.getTime())) return iso;
    const form = { dateStyle: "long", timeZone: "UTC" };
    return day.toLocaleDateString(document.documentElement.lang === "id" ? "id-ID" : "en-GB", form);
  };

  /** A line over the page. */
  const over = (message, role) => {
    const note = document.createElement("p");
    note.className = "dw-failure";
    note.setAttribute("role", role);
    (document.querySelector(".dw-page") ?? document.body).append(note);
    note.textContent = message;
    return note;
  };

  /** Say what went wrong, until somebody touches the page. */
  const complain = (message) => {
    const note = over(message, "alert");
    document.addEventListener("pointerdown", () => note.remove(), { once: true });
  };

  /** What is promised; a message until it comes, if that takes longer than readers wait without a sign. */
  const wait = (promised, message) => {
    let note = null;
    const slow = setTimeout(() => (note = over(message, "status")), 400);
    return promised.finally(() => {
      clearTimeout(slow);
      note?.remove();
    });
  };

  Object.freeze(device.names);
  window.dw = Object.freeze({ root, pathOf, say, remember, load, complain, wait, make, give, isCommand, isKeeping, isWithoutNetwork, today, dayOf, device: Object.freeze(device) });
})();
