// Keeps what is written in a form: on this device at once, on the server seconds later, and says which of them is true.
// Without this the form posts as ever. See site/drafts/README.md.

/** @typedef {Record<string, string[]>} Fields  name of the field → its values */
/** @typedef {{base: number, turn: number, device: string, at: number, fields: Fields}} Copy */
/** @typedef {{version: number, saved_at: string, status: string, fields: Fields, message?: string}} Answer */

const PAUSE = 2000; // ms after the last key
const LONGEST_PAUSE = 10000; // ms, while somebody goes on typing
const PATIENCE = 15000; // ms for an answer
const LOOK_PAUSE = 2000; // coming back is told in several ways
const FIRST_RETRY = 2000;
const LAST_RETRY = 60000;
const LARGEST_KEPT_ALIVE = 60000; // bytes that browsers send for a page that is gone
const KEPT_DAYS = 30;
const NOT_TEXT = new Set(["csrfmiddlewaretoken", "draft-version"]);
const NOT_KEPT = new Set(["password", "file", "submit", "button", "image", "reset"]);
const SIGNED_OUT = "drafts-signed-out";
// What only the writer ends; what keeps the form from being sent.
const CHOICES = ["clash", "newer", "discarded", "finished"];
const OBSTACLES = [...CHOICES, "out", "someone", "offline"];

/** @param {HTMLFormElement} form */
const kept = (form) =>
  [...form.elements].filter((each) => each.name && !NOT_TEXT.has(each.name) && !NOT_KEPT.has(each.type) && !("draftSkip" in each.dataset));

/** @param {HTMLFormElement} form @returns {Fields} a list without values where nothing is chosen */
function read(form) {
  const data = new FormData(form);
  return Object.fromEntries(kept(form).map(({ name }) => [name, data.getAll(name).map(String)]));
}

/** The same for the same fields, in whatever order they come. @param {Fields} fields */
const textOf = (fields) => JSON.stringify(Object.entries(fields).sort());

/** @param {HTMLFormElement} form @param {Fields} fields */
function fill(form, fields) {
  const place = {};
  for (const each of kept(form)) {
    const values = fields[each.name] || [];
    if (each.type === "checkbox" || each.type === "radio") each.checked = values.includes(each.value);
    else if (each.options) for (const option of each.options) option.selected = values.includes(option.value);
    else each.value = values[(place[each.name] = (place[each.name] ?? -1) + 1)] ?? "";
  }
  form.dispatchEvent(new CustomEvent("draft:filled", { bubbles: true }));
}

/** A browser that keeps nothing, or is full, refuses. */
function attempt(act, otherwise) {
  try {
    return act();
  } catch {
    return otherwise;
  }
}

const device = {
  /** @returns {boolean} whether it is there */
  write: (key, copy) => attempt(() => (localStorage.setItem(key, JSON.stringify(copy)), true), false),
  /** @returns {Copy | null} */
  read: (key) => attempt(() => JSON.parse(localStorage.getItem(key)), null),
  remove: (key) => attempt(() => localStorage.removeItem(key)),
  keys: (prefix) => attempt(() => Object.keys(localStorage).filter((key) => key.startsWith(prefix)), []),
  /** Forget what nobody has come back to. */
  tidy() {
    const oldest = Date.now() - KEPT_DAYS * 864e5;
    for (const key of device.keys("draft:")) if (!(device.read(key)?.at > oldest)) device.remove(key);
  },
};

/** The copies of tabs that are open: each holds a lock by the name of its copy. */
const openTabs = async () => new Set(((await navigator.locks?.query())?.held || []).map(({ name }) => name));

/** As pages tell it: 4.05, in English 04:05. */
const clock = (moment) =>
  new Date(moment).toLocaleTimeString(document.documentElement.lang === "en" ? "en-GB" : "fi", {
    timeStyle: "short", timeZone: "Europe/Helsinki",
  });

