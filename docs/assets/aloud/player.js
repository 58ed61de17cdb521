/* Reading aloud, sentence by sentence, by the browser's own voices: what is said is marked, both
   languages in turn or one of them. Fetched when a reader asks for it (aloud.js). */
(() => {
  "use strict";

  const { say, device } = dw;
  const { halves, pairs, plain } = dwShare;
  const voice = window.speechSynthesis;
  const SPEEDS = [0.6, 0.8, 1, 1.25, 1.5];

  // --- what is read ---

  const title = document.querySelector("h1.dw-pair");

  /** The units of a pair: each sentence, or the whole where it has no parts. */
  function unitsOf(pair) {
    const known = [...pair.querySelectorAll(":scope > .dw-pair__id [data-s]")].map((one) => one.dataset.s);
    return (known.length ? known : [undefined]).map((sentence) => ({ pair, sentence, ...halves(pair, sentence) }));
  }
  const units = [title, ...pairs].filter(Boolean).flatMap(unitsOf);

  const can = { id: dwAloud.voices("id")[0], en: dwAloud.voices("en")[0] };
  const kept = device.get("aloud", {});
  const speed = { at: SPEEDS.includes(kept?.speed) ? SPEEDS.indexOf(kept.speed) : 2 };
  const view = document.documentElement.dataset.dwView;
  let languages = "both";
  if (!can.id || !can.en) languages = can.id ? "id" : "en";
  else if (["both", "id", "en"].includes(kept?.languages)) languages = kept.languages;
  else if (view === "id" || view === "en") languages = view;

  // --- where it is ---

  let steps = [];
  let at = 0;
  let state = "stopped"; // reading, paused
  let turn = 0; // an utterance of an earlier turn has no say

  function arrange() {
    const sides = languages === "both" ? ["id", "en"] : [languages];
    const now = steps[at]?.unit;
    steps = units.flatMap((unit) => sides.filter((side) => unit[side] && plain(unit[side])).map((side) => ({ unit, side })));
    at = Math.max(steps.findIndex((one) => one.unit === now), 0);
  }

  function mark(step) {
    for (const old of document.querySelectorAll(".dw-is-said")) old.classList.remove("dw-is-said");
    if (!step) return;
    const { unit, side } = step;
    const both = [unit.id, unit.en].filter(Boolean);
    for (const one of both) one.classList.add("dw-is-said");
    const shown = [unit[side], ...both].find((one) => one.getClientRects().length);
    if (!shown) return;
    const { top, bottom } = shown.getBoundingClientRect();
    const from = document.querySelector(".dw-views")?.getBoundingClientRect().bottom ?? 0;
    if (top >= from && bottom <= innerHeight - panel.offsetHeight) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    shown.scrollIntoView({ block: "center", behavior: calm ? "instant" : "smooth" });
  }

  function speak() {
    const mine = ++turn;
    voice.cancel();
    const step = steps[at];
    if (!step) return stop();
    state = "reading";
    show();
    mark(step);
    const words = new SpeechSynthesisUtterance(plain(step.unit[step.side]));
    const speaker = can[step.side];
    words.voice = speaker;
    words.lang = speaker.lang;
    words.rate = SPEEDS[speed.at];
    words.onend = () => {
      if (mine !== turn || state !== "reading") return;
      at += 1;
      speak();
    };
    words.onerror = ({ error }) => {
      if (mine !== turn || error === "interrupted" || error === "canceled") return;
      pause();
      told.textContent = say("This voice has failed");
    };
    voice.speak(words);
  }

  // To begin the sentence again is what every browser can; some never wake from their own pause().
  function pause() {
    turn += 1;
    state = "paused";
    voice.cancel();
    show();
  }

  function stop() {
    const within = panel.contains(document.activeElement);
    turn += 1;
    state = "stopped";
    voice.cancel();
    mark(null);
    panel.remove();
    if (within) document.querySelector("[data-dw-aloud]").focus({ preventScroll: true });
  }

  /** One sentence on or back, in whatever languages. */
  function go(by) {
    const unit = steps[at]?.unit;
    let next = at;
    while (steps[next]?.unit === unit) next += by;
    if (!steps[next]) next = by < 0 ? 0 : at;
    while (by < 0 && steps[next - 1]?.unit === steps[next].unit) next -= 1;
    at = next;
    again();
  }
  const again = () => (state === "paused" ? mark(steps[at]) : speak());

  // --- the panel ---

  const panel = document.createElement("div");
  panel.className = "dw-over dw-aloud";
  panel.setAttribute("role", "group");
  panel.setAttribute("aria-label", say("Read aloud"));
  const told = document.createElement("span");
  told.className = "dw-aloud__told";
  told.setAttribute("role", "status");

  function button(sign, name, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "dw-act";
    made.textContent = sign;
    if (sign !== name) {
      made.setAttribute("aria-label", name);
      made.title = name;
    }
    made.addEventListener("click", act);
    return made;
  }
  const back = button("«", say("Sentence before"), () => go(-1));
  const play = button(say("Pause"), say("Pause"), () => (state === "reading" ? pause() : speak()));
  const on = button("»", say("Next sentence"), () => go(1));
  const end = button("×", say("Stop reading aloud"), stop);

  function choice(name, options, value, act) {
    const made = document.createElement("select");
    made.setAttribute("aria-label", name);
    for (const [key, words] of options) made.add(new Option(words, key, false, String(key) === String(value)));
    made.addEventListener("change", () => {
      act(made.value);
      device.set("aloud", { speed: SPEEDS[speed.at], languages });
      again();
    });
    return made;
  }
  const speeds = choice(say("Speed"), SPEEDS.map((one, index) => [index, `${one}×`]), speed.at, (value) => {
    speed.at = Number(value);
  });
  // Some browsers have a service of their maker speak: that is said before it is chosen.
  const named = (sides, name) => {
    if (!sides.every((side) => can[side])) return [];
    const ours = sides.every((side) => can[side].localService);
    return [[sides.length > 1 ? "both" : sides[0], ours ? name : `${name} (${say("over the net")})`]];
  };
  const NAMES = [
    ...named(["id", "en"], say("Both in turn")),
    ...named(["id"], "Indonesia"),
    ...named(["en"], say("English")),
  ];
  const spoken = choice(say("Languages read"), NAMES, languages, (value) => {
    languages = value;
    arrange();
  });
  panel.append(back, play, on, spoken, speeds, end, told);

  function show() {
    const reading = state === "reading";
    play.textContent = reading ? say("Pause") : say("Go on");
    told.textContent = "";
  }

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || !panel.isConnected) return;
    stop();
    event.preventDefault();
  });
  window.addEventListener("pagehide", () => {
    turn += 1;
    voice.cancel();
  });

  function start(pair, sentence) {
    arrange();
    const from = steps.findIndex(({ unit }) => unit.pair === pair && (!sentence || unit.sentence === sentence));
    at = Math.max(from, 0);
    document.querySelector(".dw-article").after(panel);
    play.focus({ preventScroll: true });
    speak();
  }

  window.dwPlayer = Object.freeze({ start });
})();
