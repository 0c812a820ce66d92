// Whoever signs out leaves nothing of their studies on the device: no copies of lessons, no text that still waits.
// What waits is sent first; if it cannot be, the page says so before anybody presses the button.
import { Waiting } from "./study-waiting.js";

const PREFIX = "study-waiting-";
const line = document.querySelector("[data-study-sign-out]");
const form = document.querySelector("form[action*='/logout/']");

function waitingHere() {
  try {
    const people = Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
    return people.map((name) => new Waiting(name.slice(PREFIX.length), line.dataset.state));
  } catch {
    return [];
  }
}

async function sendFirst() {
  const all = waitingHere();
  for (const waiting of all) await waiting.flush(() => {});
  const count = all.reduce((sum, waiting) => sum + waiting.count, 0);
  line.hidden = !count;
  line.textContent = count ? line.dataset.words.replace("{number}", count) : "";
}

async function erase() {
  waitingHere().forEach((waiting) => waiting.keep([]));
  const names = (await window.caches?.keys()) ?? [];
  await Promise.all(names.filter((name) => name.startsWith("study-lessons-")).map((name) => caches.delete(name)));
}

form?.addEventListener("submit", async (event) => {
  if (form.dataset.erased) return;
  event.preventDefault();
  // Signing out never waits long for a browser that is slow to erase.
  await Promise.race([erase().catch(() => {}), new Promise((done) => setTimeout(done, 2000))]);
  form.dataset.erased = "yes";
  form.requestSubmit();
});

sendFirst();
