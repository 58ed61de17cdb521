/* The page mine/: what is saved, with the way back to it; what is removed can be brought back. */
(() => {
  "use strict";

  const { say } = dw;
  const lists = [...document.querySelectorAll("[data-dw-saved-list]")];
  if (!lists.length) return;

  const line = (text, lang, className) => {
    const made = document.createElement("span");
    made.lang = lang;
    made.translate = lang !== "id";
    made.className = className;
    made.textContent = text;
    return made;
  };

  /** Where a saved thing is, in this site whatever the entry says. */
  const addressOf = (kind, { id, paragraph }) => {
    const [path, hash] = id.split("#");
    const name = kind === "places" ? `p${paragraph}` : (hash ?? "").replace(/s\d+$/, "");
    const page = location.protocol === "file:" ? `${path}/index.html` : `${path}/`;
    return new URL(name ? `${page}#${name}` : page, dw.root).href;
  };

  /** Who wrote it where and when, in a line. */
  function source(kind, entry) {
    const parts = [];
    if (kind === "sentences" && entry.title) parts.push(entry.title);
    if (kind === "places") parts.push(say("paragraph %(number)s", { number: entry.paragraph }));
    parts.push(entry.outlet, entry.when && dw.dayOf(entry.when), entry.by);
    const made = document.createElement("span");
    made.className = "dw-item__meta";
    for (const part of parts.filter(Boolean)) {
      const one = document.createElement("bdi");
      one.textContent = part;
      const place = document.createElement("span"); // the dot before it stands at its left
      place.append(one);
      made.append(place);
    }
    if (entry.source) {
      const link = document.createElement("a");
      link.href = entry.source;
      link.rel = "noopener nofollow external";
      link.textContent = say("Original");
      made.append(link);
    }
    return made;
  }

  function button(words, name, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = words;
    made.setAttribute("aria-label", `${words}: ${name}`);
    made.addEventListener("click", act);
    return made;
  }

  // What was removed since the page was opened, with where it stood.
  const removed = new Map();

  function item(list, kind, entry, index) {
    const name = (entry.english || entry.indonesian || entry.id).slice(0, 80);
    const made = document.createElement("li");
    const focus = (at) => list.children[at]?.querySelector("button").focus();
    if (removed.has(`${kind} ${entry.id}`)) {
      made.className = "dw-quiet";
      made.append(line(`${say("Removed")}: ${name}`, document.documentElement.lang, ""));
      made.append(button(say("Undo"), name, () => {
        const at = Number(made.dataset.at);
        removed.delete(`${kind} ${entry.id}`);
        dwSaved.put(kind, entry, at);
        focus(index);
      }));
      return made;
    }
    const link = document.createElement("a");
    link.href = addressOf(kind, entry);
    if (entry.indonesian) link.append(line(entry.indonesian, "id", "dw-saved__id"));
    if (entry.english) link.append(line(entry.english, "en", "dw-saved__en"));
    if (!link.childElementCount) link.textContent = entry.id;
    const told = document.createElement("div");
    told.append(link, source(kind, entry));
    made.append(told, button(say("Remove"), name, () => {
      removed.set(`${kind} ${entry.id}`, { entry, index });
      if (!dwSaved.remove(kind, entry.id)) removed.delete(`${kind} ${entry.id}`);
      focus(index);
    }));
    return made;
  }

  function show() {
    for (const list of lists) {
      const kind = list.dataset.dwSavedList;
      const entries = dwSaved.all(kind);
      const shown = entries.map((entry) => ({ entry }));
      for (const [key, gone] of removed) {
        if (!key.startsWith(`${kind} `)) continue;
        if (entries.some((one) => one.id === gone.entry.id)) removed.delete(key);
        else shown.splice(gone.index, 0, gone);
      }
      let at = 0; // where it stands among those that are kept
      list.replaceChildren(...shown.map(({ entry }, index) => {
        const made = item(list, kind, entry, index);
        made.dataset.at = at;
        if (!removed.has(`${kind} ${entry.id}`)) at += 1;
        return made;
      }));
      list.nextElementSibling.hidden = shown.length > 0;
    }
  }
  dwSaved.onChange(show);
  show();

  /* --- as an e-book --------------------------------------------------------------------------------- */

  const take = document.querySelector("[data-dw-take]");
  if (!take || location.protocol === "file:") return; // where no page can be fetched
  const told = take.querySelector("[data-dw-book-told]");
  const offer = () => {
    take.hidden = !dwSaved.all("articles").length && !dwSaved.all("sentences").length;
  };
  let busy = false;
  take.querySelector("[data-dw-book]").addEventListener("click", async () => {
    if (busy) return;
    busy = true;
    const tell = (message) => {
      told.textContent = message;
    };
    try {
      await Promise.all([dw.load("assets/files/zip.js"), dw.load("assets/saved/epub.js")]);
      await dwBook(tell).catch((error) => {
        console.error(error); // a fault of ours: whoever reports it finds more there
        tell(say("The e-book could not be made of what is saved"));
      });
    } catch {
      tell(say("What makes the e-book did not come; is there a network?"));
    } finally {
      busy = false;
    }
  });
  dwSaved.onChange(offer);
  offer();
})();
