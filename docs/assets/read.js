/* What has been read: `read`, the addresses of articles, the last one first. An article is read when it
   was in sight for ten seconds, or when half of its text has been scrolled past. */
(() => {
  "use strict";

  const MOST = 2_000;
  const SECONDS = 10;
  const text = document.querySelector(".dw-article .dw-text");
  if (!text) return;
  const address = dw.pathOf(location);
  let isKept = false;

  function keep() {
    if (isKept) return;
    isKept = true;
    clearInterval(timer);
    removeEventListener("scroll", look);
    const kept = dw.device.get("read");
    const others = (Array.isArray(kept) ? kept : []).filter((one) => typeof one === "string" && one !== address);
    dw.device.set("read", [address, ...others].slice(0, MOST));
  }

  function look() {
    const { top, height } = text.getBoundingClientRect();
    if (window.scrollY > 0 && top + height / 2 < innerHeight) keep();
  }

  let seconds = 0;
  const timer = setInterval(() => {
    if (document.visibilityState === "visible" && ++seconds >= SECONDS) keep();
  }, 1_000);
  addEventListener("scroll", look, { passive: true });
})();
