/* The pages that the service worker keeps on this device (offline/worker.js), as the global `dwKept`. */
(() => {
  "use strict";

  const ours = `dwiwarta:${dw.root.pathname}:kept-`;
  const own = new URL("offline/", dw.root).href; // the page that tells of them

  /** All there are, the last that was read first: addresses with their responses. */
  async function pages() {
    const names = window.caches ? await caches.keys() : [];
    const name = names.find((one) => one.startsWith(ours) && one.endsWith("pages"));
    const cache = name && (await caches.open(name));
    const kept = cache ? (await cache.keys()).reverse().filter(({ url }) => url !== own) : [];
    return Promise.all(kept.map(async ({ url }) => [url, await cache.match(url)]));
  }

  async function clear() {
    for (const name of window.caches ? await caches.keys() : []) {
      if (!name.startsWith(ours)) continue;
      const cache = await caches.open(name);
      for (const one of await cache.keys()) if (one.url !== own) await cache.delete(one);
    }
  }

  window.dwKept = Object.freeze({ pages, clear });
})();
