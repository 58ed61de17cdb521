/* Which articles of a list are shown, and how: what is new since the last visit, what has been read, what
   is muted, what is not in English. Nothing that is added here moves anything that is there. */
(() => {
  "use strict";

  const { say, device } = dw;
  const MOST = 300; // articles in mine/recent.js, as render/mine.py has it
  const CODE = 7; // digits
  const html = document.documentElement;
  const items = [...document.querySelectorAll(".dw-card, .dw-list .dw-lines > li, .dw-telling")];
  const linkOf = (item) => item.querySelector("a[href*='article/']");
  const addressOf = (item) => dw.pathOf(linkOf(item));

  /* --- muted ------------------------------------------------------------------------------------- */

  const line = document.createElement("p");
  line.className = "dw-muted";
  const words = document.createElement("span");
  const button = document.createElement("button");
  button.type = "button";
  line.append(words, button);
  document.querySelector(".dw-home > .dw-day:last-of-type, .dw-list, .dw-tellings")?.[
    document.querySelector(".dw-list") ? "append" : "after"](line);
  let isOpen = false;
  button.addEventListener("click", () => {
    isOpen = !isOpen;
    hide();
  });

  function hide() {
    const judge = window.dwMuted.judge();
    const own = document.querySelector(".dw-list-head [data-dw-mute]")?.dataset.key;
    let number = 0;
    for (const item of items) {
      const tags = (item.dataset.tags ?? "").split(" ").filter(Boolean).map(window.dwMuted.keyOf).filter((tag) => tag !== own);
      const source = item.querySelector(".dw-source")?.textContent ?? "";
      const texts = [...item.querySelectorAll(".dw-item__en, .dw-item__id, .dw-card__excerpt")];
      const isMuted = Boolean(judge?.(tags, source, texts.map((one) => one.textContent)));
      number += isMuted;
      item.hidden = isMuted && !isOpen;
      item.classList.toggle("dw-is-muted", isMuted);
    }
    line.hidden = !number;
    words.textContent = `${say("%(num)s muted", { num: number })} – `;
    button.textContent = isOpen ? say("hide") : say("show");
    delete html.dataset.dwMuted; // early.js has let the lists wait
  }
  device.onChange("muted", hide);
  hide();

  /* --- in English -------------------------------------------------------------------------------- */

  const english = document.querySelector("[data-dw-english-switch]");
  const tellEnglish = () => english?.setAttribute("aria-pressed", String(html.dataset.dwEnglish === "on"));
  const setEnglish = (wanted) => {
    if (wanted) html.dataset.dwEnglish = "on";
    else delete html.dataset.dwEnglish;
    tellEnglish();
  };
  english?.addEventListener("click", () => {
    const wanted = html.dataset.dwEnglish !== "on";
    setEnglish(wanted);
    device.set("english", wanted || undefined);
  });
  device.onChange("english", (value) => setEnglish(value === true));
  tellEnglish();

  /* --- marks ------------------------------------------------------------------------------------- */

  /** A word at an article's edge; read out before its title. */
  function mark(item, name, said) {
    item.querySelector(".dw-mark-of")?.remove();
    item.classList.toggle("dw-is-new", name === "new");
    item.classList.toggle("dw-is-read", name === "read");
    if (!name) return;
    const tag = document.createElement("span");
    tag.className = "dw-mark-of";
    tag.textContent = said;
    linkOf(item).prepend(tag, " ");
  }

  /** As code() in render/mine.py. */
  function codeOf(slug) {
    let value = 0x811c9dc5;
    for (const byte of new TextEncoder().encode(decodeURIComponent(slug)))
      value = Math.imul(value ^ byte, 0x01000193) >>> 0;
    return value.toString(36).padStart(CODE, "0");
  }
  const codesOf = (text) => String(text ?? "").match(/[0-9a-z]{7}/g) ?? [];

  /** What came since: of the newest articles those that were not among the newest then. */
  function newSince(known, now) {
    const old = new Set(known);
    // Where not all articles are listed, those after the last that was known are older ones.
    const last = known.length < MOST ? now.length : now.findLastIndex((code) => old.has(code)) + 1 || now.length;
    return new Set(now.slice(0, last).filter((code) => !old.has(code)));
  }

  function showMarks(fresh) {
    const kept = device.get("read");
    const read = new Set(Array.isArray(kept) ? kept : []);
    for (const item of items) {
      if (!linkOf(item)) continue;
      const address = addressOf(item);
      if (read.has(address)) mark(item, "read", say("Read"));
      else if (fresh.has(codeOf(address.slice("article/".length)))) mark(item, "new", say("New"));
      else mark(item, "");
    }
  }

  /* --- since the last visit ---------------------------------------------------------------------- */

  const locale = html.lang === "id" ? "id-ID" : "en-GB";
  function dayOf(time) {
    const days = (Date.now() - time) / 86_400_000;
    const isToday = new Date(time).toDateString() === new Date().toDateString();
    const form = isToday ? { hour: "2-digit", minute: "2-digit" } : days < 6 ? { weekday: "long" } : { day: "numeric", month: "long" };
    return new Intl.DateTimeFormat(locale, form).format(time);
  }

  function tellNew(number, since) {
    const place = document.querySelector(".dw-home [data-dw-shown]");
    place?.querySelector(".dw-shown__new")?.remove();
    if (!place || !number || !Number.isFinite(since)) return;
    const isMost = number >= MOST;
    const said = isMost ? say("%(num)s or more new since %(day)s", { num: MOST, day: dayOf(since) }) : say("%(num)s new since %(day)s", { num: number, day: dayOf(since) });
    const jump = document.createElement("button");
    jump.type = "button";
    jump.className = "dw-shown__new";
    jump.textContent = said;
    let at = -1;
    jump.addEventListener("click", () => {
      const all = items.filter((item) => item.classList.contains("dw-is-new") && item.offsetParent);
      if (!all.length) return;
      at = (at + 1) % all.length;
      linkOf(all[at]).focus({ preventScroll: true });
      all[at].scrollIntoView({ block: "center" });
    });
    place.prepend(jump);
  }

  let fresh = new Set();
  const { since, known } = Object(device.get("visits"));
  showMarks(fresh);
  if (items.length)
    dw.load("mine/recent.js").then(() => {
      const now = codesOf(window.dwRecent);
      const before = device.get("visits");
      device.set("visits", { ...Object(before), seen: now.join("") });
      if (known === undefined) return;
      fresh = newSince(codesOf(known), now);
      showMarks(fresh);
      tellNew(fresh.size, since);
    }, () => {});
  device.onChange("read", () => showMarks(fresh));
  device.onChange("visits", (value) => {
    if (value !== undefined) return;
    fresh = new Set();
    showMarks(fresh);
    tellNew(0);
  });
})();
