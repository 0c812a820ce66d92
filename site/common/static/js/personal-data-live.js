// Tells the writer of a free text (data-personal-data) what looks like personal data in it, on this device alone, after
// a pause and never at each key. Without this the server tells the same when the text is sent.
// The words it says are in the page (components/_personal_data_live.html), which draws what components/_personal_data.html draws.

const PAUSE = 1_500; // ms after the last letter
const MOST_SHOWN = 6;
const AROUND = 24;
const words = JSON.parse(document.getElementById("personal-data-words").textContent);
const states = new WeakMap();
let finding;

// Fetched when somebody begins to write. Without a connection nothing is told here; the server tells it when the text comes.
function finder() {
  finding ??= import("./personal-data.js").then(({ load }) => load(words.data)).catch(() => (finding = undefined));
  return finding;
}

function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

function endOf(text) {
  const line = text.slice(text.lastIndexOf("\n") + 1);
  return line.length < AROUND ? line : `…${line.slice(line.indexOf(" ") + 1)}`;
}

function startOf(text) {
  const [line] = text.split("\n", 1);
  return line.length < AROUND ? line : `${line.slice(0, line.lastIndexOf(" ") + 1 || line.length).trimEnd()}…`;
}

function quote(text, { from, to }) {
  const before = endOf(text.slice(Math.max(0, from - AROUND), from));
  const after = startOf(text.slice(to, to + AROUND));
  return element("span", "findings__quote", before, element("mark", "", text.slice(from, to)), after);
}

function listed(text, found) {
  const kinds = new Map();
  found.forEach((each, place) => {
    if (!kinds.has(each.kind)) kinds.set(each.kind, { quotes: [], more: 0 });
    const kind = kinds.get(each.kind);
    if (place < MOST_SHOWN) kind.quotes.push(quote(text, each));
    else kind.more += 1;
  });
  return [...kinds].map(([kind, { quotes, more }]) => {
    const [name, advice] = words.kinds[kind];
    const item = element("li", "", element("b", "", name[0].toUpperCase() + name.slice(1)));
    for (const each of quotes) item.append(" ", each);
    if (more) item.append(" ", element("span", "findings__quote", words.more.replace("{number}", more)));
    item.append(element("span", "findings__advice", advice));
    return item;
  });
}

// The place where it is told stands there empty before it is filled: else a screen reader would not notice.
function stateOf(field) {
  if (!states.has(field)) {
    const id = `${field.id}_findings`;
    let region = document.getElementById(id);
    if (!region) {
      region = element("div", "findings");
      region.id = id;
      field.after(region);
      field.setAttribute("aria-describedby", [field.getAttribute("aria-describedby"), id].filter(Boolean).join(" "));
    }
    region.setAttribute("role", "status");
    states.set(field, { region, told: null, pause: 0 });
  }
  return states.get(field);
}

async function look(field) {
  const state = stateOf(field);
  clearTimeout(state.pause);
  const find = await finder();
  if (!find) return;
  const text = field.value;
  const found = find(text);
  const now = found.map(({ kind, from, to }) => `${kind} ${text.slice(from, to)}`).join("\n");
  if (now === state.told) return;
  state.told = now;
  const title = element("p", "findings__title", words.title);
  state.region.replaceChildren(...(found.length ? [title, element("ul", "findings__list", ...listed(text, found))] : []));
}

const fieldOf = (event) => (event.target.matches?.("[data-personal-data]") ? event.target : null);

document.addEventListener("focusin", (event) => {
  const field = fieldOf(event);
  if (field) stateOf(field), finder();
});
document.addEventListener("input", (event) => {
  const field = fieldOf(event);
  if (!field) return;
  const state = stateOf(field);
  clearTimeout(state.pause);
  state.pause = setTimeout(look, PAUSE, field);
});
// A press on a button ends the writing. What is told then would move the button away before it is let go, and nothing
// would be pressed: it waits for the press to end.
let isPressed = false;
let waits = null;
addEventListener("pointerdown", () => (isPressed = true), true);
for (const ending of ["pointerup", "pointercancel"])
  addEventListener(ending, () => {
    isPressed = false;
    if (waits) setTimeout(look, 0, waits);
    waits = null;
  }, true);
document.addEventListener("change", (event) => {
  const field = fieldOf(event);
  if (!field) return;
  clearTimeout(stateOf(field).pause);
  if (isPressed) waits = field;
  else look(field);
});
