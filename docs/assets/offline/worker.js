/* The service worker: what was read, and the newest articles, can be read without network. The build
   makes sw.js of it. Pages come from the network whenever there is one. A page is kept only together
   with the very style sheet and script that it names: their addresses carry a version, which stands
   at the end of their text too, so that a site that is half updated spoils nothing. */
"use strict";

const ROOT = new URL("./", location.href).href;
const OURS = `dwiwarta:${new URL(ROOT).pathname}:kept-`;
const FORM = `${OURS}1-`; // another number where what is kept has another form
const [PAGES, BUNDLES, FILES] = ["pages", "bundles", "files"].map((name) => FORM + name);
const OFFLINE = `${ROOT}offline/`;
const MOST = 300; // pages, and as many other files; what was asked for longest ago goes first
const PATIENCE = 5000; // ms, until a network counts as hanging
const DAY = 86_400_000; // ms, after which what has no mark is looked after

const plain = (url) => url.replace(/[?#].*/, "").replace(/\/index\.html$/, "/");
const find = (cacheName, url) => caches.match(url, { cacheName, ignoreVary: true });
// Hosts without a word on it have their pages taken for fresh by a browser for a while.
const get = (request) => fetch(request, { cache: "no-cache" });
const isGood = (response) => response.status === 200 && response.type === "basic";
const remove = async (name, which) => {
  const cache = await caches.open(name);
  const kept = (await cache.keys()).filter((one) => one.url !== OFFLINE);
  await Promise.all(kept.filter((one, at) => which(one.url, kept.length - at)).map((one) => cache.delete(one)));
};

// What is kept is changed by one at a time; what fails is tried again some other time.
let last = Promise.resolve();
let over = false; // the site is gone, or another worker has taken the place of this one
const isOver = () => over || self.serviceWorker?.state === "redundant";
const inTurn = (work) => (last = last.then(() => isOver() || work()).catch(() => {}));

async function put(name, url, response) {
  await (await caches.open(name)).put(url, response);
  await remove(name, (one, age) => age > MOST);
}

/* Keep a page with all that it needs; one of another program, or of two builds, is not kept. `mark`:
   the version of it that the list of the newest names. */
async function keep(url, response, mark = "") {
  if (!isGood(response) || !/^text\/html/.test(response.headers.get("content-type"))) return;
  const html = await response.text();
  const named = (pattern) => [...html.matchAll(pattern)].map((found) => new URL(found[1], url).href);
  const needs = named(/="([^"]*\bbundle\/\w+\.\w+\?v=\w+)"/g);
  if (!needs.length) return leave();
  for (const one of needs) {
    if (await find(BUNDLES, one)) continue;
    const got = await get(one);
    const text = await got.clone().text();
    if (!isGood(got) || !text.trimEnd().endsWith(`/*${one.split("=")[1]}*/`)) return;
    await put(BUNDLES, one, got);
  }
  for (const one of named(/<(?:script|img)\b[^>]* src="([^"?]+)"/g)) {
    if (!one.startsWith(ROOT) || (await find(FILES, one))) continue;
    const got = await fetch(one);
    if (isGood(got)) await put(FILES, one, got);
  }
  const headers = new Headers(response.headers);
  headers.set("dw-needs", needs);
  headers.set("dw-mark", mark);
  await put(PAGES, plain(url), new Response(html, { headers }));
}

/* Another program answers here: if this file is gone from its place, all that is ours goes, too. */
async function leave() {
  if ((await fetch(location.href, { cache: "no-store" })).status !== 404) return;
  over = true;
  await clear(() => true);
  await registration.unregister();
}

const clear = async (which) =>
  Promise.all((await caches.keys())
    .filter((name) => name.startsWith(OURS) && which(name))
    .map((name) => caches.delete(name)));

/* The newest articles and what else is on the list, and no style sheets and scripts of pages that are
   no longer kept. */
async function refresh() {
  for (const [path, mark] of await (await get(`${ROOT}offline/newest.json`)).json()) {
    const url = new URL(path, ROOT).href;
    const isPage = url.endsWith("/");
    const is = (await find(isPage ? PAGES : FILES, url))?.headers;
    if (is && (mark ? is.get("dw-mark") === mark : Date.now() - new Date(is.get("date")) < DAY)) continue;
    await inTurn(async () => {
      const got = await get(url);
      return isPage ? keep(url, got, mark) : isGood(got) && put(FILES, url, got);
    });
  }
  await inTurn(async () => {
    const pages = await (await caches.open(PAGES)).matchAll();
    const used = pages.map((one) => one.headers.get("dw-needs")).join();
    await remove(BUNDLES, (one) => !used.includes(one));
  });
}

/* What the network answers; what is kept, where it fails or is late. */
let hangs = false; // as far as is known; then only pages wait for it
async function answer(event, asked, kept, look) {
  let landed;
  event.waitUntil(new Promise((done) => (landed = done))); // what comes late is kept, too
  asked = asked.then((response) => {
    hangs = false;
    inTurn(look.bind(null, response.clone())).then(landed);
    return response.status < 500 ? response : kept ?? response;
  });
  asked.catch(landed);
  if (!kept) return asked;
  const { mode } = event.request;
  const late = new Promise((tell) => setTimeout(tell, hangs && mode !== "navigate" ? 0 : PATIENCE));
  return Promise.race([asked.catch(() => kept), late.then(() => (hangs = true) && kept)]);
}

async function page(event) {
  const url = plain(event.request.url);
  const gone = (one) => one === url;
  const look = (response) => response.status === 404 ? remove(PAGES, gone) : keep(url, response);
  try {
    return await answer(event, get(event.request), await find(PAGES, url), look);
  } catch {
    if (url === OFFLINE || !(await find(PAGES, OFFLINE))) return Response.error();
    return Response.redirect(`${OFFLINE}?page=${encodeURIComponent(url.slice(ROOT.length))}`);
  }
}

async function file(event) {
  const { url } = event.request;
  const kept = await find(url.includes("?v=") ? BUNDLES : FILES, url);
  if (kept && /\?v=|\.woff2$/.test(url)) return kept;
  return answer(event, fetch(event.request), kept, async (response) =>
    isGood(response) && !url.includes("?") && put(FILES, url, response));
}

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(fetch(OFFLINE, { cache: "reload" }).then((response) => keep(OFFLINE, response)));
});
addEventListener("activate", (event) => {
  event.waitUntil(clear((name) => !name.startsWith(FORM)).then(() => clients.claim()));
});
addEventListener("message", (event) => {
  const url = event.data;
  const read = async () => (await find(PAGES, plain(url))) ?? keep(url, await fetch(url));
  event.waitUntil(url ? inTurn(read) : refresh().catch(() => {}));
});
addEventListener("fetch", (event) => {
  const { method, url, mode, headers } = event.request;
  if (method !== "GET" || !url.startsWith(ROOT) || headers.has("range")) return;
  event.respondWith(mode === "navigate" ? page(event) : file(event));
});
