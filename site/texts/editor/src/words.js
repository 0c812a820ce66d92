// What the page says, in its own language: the labels come with the page.

const language = document.documentElement.lang || "fi";
const numbers = new Intl.NumberFormat(language);
const plurals = new Intl.PluralRules(language);

/** @param {string | {one: string, other: string}} label @param {number} [n] @param {Record<string, string>} [names] */
export function say(label, n, names = {}) {
  const text = typeof label === "object" ? label[plurals.select(n) === "one" ? "one" : "other"] : (label ?? "");
  return Object.entries({ n: n === undefined ? "" : numbers.format(n), ...names }).reduce((said, [name, value]) => said.replaceAll(`{${name}}`, value), text);
}

/** @param {string} tag @param {Record<string, string | boolean>} attributes @param {...(Node | string)} children */
export function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== false) made.setAttribute(name, value === true ? "" : value);
  made.append(...children);
  return made;
}

/** Short words of the text for a list or a heading. */
export const clipped = (text, longest = 60) => (text.length > longest ? `${text.slice(0, longest - 1).trimEnd()}…` : text);

/** Says things to those who do not see the page change. */
export class Announcer {
  constructor() {
    this.element = make("p", { role: "status", class: "hidden", "data-draft-skip": true });
  }

  say(text) {
    // The same words again would not be heard.
    this.element.textContent = this.element.textContent === text ? `${text}\u00a0` : text;
  }
}
