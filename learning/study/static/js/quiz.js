// Counts down what is left of an attempt, and marks in the contents what has been answered.
// The server's clock decides: the page only counts from the seconds that it told, so a wrong clock here does no harm.

const SECOND = 1000;
// A teacher may give more time, or less, while the page is open.
const ASK_EVERY = 60 * SECOND;
const NEWS = [[300, "fiveText"], [60, "oneText"]];
// Beyond this many seconds minutes say enough.
const IN_SECONDS = 120;

class Timer {
  constructor(box) {
    this.box = box;
    this.words = box.dataset;
    this.field = box.querySelector("[data-timer-left]");
    this.told = box.querySelector("[data-timer-told]");
    this.until = document.querySelector("[data-timer-until]");
    // Without an end there is nothing to count, but a teacher may set one meanwhile.
    this.from(this.words.left ? Number(this.words.left) : Infinity);
    // What is past already is no news.
    this.heard = NEWS.filter(([seconds]) => this.left <= seconds).map(([seconds]) => seconds);
    this.offerToHide();
    document.addEventListener("visibilitychange", () => document.hidden || this.ask());
    setInterval(() => document.hidden || this.ask(), ASK_EVERY);
    addEventListener("pageshow", (event) => event.persisted && this.ask());
    this.step();
  }

  /** Monotonic: changing the clock of the device changes nothing. */
  from(seconds) {
    this.ends = performance.now() + seconds * SECOND;
  }

  get left() {
    return Math.max(0, Math.ceil((this.ends - performance.now()) / SECOND));
  }

  /** The page may have been asleep, and a teacher may have given more time. */
  async ask() {
    try {
      const response = await fetch(this.words.clock, { headers: { Accept: "application/json" } });
      if (!response.ok) return;
      const { left, open, until } = await response.json();
      if (!open) return this.leave();
      if (left !== null) this.from(left);
      if (until && until !== this.until.textContent) this.tellEnd(until);
    } catch {
      // Without a connection the page goes on counting.
    }
  }

  tellEnd(sentence) {
    this.until.parentElement.hidden = false;
    this.until.textContent = this.told.textContent = sentence;
  }

  step() {
    clearTimeout(this.timer);
    this.show();
    if (this.left <= 0 && !this.isEnding) return this.end();
    this.timer = setTimeout(() => this.step(), SECOND);
  }

  show() {
    const left = this.left;
    if (this.field && "hasTimer" in this.words) {
      const [text, number] = left > IN_SECONDS ? [this.words.minutesText, Math.ceil(left / 60)] : [this.words.secondsText, left];
      this.field.textContent = text.replace("{number}", number);
    }
    for (const [seconds, name] of NEWS) {
      if (left > seconds || this.heard.includes(seconds)) continue;
      this.heard.push(seconds);
      this.told.textContent = this.words[name];
    }
  }

  end() {
    this.isEnding = true;
    this.told.textContent = this.words.endedText;
    // Leaving a field saves: what was written last is on its way before the grace ends.
    document.querySelector("[data-attempt]")?.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
    setTimeout(() => this.leave(), (Number(this.words.grace) + 1) * SECOND);
  }

  leave() {
    location.replace(this.words.page);
  }

  offerToHide() {
    const button = this.box.querySelector("[data-timer-toggle]");
    if (!button) return;
    const hide = button.textContent;
    button.hidden = this.field.hidden = false;
    button.addEventListener("click", () => {
      this.field.hidden = !this.field.hidden;
      button.textContent = this.field.hidden ? button.dataset.showText : hide;
    });
  }
}

function isFilled(each) {
  if (["hidden", "submit", "button"].includes(each.type)) return false;
  return ["radio", "checkbox"].includes(each.type) ? each.checked : each.value.trim() !== "";
}

function markContents(form) {
  for (const link of form.querySelectorAll("[data-question]")) {
    const own = [...form.elements].filter((each) => each.name.startsWith(link.dataset.question));
    const locked = document.querySelector(`${link.hash} .case__chosen`);
    const isAnswered = own.some(isFilled) || locked !== null;
    link.classList.toggle("is-answered", isAnswered);
    link.querySelector("[data-state]").textContent = isAnswered ? `, ${link.dataset.answeredText}` : "";
  }
}

const form = document.querySelector("[data-attempt]");
if (form) {
  for (const name of ["change", "input", "draft:filled"]) form.addEventListener(name, () => markContents(form));
}
const box = document.querySelector("[data-left]");
if (box) new Timer(box);
