/* The page mine/: all that is kept on this device, as a file, taken in from one, forgotten. */
(() => {
  "use strict";

  const { say, device } = dw;
  const place = document.querySelector("[data-dw-mine]");
  if (!place) return;

  const NAMES = {
    visits: say("When you were here"),
    read: say("What you have read"),
    english: say("Only what is in English"),
    muted: say("What you do not want to see"),
    saved: say("What you have saved"),
    places: say("Where you stopped reading"),
    aloud: say("How it is read aloud"),
    words: say("Your words"),
  };
  const MOST = 4_000_000; // characters of a file; browsers keep about five million
  const DEEPEST = 12;
  const LATEST = 8.64e15; // milliseconds: the last moment that ECMAScript knows
  const told = place.querySelector("[data-dw-told]");
  const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

  /* --- what there is ----------------------------------------------------------------------------- */

  /** How many things are kept in a value; 0 if nothing is. */
  const sizeOf = (value, depth = 0) => {
    if (Array.isArray(value)) return value.length;
    if (isObject(value) && depth < DEEPEST)
      return Object.values(value).reduce((sum, one) => sum + sizeOf(one, depth + 1), 0);
    return value === undefined || value === false || value === "" ? 0 : 1;
  };
  const lastVisit = () => {
    const { since } = Object(device.get("visits"));
    if (!Number.isFinite(since) || Math.abs(since) > LATEST) return say("this is the first time");
    const form = { dateStyle: "long", timeStyle: "short" };
    return new Intl.DateTimeFormat(document.documentElement.lang === "id" ? "id-ID" : "en-GB", form).format(since);
  };
  const countOf = (name) => (name === "words" ? Object.keys(Object(device.get(name))).length : sizeOf(device.get(name)));
  const COUNTED = new Set(["read", "muted", "saved", "places", "words"]);

  function show() {
    const items = device.names.map((name) => {
      const size = countOf(name);
      const item = document.createElement("li");
      const title = document.createElement("span");
      const what = document.createElement("span");
      title.textContent = NAMES[name] ?? name;
      what.textContent = !size ? say("nothing") : name === "visits" ? lastVisit() : COUNTED.has(name) ? String(size) : say("kept");
      what.className = "dw-quiet";
      item.append(title, what);
      if (size) {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = say("Forget");
        button.setAttribute("aria-label", `${say("Forget")}: ${title.textContent}`);
        button.addEventListener("click", () => {
          device.set(name, undefined);
          told.textContent = `${say("Forgotten")}: ${title.textContent}`;
          focusOn("[data-dw-export]");
        });
        item.append(button);
      }
      return item;
    });
    place.querySelector("[data-dw-kept]").replaceChildren(...items);
  }
  const focusOn = (selector) => place.querySelector(selector).focus();
  for (const name of device.names) device.onChange(name, show);
  show();
  place.dataset.dwReady = "";

  /* --- as a file --------------------------------------------------------------------------------- */

  place.querySelector("[data-dw-export]").addEventListener("click", () => {
    const kept = Object.fromEntries(
      device.names.map((name) => [name, device.get(name)]).filter(([, value]) => value !== undefined),
    );
    const text = JSON.stringify({ dwiwarta: 1, made: new Date().toISOString(), kept }, null, 1);
    const file = `dwiwarta-${new Date().toISOString().slice(0, 10)}.json`;
    dw.give(new Blob([text], { type: "application/json" }), file);
    told.textContent = say("Saved as %(file)s", { file });
  });

  /* --- from a file ------------------------------------------------------------------------------- */

  const identityOf = (value) => (isObject(value) && typeof value.id === "string" ? value.id : JSON.stringify(value));

  /** What is here with what only the file has. Entries of lists are told apart by their `id`. */
  function merge(here, there, depth = 0) {
    if (here === undefined || depth > DEEPEST) return here ?? there;
    if (Array.isArray(here) && Array.isArray(there)) {
      const known = new Set(here.map(identityOf));
      return [...here, ...there.filter((one) => !known.has(identityOf(one)))];
    }
    if (isObject(here) && isObject(there)) {
      const both = { ...there, ...here };
      return Object.fromEntries(Object.keys(both).map((key) => [
        key, Object.hasOwn(here, key) ? merge(here[key], there[key], depth + 1) : there[key],
      ]));
    }
    return here;
  }

  const input = place.querySelector("[data-dw-file]");
  place.querySelector("[data-dw-import]").addEventListener("click", () => input.click());
  input.addEventListener("change", async () => {
    const [file] = input.files;
    input.value = ""; // the same file may be taken again
    if (!file) return;
    let kept = null;
    try {
      const found = file.size <= MOST ? JSON.parse(await file.text()) : null;
      if (isObject(found) && found.dwiwarta === 1 && isObject(found.kept)) kept = found.kept;
    } catch {
      // No JSON.
    }
    if (!kept) {
      told.textContent = say("This is no file that was saved here: %(file)s", { file: file.name });
      return;
    }
    const taken = device.names.filter((name) => Object.hasOwn(kept, name));
    const refused = taken.filter((name) => !device.set(name, merge(device.get(name), kept[name])));
    told.textContent = refused.length ? say("Your browser has no room for all of it") : say("Taken in: %(file)s", { file: file.name });
  });

  /* --- forgotten --------------------------------------------------------------------------------- */

  const forget = place.querySelector("[data-dw-forget]");
  const asked = forget.textContent;
  forget.addEventListener("click", async () => {
    if (!forget.dataset.sure) {
      forget.dataset.sure = "no";
      forget.textContent = say("Forget all: press again to be sure");
      return;
    }
    for (const name of [...device.names, "names", "taught"]) device.set(name, undefined);
    await dwKept.clear().catch(() => {}); // where it may not be asked for, nothing is kept
    calm();
    told.textContent = say("Nothing is kept here any more");
  });
  const calm = () => {
    delete forget.dataset.sure;
    forget.textContent = asked;
  };
  forget.addEventListener("blur", calm);
})();
