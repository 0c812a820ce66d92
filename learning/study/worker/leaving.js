// Offline lessons are turned off: the copies are erased, and no worker stays.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      const names = await caches.keys();
      await Promise.all(names.filter((name) => name.startsWith("study-")).map((name) => caches.delete(name)));
      await self.registration.unregister();
    })(),
  );
});
