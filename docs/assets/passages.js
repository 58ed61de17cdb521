/* The page of a story: j and k step through its paragraphs, and Tab reaches the one where they stopped, so
   that its words can be looked up by the keyboard (word.js). */
(() => {
  "use strict";

  const all = [...document.querySelectorAll(".dw-story .dw-passage")];
  const stopAt = (one) => {
    for (const other of all) other.tabIndex = other === one ? 0 : -1;
  };
  if (!all.length) return;
  stopAt(all[0]);

  document.addEventListener("keydown", (event) => {
    if (!["j", "k"].includes(event.key) || document.documentElement.dataset.dwKeys === "off") return;
    if (!dw.isCommand(event)) return;
    event.preventDefault();
    const at = all.indexOf(document.activeElement?.closest(".dw-passage"));
    const inSight = all.findIndex((one) => one.getBoundingClientRect().top >= 0);
    const first = inSight < 0 ? all.length - 1 : inSight; // below all of them: the last
    const next = at < 0 ? first : at + (event.key === "j" ? 1 : -1);
    const target = all[Math.min(Math.max(next, 0), all.length - 1)];
    stopAt(target);
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "nearest" });
  });
})();
