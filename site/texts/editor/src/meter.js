// How long the text is: drawn at every key, spoken when that means something new, or now and then after a pause.

import { say } from "./words.js";

const PAUSE = 5000; // ms after the last key
const REST = 30000; // ms between two
const WIDTH = 600; // of the drawing, as templates/texts/_meter.html has it
const LETTER = /[\p{L}\p{N}]/u;

/** The server's rule (texts/counting.py): signs between spaces with a letter or a number among them. @param {string} text */
export const wordsIn = (text) => text.split(/\s+/u).filter((word) => LETTER.test(word)).length;

/** @typedef {{least: number, most: number, unit: string}} Aim no least or no most is 0 */

/** @param {HTMLElement} root @returns {Aim} */
export function aimOf({ dataset }) {
  const [least, most] = (dataset.aim || "0-0").split("-").map(Number);
  return { least, most, unit: dataset.unit || "characters" };
}

/** @param {number} count @param {Aim} aim @returns {"under" | "fits" | "over"} */
export const standing = (count, { least, most }) => (count < least ? "under" : most && count > most ? "over" : "fits");

export class Meter {
  /** @param {HTMLElement | null} element @param {Aim} aim @param {import("./words.js").Announcer} announcer */
  constructor(element, aim, labels, announcer) {
    Object.assign(this, { element, aim, labels, announcer, toldAt: 0 });
  }

  words(count) {
    const { least, most, unit } = this.aim;
    if (!least && !most) return "";
    const state = standing(count, this.aim);
    const { [unit === "words" ? "words_under" : "meter_under"]: under, [unit === "words" ? "words_over" : "meter_over"]: over } = this.labels;
    if (state === "under") return say(under, least - count);
    return state === "over" ? say(over, count - most) : say(this.labels.meter_fits);
  }

  /** @param {import("./flat.js").Reading} reading @param {boolean} [isFirst] the page has said it already */
  show(reading, isFirst = false) {
    const count = this.aim.unit === "words" ? wordsIn(reading.text) : reading.characters;
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
    put("count", this.length());
    put("state", this.words(this.count));
    const badge = part("state");
    badge?.classList.toggle("badge--ok", state === "fits");
    badge?.classList.toggle("badge--note", state !== "fits");
    const share = Math.min(1, this.count / Number(this.element.dataset.shown || 1));
    part("load")?.setAttribute("transform", `translate(${share * WIDTH} 0)`);
  }

  length() {
    return say(this.labels[this.aim.unit], this.count);
  }

  tell() {
    this.toldAt = Date.now();
    this.announcer.say(`${this.length()}. ${this.words(this.count)}`.trim());
  }
}
