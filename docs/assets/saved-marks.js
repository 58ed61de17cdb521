/* Lists show which articles are saved: a star in the margin, which moves nothing. */
(() => {
  "use strict";

  const { device, say } = dw;
  const links = document.querySelectorAll(".dw-card__title a, .dw-lines > li > a, .dw-telling h2 a");
  function mark() {
    const saved = new Set(dwSaved.all("articles").map((one) => one.id));
    for (const link of links) {
      const is = saved.has(dwSaved.addressOf(link));
      if (is === "dwSaved" in link.dataset) continue;
      if (is) {
        const word = document.createElement("span");
        word.className = "dw-hidden";
        word.textContent = ` (${say("saved")})`;
        link.append(word);
        link.dataset.dwSaved = "";
      } else {
        link.lastElementChild.remove();
        delete link.dataset.dwSaved;
      }
    }
  }
  if (!links.length) return;
  mark();
  device.onChange("saved", mark);
})();
