/* This garden keeps nothing for reading without a network. Where an earlier version of it did, this takes the place of that worker,
   deletes what it kept, and goes: a worker whose address leads nowhere would stay in the browser for good. */
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => {
  const leave = async () => {
    await caches.delete(`greenbed ${new URL("./", self.location).pathname}`);
    await self.registration.unregister();
  };
  event.waitUntil(leave());
});
