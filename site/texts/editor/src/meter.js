// How long the text is: drawn at every key, spoken when that means something new, or now and then after a pause.

import { say } from "./words.js";

const PAUSE = 5000; // ms after the last key
const REST = 30000; // ms between two
const WIDTH = 600; // of the drawing, as blog/_meter.html has it
const PER_CHARACTER = 7; // characters for a unit of the drawing

/** @param {number} count @param {[number, number]} aim @returns {"under" | "fits" | "over"} */
export const standing = (count, [least, most]) => (count < least ? "under" : count > most ? "over" : "fits");

export class Meter {
  /** @param {HTMLElement | null} element @param {[number, number]} aim @param {import("./words.js").Announcer} announcer */
  constructor(element, aim, labels, announcer) {
    Object.assign(this, { element, aim, labels, announcer, toldAt: 0 });
  }

  words(count) {
    const [least, most] = this.aim;
    const state = standing(count, this.aim);
    if (state === "under") return say(this.labels.meter_under, least - count);
    return state === "over" ? say(this.labels.meter_over, count - most) : say(this.labels.meter_fits);
  }

  /** @param {number} count @param {boolean} [isFirst] the page has said it already */
  show(count, isFirst = false) {
    if (count === this.count) return;
    const state = standing(count, this.aim);
    const isNews = !isFirst && state !== this.state;
    Object.assign(this, { count, state });
    if (this.element) this.draw(state);
    clearTimeout(this.timer);
    if (isNews) this.tell();
    else if (!isFirst) this.timer = setTimeout(() => this.tell(), Math.max(PAUSE, this.toldAt + REST - Date.now()));
  }

  draw(state) {
    const part = (name) => this.element.querySelector(`[data-meter-${name}]`);
    const put = (name, text) => part(name) && (part(name).textContent = text);
    this.element.dataset.state = state;
    put("count", say(this.labels.characters, this.count));
    put("state", this.words(this.count));
    const badge = part("state");
    badge?.classList.toggle("badge--ok", state === "fits");
    badge?.classList.toggle("badge--note", state !== "fits");
    part("load")?.setAttribute("transform", `translate(${Math.min(WIDTH, this.count / PER_CHARACTER)} 0)`);
  }

  tell() {
    this.toldAt = Date.now();
    this.announcer.say(`${say(this.labels.characters, this.count)}. ${this.words(this.count)}`);
  }
}
