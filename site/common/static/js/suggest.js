// Suggests while a search field is typed in: the combobox with a listbox of WAI-ARIA's patterns, chosen by hand.
// Without this the field is a plain one and its form works the same.

const PAUSE = 120; // ms after the last letter
const SILENCE = 1200; // ms until what has come is told
const SHORTEST = 2;

function element(name, attributes, text = "") {
  const made = document.createElement(name);
  for (const each in attributes) made.setAttribute(each, attributes[each]);
  made.textContent = text;
  return made;
}

function enhance(form) {
  const field = form.querySelector("input");
  const id = `${field.id}-suggestions`;
  const list = element("ul", { id, class: "suggestions", role: "listbox", "aria-label": form.dataset.label, hidden: "" });
  const status = element("p", { class: "hidden", role: "status" });
  let found = [];
  let at = -1;
  let pause, silence, request;

  const isOpen = () => !list.hidden;

  function point(to) {
    list.children[at]?.setAttribute("aria-selected", "false");
    at = to;
    const option = list.children[at];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) field.setAttribute("aria-activedescendant", option.id);
    else field.removeAttribute("aria-activedescendant");
  }

  function show(open) {
    point(-1);
    clearTimeout(silence);
    list.hidden = !open;
    field.setAttribute("aria-expanded", String(open));
    if (open) silence = setTimeout(() => (status.textContent = `${form.dataset.found} ${found.length}`), SILENCE);
    else status.textContent = "";
  }

  function stop() {
    clearTimeout(pause);
    request?.abort();
    show(false);
  }

  function optionOf({ pieces, kind, language }, number) {
    const option = element("li", { id: `${id}-${number}`, role: "option", "aria-selected": "false" });
    const text = element("span", language && { lang: language });
    text.append(...pieces.map((piece, place) => (place % 2 ? element("b", {}, piece) : piece)));
    option.append(text, " ", element("small", {}, kind));
    return option;
  }

  async function ask() {
    request?.abort();
    request = new AbortController();
    const address = new URL(form.dataset.suggest, location.href);
    address.searchParams.set("q", field.value);
    try {
      const response = await fetch(address, { signal: request.signal });
      found = response.ok ? (await response.json()).suggestions : [];
    } catch {
      // A later letter has been typed, or the connection is lost: then there is nothing to suggest.
      return;
    }
    list.replaceChildren(...found.map(optionOf));
    show(found.length > 0 && document.activeElement === field);
  }

  function choose(option) {
    const { text, url } = found[[...list.children].indexOf(option)];
    stop();
    field.value = text;
    if (url) location.assign(url);
    else form.requestSubmit();
  }

  function move(step) {
    if (isOpen()) point(at < 0 ? (step > 0 ? 0 : found.length - 1) : (at + step + found.length) % found.length);
    else if (found.length) show(true), point(step > 0 ? 0 : found.length - 1);
    else if (field.value.trim().length >= SHORTEST) ask();
  }

  const keys = {
    ArrowDown: (event) => (event.altKey ? found.length && show(true) : move(1), true),
    ArrowUp: (event) => (event.altKey ? show(false) : move(-1), true),
    Enter: () => at >= 0 && (choose(list.children[at]), true),
    Escape: () => isOpen() && (stop(), true),
    // The caret moves in the field, as anywhere.
    Home: () => point(-1),
    End: () => point(-1),
    ArrowLeft: () => point(-1),
    ArrowRight: () => point(-1),
  };

  form.append(list, status);
  const attributes = { role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-controls": id };
  for (const each in attributes) field.setAttribute(each, attributes[each]);
  field.setAttribute("aria-expanded", "false");

  field.addEventListener("input", () => {
    clearTimeout(pause);
    request?.abort();
    point(-1);
    if (field.value.trim().length < SHORTEST) found = [], show(false);
    else pause = setTimeout(ask, PAUSE);
  });
  field.addEventListener("keydown", (event) => {
    if (!event.isComposing && keys[event.key]?.(event)) event.preventDefault();
  });
  field.addEventListener("blur", stop);
  form.addEventListener("submit", stop);
  // The focus stays in the field.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("li");
    if (option) choose(option);
  });
}

document.querySelectorAll("form[data-suggest]").forEach(enhance);
