/* The page that says what can be read without network: what the service worker has kept, the last
   that was read first (offline/worker.js). */
(() => {
  "use strict";

  const place = document.querySelector("[data-dw-kept]");
  const { root } = dw;
  if (!place) return;
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
    for (const title of titles.length ? titles : page.querySelectorAll("head > title")) {
      const line = document.createElement("span");
      // The front page has the name of the site alone.
      const name = url === dw.root.href ? dw.say("Latest news") : title.textContent.replace(/ · [^·]*$/, "");
      line.textContent = titles.length ? title.textContent : name;
      if (title.lang) line.lang = title.lang;
      if (title.lang === "id") line.translate = false;
      link.append(line);
    }
    const item = document.createElement("li");
    item.append(link);
    return item;
  }

  async function list() {
    for (const [url, response] of await dwKept.pages()) {
      if (!response) continue; // gone meanwhile
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const section = page.querySelector(".dw-title") ? articles : pages;
      section.querySelector("ul").append(entry(url, page));
      section.hidden = false;
    }
    show(articles.hidden && pages.hidden ? "none" : "clear");
  }

  place.querySelector("button").addEventListener("click", async () => {
    await dwKept.clear();
    for (const section of [articles, pages]) {
      section.hidden = true;
      section.querySelector("ul").replaceChildren();
    }
    place.querySelector(".dw-kept__clear").hidden = true;
    show("none");
  });
  list().catch(() => show("none"));
})();
