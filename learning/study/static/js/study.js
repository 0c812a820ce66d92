// A lesson while it is read: notes and marks go without leaving the page, the place is remembered, and what is written
// without a connection waits on the device. Without this the page's forms do the same by themselves.
import { Waiting, send } from "./study-waiting.js";

const page = document.querySelector("[data-study]");
const line = document.querySelector("[data-study-state]");
const words = line.dataset;
const { person, copy, state: stateAddress } = page.dataset;
const waiting = new Waiting(person, stateAddress);

function say(sentence, link = false) {
  line.textContent = sentence;
  line.hidden = !sentence;
  if (sentence && link) {
    const way = document.createElement("a");
    Object.assign(way, { href: words.signIn, target: "_blank", textContent: words.signInWords });
    line.append(" ", way);
  }
}

function saidOfCopy() {
  const at = new Date(copy);
  // As the pages tell a moment: 23.11.2026 and 4.05 in Finnish and Swedish, 23 November 2026 and 04:05 in English.
  const english = document.documentElement.lang === "en";
  const language = english ? "en-GB" : "fi";
  const timeZone = "Europe/Helsinki";
  const day = at.toLocaleDateString(language, { dateStyle: english ? "long" : "short", timeZone });
  const clock = at.toLocaleTimeString(language, { timeStyle: "short", timeZone });
  return words.copy.replace("{day}", day).replace("{clock}", clock);
}

function tellState(outcome = "") {
  const count = waiting.count ? words.waiting.replace("{number}", waiting.count) : "";
  if (outcome === "signed-out") say(words.signedOut, true);
  else if (outcome === "failed") say(`${words.failed} ${count}`);
  else if (outcome === "sent") say(words.sent);
  else if (copy) say(`${saidOfCopy()} ${count}`);
  else if (!navigator.onLine) say(`${words.offline} ${count}`);
  else say(count);
}

async function sendWaiting() {
  if (!waiting.count) return tellState();
  const answers = [];
  const outcome = await waiting.flush((item, text) => answers.push([item, text]));
  answers.forEach(([, text]) => replaceMargin(text));
  tellState(outcome);
}

// What was not taken is on the device. A page from before the last signing in has an old token: sending anew gets a new one.
function tellKept(answer) {
  if (answer.status === 403) sendWaiting();
  else tellState(answer.status === 401 ? "signed-out" : "");
}

// Notes

function replaceMargin(html) {
  const made = new DOMParser().parseFromString(html, "text/html").querySelector("[data-margin]");
  const old = made && document.getElementById(made.id);
  if (!old) return null;
  old.replaceWith(made);
  return made;
}

function fields(form, button) {
  const data = new FormData(form, button);
  data.delete("csrfmiddlewaretoken");
  return Object.fromEntries(data);
}

function showWaitingNote(margin, item) {
  if (!margin || !item.fields.text || margin.querySelector(`[data-waits="${item.key}"]`)) return;
  const note = document.createElement("div");
  note.className = "note note--waiting";
  note.dataset.waits = item.key;
  const text = document.createElement("p");
  text.className = "note__text";
  text.textContent = item.fields.text;
  const told = document.createElement("p");
  told.className = "hint";
  told.textContent = words.kept;
  note.append(text, told);
  margin.querySelector(".note__fold--new").before(note);
}

function complain(form, sentence) {
  form.querySelector(".note__error")?.remove();
  const told = document.createElement("p");
  told.className = "note__error";
  told.setAttribute("role", "alert");
  told.textContent = sentence;
  form.append(told);
}

