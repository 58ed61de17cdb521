/* The page that says what can be read without network: what the service worker has kept, the last
   that was read first (offline/worker.js). */
(() => {
  "use strict";

  const place = document.querySelector("[data-dw-kept]");
  const root = new URL("..", document.currentScript.src);
  if (!place) return;
  const ours = `dwiwarta:${root.pathname}:kept-`;
  const [articles, pages] = place.querySelectorAll("section");
  const show = (name) => (place.querySelector(`.dw-kept__${name}`).hidden = false);

  const asked = new URLSearchParams(location.search).get("page");
  const address = asked && new URL(asked, root).href;
  if (address?.startsWith(root.href)) {
    show("asked");
    place.querySelector(".dw-kept__asked a").href = address;
  }

  /* Titles are taken out of the page itself, each in its language. */
  function entry(url, page) {
    const link = document.createElement("a");
    link.href = url;
    const titles = [...page.querySelectorAll(".dw-title > [lang]")];
    for (const title of titles.length ? titles : page.querySelectorAll("title")) {
      const line = document.createElement("span");
      line.textContent = titles.length ? title.textContent : title.textContent.replace(/ · [^·]*$/, "");
      if (title.lang) line.lang = title.lang;
      if (title.lang === "id") line.translate = false;
      link.append(line);
    }
    const item = document.createElement("li");
    item.append(link);
    return item;
  }

  async function list() {
    const names = window.caches ? await caches.keys() : [];
    const name = names.find((one) => one.startsWith(ours) && one.endsWith("pages"));
    const cache = name && (await caches.open(name));
    const kept = cache ? (await cache.keys()).reverse() : [];
    for (const { url } of kept) {
      const response = url === new URL("offline/", root).href ? null : await cache.match(url);
      if (!response) continue;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const section = page.querySelector(".dw-title") ? articles : pages;
      section.querySelector("ul").append(entry(url, page));
      section.hidden = false;
    }
    show(articles.hidden && pages.hidden ? "none" : "clear");
  }

  place.querySelector("button").addEventListener("click", async () => {
    for (const name of await caches.keys()) {
      if (!name.startsWith(ours)) continue;
      const cache = await caches.open(name);
      for (const one of await cache.keys()) {
        if (one.url !== new URL("offline/", root).href) await cache.delete(one);
      }
    }
    for (const section of [articles, pages]) {
      section.hidden = true;
      section.querySelector("ul").replaceChildren();
    }
    place.querySelector(".dw-kept__clear").hidden = true;
    show("none");
  });
  list().catch(() => show("none"));
})();
