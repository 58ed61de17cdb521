/* When somebody was here, and what the site had then: `visits`, as
   { at, since, known, seen }: the last moment of this visit, that of the one before (milliseconds), what
   was new on the site then and is now (codes, see shown.js). */
(() => {
  "use strict";

  const AWAY = 30 * 60_000; // milliseconds after which somebody who comes back makes a new visit
  const CODES = /^[0-9a-z]{0,2100}$/;

  function read() {
    const { at, since, known, seen } = Object(dw.device.get("visits"));
    if (!Number.isFinite(at)) return null;
    const codes = (text) => (typeof text === "string" && CODES.test(text) ? text : undefined);
    return { at, since: Number.isFinite(since) ? since : undefined, known: codes(known), seen: codes(seen) };
  }

  function here() {
    const now = Date.now();
    const old = read();
    const comes = document.visibilityState === "visible"; // who goes has been here until now
    const isNew = old && comes && (now - old.at > AWAY || old.at > now + AWAY);
    const next = isNew ? { ...old, since: old.at, known: old.seen ?? old.known } : old;
    dw.device.set("visits", { ...next, at: now });
  }

  here();
  document.addEventListener("visibilitychange", here);
})();
