/* Where reading stopped: kept when a reader leaves an article in its middle, offered when they come
   back. The page moves only when they ask for it. */
(() => {
  "use strict";

  const pairs = [...document.querySelectorAll(".dw-article .dw-text > .dw-pair")];
  const { here } = dwSaved;
  if (!here || pairs.length < 4) return; // a short text has no middle

  const bar = document.querySelector(".dw-views");
  const edge = () => Math.max(bar?.getBoundingClientRect().bottom ?? 0, 0);
  const end = (pair) => pair.getBoundingClientRect().bottom;
  let moved = false;
  window.addEventListener("scroll", () => (moved = true), { passive: true, once: true });

  function keep() {
    if (!moved) return; // who only looked in leaves the place as it was
    const first = pairs.findIndex((pair) => end(pair) > edge() + 24); // more than a line of it
    const over = end(pairs.at(-1)) <= innerHeight;
    if (over) dwSaved.remove("places", here);
    else if (first > 0) {
      const { id, en } = dwShare.halves(document.querySelector("h1.dw-pair"));
      const titles = { indonesian: dwShare.plain(id), english: dwShare.plain(en) };
      dwSaved.put("places", { id: here, paragraph: first + 1, ...titles });
    }
  }
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keep();
  });
  window.addEventListener("pagehide", keep);

  const place = dwSaved.all("places").find((one) => one.id === here);
  const pair = place && pairs[place.paragraph - 1];
  if (!pair || location.hash) return;

  // A browser that goes back to a page has it where it was.
  window.addEventListener("load", () => {
    if (pair.getBoundingClientRect().top < innerHeight) return;
    dw.load("assets/share/resume.js").then(() => dwResume.offer(place, pair), () => {}); // no offer is no fault
  });
})();
