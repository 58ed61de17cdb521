/* What every page does: links on a disk, the colours, keys of a single letter, reading offline. */
(() => {
  "use strict";

  // A site opened from a disk has nobody who finds the page of a folder.
  if (location.protocol === "file:") {
    for (const link of document.querySelectorAll("a[href]")) {
      if (link.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html";
    }
  }

  const root = document.documentElement;
  const { remember } = dw;

  // Colours: as the system, light, dark. The button says what is and what it leads to.
  document.querySelector("[data-dw-scheme-switch]")?.addEventListener("click", () => {
    const next = { light: "dark", dark: "" }[root.dataset.dwScheme ?? ""] ?? "light";
    if (next) root.dataset.dwScheme = next;
    else delete root.dataset.dwScheme;
    remember("scheme", next);
  });

  // Keys of a single letter get in the way of those who speak to their computer (WCAG 2.1.4).
  for (const button of document.querySelectorAll("[data-dw-keys-switch]")) {
    const tell = () => button.setAttribute("aria-pressed", String(root.dataset.dwKeys !== "off"));
    button.addEventListener("click", () => {
      if (root.dataset.dwKeys === "off") delete root.dataset.dwKeys;
      else root.dataset.dwKeys = "off";
      remember("keys", root.dataset.dwKeys ?? "");
      tell();
    });
    tell();
  }

  // What is read can be read again without network (offline/worker.js). The first page is kept when the
  // worker is there, the newest articles from the second page on: who looks in once fetches no more.
  const manifest = document.querySelector('link[rel="manifest"]');
  if (manifest && location.protocol !== "file:" && "serviceWorker" in navigator) {
    const here = navigator.serviceWorker;
    const again = here.controller && !navigator.connection?.saveData;
    window.addEventListener("load", async () => {
      try {
        await here.register(new URL("sw.js", manifest.href));
        const { active } = await here.ready;
        active.postMessage(location.href);
        if (again) setTimeout(() => active.postMessage(""), 3000);
      } catch {
        // It may be forbidden; all is as without it.
      }
    });
  }
})();