class Draft {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    const { draft, draftName, draftPerson, draftVersion, draftSensitive, draftUnsaved } = form.dataset;
    this.form = form;
    this.url = draft;
    this.person = draftPerson;
    this.isSensitive = draftSensitive !== undefined;
    this.version = Number(draftVersion);
    this.id = crypto.randomUUID?.() || String(Math.random()).slice(2);
    this.prefix = `draft:${draftPerson}:${draftName}:`;
    this.turn = 0;
    this.retry = FIRST_RETRY;
    /** What the server is known to have. */
    this.known = draftUnsaved === undefined ? this.text() : "";
    this.panel = form.querySelector("[data-draft-panel]");
    this.listen();
    this.begin();
  }

  get key() {
    return this.prefix + this.id;
  }

  text() {
    return textOf(read(this.form));
  }

  get isUnsaved() {
    return this.text() !== this.known;
  }

  get words() {
    return this.panel?.querySelector("[data-draft-words]").dataset || {};
  }

  /** Say what is true. @param {string} state @param {{time?: string | number, message?: string}} [more] */
  show(state, { time, message } = {}) {
    // Heard only when something has changed: not at every save.
    const isNews = state !== this.state && state !== "device" && !(state === "server" && this.heard);
    if (state !== "device") this.heard = state === "server";
    this.state = state;
    if (!this.panel) return;
    const [where, told] = this.panel.querySelectorAll("[data-draft-state], [data-draft-told]");
    const alone = this.isSensitive || this.isAlone ? "Alone" : "";
    where.textContent = message || (this.words[state + alone] ?? this.words[state] ?? "").replace("{time}", time && clock(time));
    if (isNews) told.textContent = where.textContent;
    this.panel.dataset.draftPanel = state;
    for (const each of this.panel.querySelectorAll("[data-draft-when]"))
      each.hidden = !each.dataset.draftWhen.split(" ").includes(state);
  }

  keepHere() {
    const copy = { base: this.version, turn: this.turn, device: this.id, at: Date.now(), fields: read(this.form) };
    if (!this.isSensitive) this.isAlone = !device.write(this.key, copy);
    // A state that asks for something stays until that is done.
    if (!OBSTACLES.includes(this.state)) this.show("device", { time: copy.at });
  }

  /** Go on from what tabs that are gone could not send any more: the last text here, older ones to the server. */
  async begin() {
    const open = await openTabs();
    const left = device.keys(this.prefix).filter((key) => !open.has(key));
    const copies = left.map((key) => device.read(key)).filter(Boolean);
    copies.sort((a, b) => b.at - a.at);
    left.forEach(device.remove);
    const [last, ...older] = copies.filter(({ fields }) => textOf(fields) !== this.text());
    if (last) this.takeUp(last);
    navigator.locks?.request(this.key, () => new Promise(() => {}));
    for (const copy of older) {
      const told = JSON.stringify({ ...copy, turn: copy.turn + 1 });
      if (!(await this.ask("PUT", told))) device.write(this.prefix + copy.device, copy);
    }
    if (this.isUnsaved) this.save();
  }

  /** @param {Copy} copy */
  takeUp(copy) {
    fill(this.form, copy.fields);
    // Under the name of that tab: the server knows what of it came.
    Object.assign(this, { id: copy.device, turn: copy.turn, version: copy.base });
    this.keepHere();
    this.show("restored", { time: copy.at });
  }

  listen() {
    for (const name of ["input", "change"]) this.form.addEventListener(name, () => this.changed());
    this.form.addEventListener("focusout", () => this.save());
    this.form.addEventListener("submit", (event) => this.submit(event));
    this.panel?.addEventListener("click", ({ target }) => {
      if (!target.dataset.draftDo) return;
      this[target.dataset.draftDo]();
      // The button goes; the focus does not go with it.
      kept(this.form).find((each) => each.type !== "hidden")?.focus();
    });
    addEventListener("online", () => this.save());
    addEventListener("focus", () => this.look());
    addEventListener("pageshow", (event) => event.persisted && ((this.isSending = false), this.look()));
    addEventListener("pagehide", () => this.save(true));
    document.addEventListener("visibilitychange", () => (document.hidden ? this.save(true) : this.look()));
    addEventListener("beforeunload", (event) => {
      if ((this.isSensitive || this.isAlone) && this.isUnsaved && !this.isSending) event.preventDefault();
    });
    addEventListener("storage", ({ key }) => {
      // Whoever comes next must not find the text on the page either.
      if (key === SIGNED_OUT && this.isSensitive) (this.isSending = true), location.reload();
    });
  }

  changed() {
    if (this.isSending || this.state === "finished") return;
    if (!this.isUnsaved) {
      // What was changed has been changed back.
      device.remove(this.key);
      return this.state === "device" && this.show("same");
    }
    this.since ||= Date.now();
    this.keepHere();
    this.soon(Math.min(PAUSE, Math.max(0, this.since + LONGEST_PAUSE - Date.now())));
  }

  soon(pause = PAUSE) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), pause);
  }

  /** Save what is unsaved. @param {boolean} [isLeaving] the page may be gone before the answer comes */
  async save(isLeaving = false) {
    if (CHOICES.includes(this.state) || this.isSending || !this.isUnsaved) return;
    if (this.talk && !isLeaving) return this.talk;
    this.talk = this.send(isLeaving).finally(() => (this.talk = null));
    return this.talk;
  }

  async send(isLeaving, isSecond = false) {
    clearTimeout(this.timer);
    const fields = read(this.form);
    const text = textOf(fields);
    const told = JSON.stringify({ base: this.version, turn: ++this.turn, device: this.id, fields });
    const response = await this.ask("PUT", told, isLeaving && told.length < LARGEST_KEPT_ALIVE);
    if (!response) return this.later();
    this.retry = FIRST_RETRY;
    // The token is old when somebody has signed in since.
    if (response.status === 403 && !response.answer && !isSecond) return (await this.renew()) && this.send(isLeaving, true);
    this.heed(response, text);
  }

  /** @returns {Promise<{status: number, answer: Answer & {error?: string} | null} | null>} null: no answer came */
  async ask(method, body, keepalive = false) {
    const headers = { "X-CSRFToken": this.token, "X-Draft-Person": this.person, "Content-Type": "application/json" };
    try {
      const response = await fetch(this.url, { method, body, headers, keepalive, signal: AbortSignal.timeout(PATIENCE) });
      if (response.status >= 500) return null;
      const answer = await response.json().catch(() => null);
      return response.ok && !answer ? null : { status: response.status, answer };
    } catch {
      return null;
    }
  }

  get token() {
    return this.form.elements.csrfmiddlewaretoken?.value || "";
  }

  /** No answer: again and again, ever more slowly, until there is one. */
  later() {
    this.show("offline");
    this.soon(this.retry * (0.75 + Math.random() / 2));
    this.retry = Math.min(this.retry * 2, LAST_RETRY);
  }

  /** @param {{status: number, answer: Answer | null}} response @param {string} text what was sent */
  heed({ status, answer }, text) {
    if (status === 200) return this.saved(answer, text);
    if (status === 409) return this.clash(answer, answer.status === "open" ? "clash" : "discarded");
    if (status === 401) return this.show("out");
    if (status === 410) return this.finished(answer);
    if (["someone-else", "signed-in"].includes(answer?.error)) return this.show("someone", answer);
    if (status === 429) this.soon(LAST_RETRY);
    this.show("refused", { message: answer?.message });
  }

  saved(answer, text) {
    this.setVersion(answer.version);
    this.known = text;
    this.since = 0;
    if (this.isUnsaved) return this.soon();
    device.remove(this.key);
    this.show("server", { time: answer.saved_at });
  }

  setVersion(version) {
    this.version = version;
    const field = this.form.elements["draft-version"];
    if (field) field.value = version;
  }

  finished(answer) {
    clearTimeout(this.timer);
    device.remove(this.key);
    this.show("finished", answer);
  }

  /** @param {Answer} answer the text of another tab or device */
  clash(answer, state) {
    clearTimeout(this.timer);
    this.other = answer;
    // The server keeps both from now on.
    if (state !== "newer") device.remove(this.key);
    this.show(state, { time: answer.saved_at });
  }

  /** Put the other text in place of this one, which the server keeps beside it. */
  take() {
    fill(this.form, this.other.fields);
    this.known = this.text();
    this.setVersion(this.other.version);
    this.since = 0;
    this.show(this.state === "clash" ? "taken" : "server", { time: this.other.saved_at });
  }

  /** Go on with this text; the server keeps the other one beside it. */
  async keep() {
    const wasNewer = this.state === "newer";
    this.state = this.known = "";
    // First as one who does not know of the other text, so that this one is kept in any case.
    if (wasNewer) await this.save();
    if (wasNewer && this.state !== "clash") return;
    this.state = "";
    this.setVersion(this.other.version);
    await this.save();
  }

  /** Back at the page: is the person still the same, and the text? */
  async look() {
    if (this.isSending || this.talk || CHOICES.includes(this.state) || Date.now() - this.looked < LOOK_PAUSE) return;
    this.looked = Date.now();
    const answer = await this.renew();
    if (!answer) return;
    if (answer.status === "finished" && answer.version > this.version) return this.finished({ message: this.words.finished });
    if (this.isUnsaved) return this.save();
    if (answer.status !== "open" || answer.version <= this.version) return;
    if (textOf(answer.fields) === this.text()) this.setVersion(answer.version);
    else this.clash(answer, "newer");
  }

  /** Ask who is signed in and take over the token of their session; null where that is not who wrote this. */
  async renew() {
    const response = await this.ask("GET");
    if (!response) return null;
    if (response.status !== 200) return this.heed(response), null;
    const token = this.form.elements.csrfmiddlewaretoken;
    if (token) token.value = response.answer.csrf;
    if (["out", "someone", "offline"].includes(this.state)) this.show("back");
    return response.answer;
  }

  /** Send what will arrive: not without a connection, not signed out. */
  async submit(event) {
    if (this.isSending || event.defaultPrevented) return;
    event.preventDefault();
    if (this.isChecking) return;
    this.isChecking = true;
    const { submitter } = event;
    await this.talk;
    if (this.isUnsaved) await this.save();
    else if (!(await this.renew()) && !OBSTACLES.includes(this.state)) this.show("offline");
    this.isChecking = false;
    if (OBSTACLES.includes(this.state)) return this.panel?.scrollIntoView({ block: "nearest" });
    this.isSending = true;
    clearTimeout(this.timer);
    device.remove(this.key);
    this.form.requestSubmit(submitter);
  }
}

device.tidy();
document.querySelectorAll("form[data-draft]").forEach((form) => new Draft(form));
// The page after sending names what was sent.
for (const { dataset } of document.querySelectorAll("[data-draft-finished]"))
  device.keys(`draft:${dataset.draftPerson}:${dataset.draftFinished}:`).forEach(device.remove);
