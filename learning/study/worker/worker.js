// Keeps the lessons that a learner has opened, with the styles, fonts and pictures that they use, for reading without
// a connection. Touches nothing else: no other page, nothing that is sent, no other site.

const FORM = 1; // How the copies are kept; copies of another form are erased.
const LESSONS = `study-lessons-${FORM}-`; // and the mark of the person whose they are
const FILES = `study-files-${FORM}`;
const MOST_LESSONS = 50;
const MOST_FILES = 400;
const LESSON = /^\/(?:(?:sv|en)\/)?opinnot\/[\w-]+\/oppitunti\/\d+\/$/;
const FILE = /^\/(?:static|media)\//;
// Files with a fingerprint in their names never change.
const LASTING = /\.[0-9a-f]{12}\.\w+$/;
const PERSON = /data-person="([0-9a-f]{24})"/;

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      const names = await caches.keys();
      const old = names.filter((name) => name.startsWith("study-") && name !== FILES && !name.startsWith(LESSONS));
      await Promise.all(old.map((name) => caches.delete(name)));
      await self.clients.claim();
    })(),
  );
});

self.addEventListener("fetch", (event) => {
  const request = event.request;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && LESSON.test(url.pathname)) event.respondWith(lesson(event, request, url));
  else if (request.mode !== "navigate" && FILE.test(url.pathname) && !request.headers.has("range")) {
    event.respondWith(file(event, request));
  }
});

// The page tells what it is made of when it is read the first time, before the worker stood between.
self.addEventListener("message", (event) => {
  if (event.data?.keep) event.waitUntil(keepAll(event.data.keep, event.data.lesson));
  if (event.data?.erase !== undefined) event.waitUntil(erase(event.data.erase));
});

async function lesson(event, request, url) {
  const address = url.origin + url.pathname;
  try {
    const response = await fetch(request);
    // An answered question is not the lesson; what leads elsewhere, to signing in or enrolling, is not for this person
    // any more: its copy goes.
    if (response.status === 200 && !url.search) event.waitUntil(keepLesson(address, response.clone()));
    else if (response.type === "opaqueredirect" || response.status === 404) event.waitUntil(letGo(address));
    return response;
  } catch (error) {
    const copy = await copyOf(address);
    if (!copy) throw error;
    const html = await copy.text();
    const headers = new Headers(copy.headers);
    headers.delete("content-encoding");
    headers.delete("content-length");
    const at = new Date(copy.headers.get("date") ?? 0).toISOString();
    return new Response(html.replace('data-copy=""', `data-copy="${at}"`), { headers });
  }
}

async function copyOf(address) {
  // There are copies of one person at a time: keeping a lesson of another erases them.
  for (const name of await caches.keys()) {
    const found = name.startsWith(LESSONS) && (await (await caches.open(name)).match(address));
    if (found) return found;
  }
  return undefined;
}

async function keepLesson(address, response) {
  const found = PERSON.exec(await response.clone().text());
  if (!found) return;
  await erase(found[1]);
  const cache = await caches.open(LESSONS + found[1]);
  // Put last in the order, for the first ones are let go.
  await cache.delete(address);
  await cache.put(address, response);
  await bound(cache, MOST_LESSONS);
}

async function letGo(address) {
  const names = (await caches.keys()).filter((name) => name.startsWith(LESSONS));
  await Promise.all(names.map(async (name) => (await caches.open(name)).delete(address)));
}

async function bound(cache, most) {
  const kept = await cache.keys();
  await Promise.all(kept.slice(0, Math.max(0, kept.length - most)).map((request) => cache.delete(request)));
}

async function file(event, request) {
  const cache = await caches.open(FILES);
  const copy = await cache.match(request, { ignoreVary: true });
  if (copy && LASTING.test(new URL(request.url).pathname)) return copy;
  try {
    const response = await fetch(request);
    if (response.status === 200) event.waitUntil(keepFile(cache, request, response.clone()));
    return response;
  } catch (error) {
    if (copy) return copy;
    throw error;
  }
}

async function keepFile(cache, request, response) {
  await cache.put(request, response);
  await bound(cache, MOST_FILES);
}

async function keepAll(addresses, address) {
  const cache = await caches.open(FILES);
  for (const each of addresses) {
    const url = new URL(each, self.location.origin);
    if (url.origin !== self.location.origin || !FILE.test(url.pathname) || (await cache.match(url.href))) continue;
    try {
      const response = await fetch(url.href);
      if (response.status === 200) await cache.put(url.href, response);
    } catch {
      return;
    }
  }
  if (!address || (await copyOf(address)) || !LESSON.test(new URL(address).pathname)) return;
  try {
    const response = await fetch(address, { credentials: "same-origin" });
    if (response.status === 200 && !response.redirected) await keepLesson(address, response);
  } catch {
    // It is kept the next time.
  }
}

// Erases the copies of everybody but the person with the mark; without one, everybody's.
async function erase(person) {
  const names = await caches.keys();
  const others = names.filter((name) => name.startsWith(LESSONS) && name !== LESSONS + person);
  await Promise.all(others.map((name) => caches.delete(name)));
}
