// The form of an assessment: number keys choose, the criteria come to a grade, words that are used again are put in where
// one is writing. Without this the form does all of it with its own buttons.

const form = document.querySelector("[data-marking]");
const KEPT = "marking-keys-off";

/** A browser that keeps nothing refuses. */
function stored(act) {
  try {
    return act();
  } catch {
    return null;
  }
}

const groups = () => [...form.querySelectorAll("[data-rubric] > fieldset, [data-numbered]")].filter((each) => each.getClientRects().length > 0);
const radios = (group) => [...group.querySelectorAll('input[type="radio"]')];

/** The choice that a number means: the one of that value, or where choices are words, the one in that place. */
function choiceOf(group, key) {
  const all = radios(group);
  const isNumbered = all.some((each) => /^\d$/.test(each.value));
  return isNumbered ? all.find((each) => each.value === key) : all[Number(key) - 1];
}

function goOn(group) {
  const all = groups();
  const next = all[all.indexOf(group) + 1];
  const target = next ? radios(next).find((each) => each.checked) || radios(next)[0] : form.elements.words;
  target?.focus();
}

function keys() {
  const help = form.querySelector("[data-keys]");
  const control = form.querySelector("[data-keys-switch]");
  if (!help || !control) return;
  help.hidden = false;
  control.checked = stored(() => localStorage.getItem(KEPT)) === null;
  control.addEventListener("change", () => stored(() => (control.checked ? localStorage.removeItem(KEPT) : localStorage.setItem(KEPT, "1"))));
  form.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (!control.checked || !/^\d$/.test(key) || event.ctrlKey || event.altKey || event.metaKey) return;
    // Only while the focus is on a choice: anywhere else a number is a number.
    const group = target.type === "radio" && target.closest("[data-rubric] > fieldset, [data-numbered]");
    const choice = group && choiceOf(group, key);
    if (!choice) return;
    event.preventDefault();
    choice.checked = true;
    choice.dispatchEvent(new Event("input", { bubbles: true }));
    choice.dispatchEvent(new Event("change", { bubbles: true }));
    goOn(group);
  });
}

function toTheButton() {
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.target.tagName !== "TEXTAREA") return;
    event.preventDefault();
    form.querySelector("[data-main]")?.focus();
  });
}

/** The mean of the levels, half up, once each criterion has one. */
function propose() {
  const told = form.querySelector("[data-proposed]");
  if (!told) return;
  const show = () => {
    const rows = [...form.querySelectorAll("[data-rubric] > fieldset")];
    const levels = rows.map((row) => radios(row).find((each) => each.checked)).filter(Boolean);
    told.hidden = !rows.length || levels.length < rows.length;
    if (told.hidden) return;
    const sum = levels.reduce((before, { value }) => before + Number(value), 0);
    told.textContent = told.dataset.told.replace("{grade}", String(Math.floor((2 * sum + levels.length) / (2 * levels.length))));
  };
  form.addEventListener("change", show);
  form.addEventListener("draft:filled", show);
  show();
}

function insert() {
  let field = form.elements.words;
  for (const each of form.elements) if (each.tagName === "TEXTAREA" && each.name !== "quote") each.addEventListener("focus", () => (field = each));
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-insert]");
    if (!button || !field) return;
    event.preventDefault();
    const { words, insert: id } = button.dataset;
    const isBegun = field.value.slice(0, field.selectionStart).trim() !== "";
    const text = isBegun && !/\s$/.test(field.value.slice(0, field.selectionStart)) ? ` ${words}` : words;
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    form.elements.inserted.value = `${form.elements.inserted.value} ${id}`.trim();
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });
}

if (form) for (const part of [keys, toTheButton, propose, insert]) part();
