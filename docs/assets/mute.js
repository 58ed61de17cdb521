/* What a reader does not want to see: `muted`, as { tags: { "topic/sport": "Sport" }, sources, words }, each
   from what it is known by to its name. As the global `dwMuted` for lists and search. */
(() => {
  "use strict";

  const KINDS = ["tags", "sources", "words"];
  const MOST = 100; // of a kind
  const LONGEST = 100; // characters
  const isText = (value) => typeof value === "string" && value.trim() !== "" && value.length <= LONGEST;

  /** What is muted, checked: maps by kind. */
  function read() {
    const kept = Object(dw.device.get("muted"));
    const checked = (kind) =>
      Object.entries(Object(kept[kind])).filter((pair) => pair.every(isText)).slice(0, MOST);
    return Object.fromEntries(KINDS.map((kind) => [kind, new Map(checked(kind))]));
  }

  function write(muted) {
    const kinds = KINDS.filter((kind) => muted[kind].size).map((kind) => [kind, Object.fromEntries(muted[kind])]);
    dw.device.set("muted", kinds.length ? Object.fromEntries(kinds) : undefined);
  }

  function set(kind, key, name, wanted) {
    const muted = read();
    if (!KINDS.includes(kind) || !isText(key) || !isText(name)) return;
    if (wanted && muted[kind].size >= MOST && !muted[kind].has(key)) {
      dw.complain(dw.say("No more than %(number)s of a kind can be muted: take one back on the page Yours", { number: MOST }));
      return;
    }
    if (wanted) muted[kind].set(key, name);
    else muted[kind].delete(key);
    write(muted);
  }

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  /** What tells whether an article is muted: (tags, source, texts) → boolean. Null where nothing is. */
  function judge() {
    const { tags, sources, words } = read();
    if (!tags.size && !sources.size && !words.size) return null;
    const parts = [...words.keys()].map((word) => plain(word.trim())).filter(Boolean).map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
    const said = parts.length ? new RegExp(`(?<![\\p{L}\\p{N}])(?:${parts.join("|")})(?![\\p{L}\\p{N}])`, "u") : null;
    return (itsTags, source, texts) =>
      itsTags.some((tag) => tags.has(tag)) || sources.has(source) || Boolean(said?.test(plain(texts.join("\n"))));
  }

  /** An item names its tags by the last part of their addresses: countries have two letters. */
  const keyOf = (tag) => `${tag.length === 2 ? "country" : "topic"}/${tag}`;

  window.dwMuted = Object.freeze({ read, set, judge, keyOf });

  const buttons = [];
  const tell = () => {
    const muted = read();
    for (const button of buttons) {
      const { dwMute, key } = button.dataset;
      button.setAttribute("aria-pressed", String(Boolean(muted[dwMute]?.has(key))));
    }
  };
  function prepare(button) {
    const { dwMute, key, name } = button.dataset;
    button.addEventListener("click", () => set(dwMute, key, name, button.getAttribute("aria-pressed") !== "true"));
    buttons.push(button);
  }
  document.querySelectorAll("[data-dw-mute]").forEach(prepare);
  tell();
  dw.device.onChange("muted", tell);

  /* At the foot of an article: its source and its tags, once somebody opens the list. */
  const here = document.querySelector(".dw-mute");
  here?.addEventListener("toggle", () => {
    const told = document.createElement("p");
    const link = document.createElement("a");
    link.href = new URL("mine/#muted", dw.root).href;
    link.textContent = dw.say("Yours");
    told.append(dw.say("Articles that have one of these are hidden in lists, on this device only. All that you have muted stands on the page"), " ", link, ".");
    const choice = document.createElement("p");
    choice.className = "dw-mute__choice";
    const add = (kind, key, name) => {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "dw-switch", textContent: name });
      Object.assign(button.dataset, { dwMute: kind, key, name });
      prepare(button);
      choice.append(button, " ");
    };
    const { source } = here.dataset;
    if (source) add("sources", source, source);
    for (const chip of document.querySelectorAll(".dw-tags a.dw-chip:not(.dw-chip--quiet)")) {
      add("tags", dw.pathOf(chip), chip.firstElementChild.textContent);
    }
    tell();
    here.append(told, choice);
  }, { once: true });
})();
