/* The service worker of a site that keeps nothing on a reader's device (site: offline: false): it
   takes away what an earlier one has kept, and itself. */
"use strict";

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => {
  const ours = `dwiwarta:${new URL("./", location.href).pathname}:kept-`;
  const clear = async () => {
    for (const name of await caches.keys()) if (name.startsWith(ours)) await caches.delete(name);
  };
  const pause = () => new Promise((done) => setTimeout(done, 1000)); // what the other has begun
  event.waitUntil(clear().then(pause).then(clear).then(() => registration.unregister()));
});
