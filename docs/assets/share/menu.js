/* The menu of a paragraph or of the article: its address, the pair with its source, the system's own way
   to share, the sentence to keep. Fetched when a button is pressed (share.js). */
(() => {
  "use strict";

  const { say } = dw;
  const { halves, meant, origin, plain } = dwShare;
  let closing = () => {};

  // --- what is copied ---

  /** The address of a pair: the page's own, without what chooses a view. */
  const addressOf = (pair) => {
    const address = new URL(location.href);
    address.search = "";
    address.hash = pair.matches(".dw-title") ? "" : pair.id;
    return address.href;
  };

  /** Who made the English of a pair: its own label, else what the note says of all. */
  function madeBy(pair) {
    const own = pair.matches(".dw-title")
      ? document.querySelector(".dw-state--title")
      : pair.querySelector(":scope > .dw-pair__en > .dw-state, :scope > .dw-pair__en summary");
    const words = plain(own ?? document.querySelector(".dw-note__text > p"));
    const indonesian = own ? "" : plain(document.querySelector(".dw-note__text > p > [lang]"));
    // The first sentence of the note; no period after initials ends it.
    return (/^.*?[^\s.]{2}(?=\.( |$))/u.exec(words)?.[0] ?? words).replace(indonesian, "").trim();
  }

  /** Both texts and where they are from, as plain text. */
  function quotation(pair) {
    const { id, en } = halves(pair);
    const { title, outlet, source } = origin();
    const when = plain(document.querySelector(".dw-meta__when time"));
    const texts = [plain(id)];
    if (en) texts.push(plain(en));
    const line = [outlet, pair.matches(".dw-title") ? "" : `“${title}”`, when].filter(Boolean).join(", ");
    const lines = [source ? `${line}. ${source}` : `${line}.`];
    if (en) lines.push(`${say("English")}: ${madeBy(pair)}.`);
    // A path of this machine tells others nothing.
    if (location.protocol !== "file:") lines.push(addressOf(pair));
    return `${texts.join("\n\n")}\n\n${lines.join("\n")}\n`;
  }

  async function copy(what) {
    try {
      await navigator.clipboard.writeText(what);
      return true;
    } catch {
      // Not every page may ask for that: one opened as a file, or over plain HTTP.
      const field = document.createElement("textarea");
      field.value = what;
      field.className = "dw-hidden";
      document.body.append(field);
      field.select();
      const done = document.execCommand("copy");
      field.remove();
      return done;
    }
  }

  // --- what is told ---

  const told = document.createElement("p");
  told.className = "dw-over dw-told";
  told.setAttribute("role", "status");
  document.body.append(told);
  let telling = 0;
  function tell(message) {
    clearTimeout(telling);
    told.textContent = "";
    requestAnimationFrame(() => (told.textContent = message));
    telling = setTimeout(() => (told.textContent = ""), 5000);
  }
  const tellCopied = (done, message) => tell(done ? message : say("Your browser does not let this page copy"));

  // --- the sentence ---

  function sentenceOf(pair) {
    const known = [...pair.querySelectorAll(":scope > .dw-pair__id [data-s]")].map((one) => one.dataset.s);
    const wanted = meant.get(pair);
    return known.includes(wanted) ? wanted : known[0];
  }

  function keepSentence(pair, sentence, id) {
    if (dwSaved.has("sentences", id)) {
      dwSaved.remove("sentences", id);
      tell(say("No longer saved"));
      return;
    }
    const half = halves(pair, sentence);
    const value = { ...origin(), id, indonesian: plain(half.id), english: plain(half.en), by: half.en ? madeBy(pair) : "" };
    tell(dwSaved.put("sentences", value) ? say("Saved on this device") : say("Your browser has no room for this"));
  }

  // --- the menu ---

  function item(words, act, hint) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words;
    if (hint) {
      const more = document.createElement("span");
      more.lang = "id";
      more.translate = false;
      more.textContent = hint;
      button.append(" ", more);
    }
    button.addEventListener("click", () => {
      act();
      closing(true);
    });
    return button;
  }

  function itemsOf(pair) {
    const whole = pair.matches(".dw-title");
    const items = [
      item(say("Copy the link"), async () => tellCopied(await copy(addressOf(pair)), say("Link copied"))),
      item(whole ? say("Copy the titles with their source") : say("Copy both texts with their source"), async () =>
        tellCopied(await copy(quotation(pair)), say("Copied"))),
    ];
    if (navigator.share) {
      const { id, en } = halves(pair);
      const data = { title: document.title, text: plain(en ?? id), url: addressOf(pair) };
      // Whoever turns back has not failed.
      items.push(item(say("Share …"), () => navigator.share(data).catch(() => {})));
    }
    if (whole) return { items, marked: [] };
    const sentence = sentenceOf(pair);
    const id = `${dwSaved.here}#${pair.id}${sentence ? `s${sentence}` : ""}`;
    const half = halves(pair, sentence);
    if (dwSaved.here) {
      const words = dwSaved.has("sentences", id) ? say("Do not keep this sentence") : say("Save this sentence");
      items.push(item(words, () => keepSentence(pair, sentence, id), plain(half.id)));
    }
    if (window.dwAloud?.ready()) items.push(item(say("Read aloud from here"), () => dwAloud.start(pair, sentence)));
    return { items, marked: [half.id, half.en].filter(Boolean) };
  }

  function open(button, pair) {
    const again = button.getAttribute("aria-expanded") === "true";
    closing(false);
    if (again) return;
    const { items, marked } = itemsOf(pair);
    const menu = document.createElement("div");
    menu.className = "dw-menu";
    menu.setAttribute("role", "group");
    menu.setAttribute("aria-label", button.getAttribute("aria-label") ?? button.textContent);
    menu.append(...items);
    button.after(menu);
    button.setAttribute("aria-expanded", "true");
    for (const one of marked) one.classList.add("dw-is-meant");
    const { bottom } = menu.getBoundingClientRect();
    menu.classList.toggle("dw-menu--above", bottom > innerHeight && menu.offsetTop > menu.offsetHeight);
    items[0].focus({ preventScroll: true });

    const elsewhere = (event) => {
      if (!menu.contains(event.target) && !button.contains(event.target)) closing(false);
    };
    document.addEventListener("pointerdown", elsewhere, true);
    const onLeave = ({ relatedTarget }) => {
      if (relatedTarget && !menu.contains(relatedTarget) && relatedTarget !== button) closing(false);
    };
    menu.addEventListener("focusout", onLeave);
    button.addEventListener("focusout", onLeave);
    const onKey = (event) => {
      if (event.key === "Escape") closing(true);
      else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        const at = items.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
        items[(at + items.length) % items.length].focus();
      } else return;
      event.preventDefault();
    };
    menu.addEventListener("keydown", onKey);
    button.addEventListener("keydown", onKey);
    closing = (back) => {
      closing = () => {};
      document.removeEventListener("pointerdown", elsewhere, true);
      button.removeEventListener("keydown", onKey);
      button.removeEventListener("focusout", onLeave);
      button.setAttribute("aria-expanded", "false");
      for (const one of marked) one.classList.remove("dw-is-meant");
      if (back) button.focus({ preventScroll: true });
      menu.remove();
    };
  }

  window.dwMenu = Object.freeze({ open });
})();
