/* The offer to go on where one stopped reading: over the page, not in it, so that nothing moves. Fetched
   when there is such a place (place.js). */
(() => {
  "use strict";

  const { say } = dw;

  function offer(place, pair) {
    const line = document.createElement("p");
    line.className = "dw-over dw-resume";
    const link = document.createElement("a");
    link.href = `#${pair.id}`;
    link.textContent = say("Go on where you were: paragraph %(number)s", { number: place.paragraph });
    const close = document.createElement("button");
    close.type = "button";
    close.className = "dw-act";
    close.textContent = "×";
    close.setAttribute("aria-label", say("Read from the beginning"));
    line.append(link, close);

    const away = () => {
      line.remove();
      window.removeEventListener("scroll", past);
    };
    const past = () => {
      if (pair.getBoundingClientRect().top < innerHeight) away(); // there by themselves
    };
    link.addEventListener("click", away);
    close.addEventListener("click", () => {
      dwSaved.remove("places", place.id);
      away();
    });
    document.querySelector(".dw-article").after(line);
    window.addEventListener("scroll", past, { passive: true });
  }

  window.dwResume = Object.freeze({ offer });
})();