async function sendNote(form, button) {
  const margin = form.closest("[data-margin]");
  const item = { key: crypto.randomUUID(), url: form.getAttribute("action"), fields: fields(form, button) };
  const answer = await send(item, form.elements.csrfmiddlewaretoken.value);
  if (answer.ok) {
    const made = replaceMargin(await answer.text());
    made?.setAttribute("tabindex", "-1");
    made?.focus();
  } else if (answer.status === 422) {
    complain(form, (await answer.json()).sentence);
  } else if (answer.status === 404) {
    form.submit();
  } else {
    if (!waiting.add(item)) return complain(form, words.failed);
    showWaitingNote(margin, item);
    form.reset();
    if (form.elements.id) form.elements.id.value = crypto.randomUUID();
    form.closest("details")?.removeAttribute("open");
    tellKept(answer);
  }
}

// Marking as read

async function sendDone(form, button) {
  const item = {
    key: crypto.randomUUID(),
    url: form.getAttribute("action"),
    fields: { ...fields(form, button), at: new Date().toISOString() },
  };
  const answer = await send(item, form.elements.csrfmiddlewaretoken.value);
  if (answer.ok) {
    const { next } = await answer.json();
    if (next === location.pathname) location.reload();
    else location.assign(next);
    return;
  }
  if (answer.status === 404 || !waiting.add(item)) return form.submit();
  tellKept(answer);
  const next = form.dataset.next;
  if (next && (await window.caches?.match(new URL(next, location).href))) location.assign(next);
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const act = form.matches("[data-note]") ? sendNote : form.closest("[data-done]") ? sendDone : null;
  // A device that cannot make an id, or keep anything, sends the form the plain way.
  if (!act || !crypto.randomUUID) return;
  event.preventDefault();
  if (form.ariaBusy === "true") return;
  form.ariaBusy = "true";
  await act(form, event.submitter);
  form.ariaBusy = "false";
});

// The place

const headings = [...page.querySelectorAll(".prose > :is(h2, h3)[id]")];
let told = "";
let timer = 0;

function place() {
  const passed = headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight * 0.35);
  return passed.at(-1)?.id ?? "";
}

function tellPlace() {
  clearTimeout(timer);
  const at = place();
  const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value;
  if (!at || at === told || !token || copy) return;
  told = at;
  const body = new URLSearchParams({ place: at });
  const headers = { "X-CSRFToken": token, Accept: "application/json" };
  fetch(page.dataset.place, { method: "POST", body, headers, keepalive: true }).catch(() => (told = ""));
}

addEventListener("scroll", () => { clearTimeout(timer); timer = setTimeout(tellPlace, 3000); }, { passive: true });
document.addEventListener("visibilitychange", () => (document.hidden ? tellPlace() : sendWaiting()));

// The connection

addEventListener("online", sendWaiting);
addEventListener("offline", () => tellState());
setInterval(() => waiting.count && sendWaiting(), 20000);
for (const item of waiting.items.filter((each) => each.url.includes("/muistiinpano"))) {
  const margin = document.getElementById(`muistiinpanot-${item.fields.place ?? ""}`);
  if (item.url.startsWith(location.pathname)) showWaitingNote(margin, item);
}
sendWaiting();

// Copies for reading without a connection

function madeOf() {
  const fetched = performance.getEntriesByType("resource").map((entry) => entry.name);
  const named = [...document.querySelectorAll("link[href][rel~=stylesheet], script[src], link[rel~=icon]")];
  const pictures = [...document.images].map((image) => image.currentSrc || image.src);
  return [...new Set([...fetched, ...named.map((each) => each.href || each.src), ...pictures])];
}

async function keepCopies() {
  const workers = navigator.serviceWorker;
  if (!workers) return;
  if (!page.dataset.worker) {
    for (const each of await workers.getRegistrations()) if (each.scope.includes("/opinnot/")) await each.unregister();
    return;
  }
  const registered = await workers.register(page.dataset.worker, { scope: page.dataset.scope, updateViaCache: "none" });
  const active = registered.active ?? (await workers.ready).active;
  active?.postMessage({ erase: person });
  active?.postMessage({ keep: madeOf(), lesson: location.origin + location.pathname });
}

if (document.readyState === "complete") keepCopies();
else addEventListener("load", keepCopies);
