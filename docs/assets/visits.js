/* When somebody was here, and what the site had then: `visits`, as
   { at, since, known, seen }: the last moment of this visit, that of the one before (milliseconds), what
   was new on the site then and is now (codes, see shown.js). */
(() => {
  "use strict";

  const AWAY = 30 * 60_000; // milliseconds after which somebody who comes back makes a new visit
  const LATEST = 8.64e15; // milliseconds: the last moment that ECMAScript knows
  const CODES = /^[0-9a-z]{0,2100}$/;

  function read() {
    const { at, since, known, seen } = Object(dw.device.get("visits"));
    const isMoment = (time) => Number.isFinite(time) && Math.abs(time) <= LATEST;
    if (!isMoment(at)) return null;
    const codes = (text) => (typeof text === "string" && CODES.test(text) ? text : undefined);
    return { at, since: isMoment(since) ? since : undefined, known: codes(known), seen: codes(seen) };
  }

  function here() {
    const now = Date.now();
    const old = read();
    const comes = document.visibilityState === "visible"; // who goes has been here until now
    if (!old && !comes) return; // forgotten meanwhile: who goes leaves nothing behind
    const isNew = old && comes && (now - old.at > AWAY || old.at > now + AWAY);
    const next = isNew ? { ...old, since: old.at, known: old.seen ?? old.known } : old;
    dw.device.set("visits", { ...next, at: now });
  }

  here();
  document.addEventListener("visibilitychange", here);
})();
