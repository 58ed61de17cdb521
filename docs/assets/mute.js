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
    if (wanted) muted[kind].set(key, name);
    else muted[kind].delete(key);
    write(muted);
  }

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  /** What tells whether an article is muted: (tags, source, texts) → boolean. Null where nothing is. */
  function judge() {
    const { tags, sources, words } = read();
    if (!tags.size && !sources.size && !words.size) return null;
    const parts = [...words.keys()].map((word) => plain(word.trim()).replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
    const said = parts.length ? new RegExp(`(?<![\\p{L}\\p{N}])(?:${parts.join("|")})(?![\\p{L}\\p{N}])`, "u") : null;
    return (itsTags, source, texts) =>
      itsTags.some((tag) => tags.has(tag)) || sources.has(source) || Boolean(said?.test(plain(texts.join("\n"))));
  }

  window.dwMuted = Object.freeze({ read, set, judge });

  const buttons = [...document.querySelectorAll("[data-dw-mute]")];
  const tell = () => {
    const muted = read();
    for (const button of buttons) {
      const { dwMute, key } = button.dataset;
      button.setAttribute("aria-pressed", String(Boolean(muted[dwMute]?.has(key))));
    }
  };
  for (const button of buttons) {
    const { dwMute, key, name } = button.dataset;
    button.addEventListener("click", () => set(dwMute, key, name, button.getAttribute("aria-pressed") !== "true"));
  }
  tell();
  dw.device.onChange("muted", tell);
})();
