/* Whether this browser can read aloud: the button in the head of the article is there where it has a
   voice for one of both languages. The rest (aloud/player.js) is fetched when it is pressed. */
(() => {
  "use strict";

  const voice = window.speechSynthesis;
  const button = document.querySelector("[data-dw-aloud]");
  if (!voice || !button) return;

  /** The voices for a language, those that work without network and the system's own first. */
  const voices = (language) =>
    voice
      .getVoices()
      .filter((one) => one.lang.toLowerCase().replace("_", "-").split("-")[0].replace(/^in$/, "id") === language)
      .sort((a, b) => b.localService - a.localService || b.default - a.default);
  const ready = () => voices("id").length > 0 || voices("en").length > 0;

  async function start(pair, sentence) {
    await Promise.all(["share/over.css", "aloud/player.js"].map((name) => dw.load(`assets/${name}`)));
    dwPlayer.start(pair, sentence);
  }

  const show = () => button.toggleAttribute("data-dw-ready", ready());
  voice.addEventListener?.("voiceschanged", show);
  show();
  button.addEventListener("click", () => start());

  window.dwAloud = Object.freeze({ ready, start, voices });
})();
