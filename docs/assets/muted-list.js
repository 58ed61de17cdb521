/* What is muted, on the page mine/: all of it, taken back one by one, and words added. */
(() => {
  "use strict";

  const { say, device } = dw;
  const list = document.querySelector("[data-dw-muted-list]");
  const form = document.querySelector("[data-dw-muted-form]");
  if (!list || !form) return;
  const NAMES = { sources: say("Source"), words: say("Word") };
  const ofTag = (key) => (key.startsWith("country/") ? say("Country") : say("Topic"));

  function show() {
    const items = Object.entries(window.dwMuted.read()).flatMap(([kind, all]) =>
      [...all].map(([key, name]) => {
        const item = document.createElement("li");
        const title = document.createElement("span");
        const what = document.createElement("span");
        const button = document.createElement("button");
        title.textContent = name;
        what.className = "dw-quiet";
        what.textContent = NAMES[kind] ?? ofTag(key);
        button.type = "button";
        button.textContent = say("Show again");
        button.setAttribute("aria-label", `${say("Show again")}: ${name}`);
        button.addEventListener("click", () => {
          window.dwMuted.set(kind, key, name, false);
          (list.querySelector("button") ?? form.querySelector("input")).focus();
        });
        item.append(title, what, button);
        return item;
      }),
    );
    if (!items.length) {
      const none = document.createElement("li");
      none.textContent = say("Nothing is muted");
      items.push(none);
    }
    list.replaceChildren(...items);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const input = form.querySelector("input");
    const word = input.value.trim().replace(/\s+/g, " ");
    if (word) window.dwMuted.set("words", word, word, true);
    input.value = "";
  });
  device.onChange("muted", show);
  show();
})();
