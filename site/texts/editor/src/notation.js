// The plain form of a text, as it is written without this editor. site/texts/notation_in.py reads the same; the tests compare.

import { addressOf } from "./link.js";

/** @typedef {import("./flat.js").Flat} Flat */

const GAP = "[ \\t\\u00a0\\u202f]";
const HEADING = new RegExp(`^(#{1,6})${GAP}+(.*)$`);
const ITEM = new RegExp(`^[-*•–·]${GAP}+(.*)$`);
const NUMBERED = new RegExp(`^([0-9]{1,3})[.)]${GAP}+(.*)$`);
const QUOTE = new RegExp(`^>${GAP}?(.*)$`);
const INDENTED = /^(?: {2,}|\t)\s*\S/;
const ADDRESS = "(?:\\\\[()\\\\]|[^\\s()\\\\]|\\((?:\\\\[()\\\\]|[^\\s()\\\\])*\\))+";
const TOKEN = new RegExp(`\\\\(?<sign>[\\\\*\\[\\]#>•–·.)-])|(?<stars>\\*+)|(?<open>\\[)|\\]\\((?<address>${ADDRESS})\\)|(?<close>\\])`, "g");
const KINDS = { 1: ["em"], 2: ["strong"], 3: ["strong", "em"] };

/** The kind of block that a line begins, its number in a list, and what it says. */
function begins(line, number) {
  let found;
  if ((found = line.match(HEADING))) return [found[1].length <= 2 ? "h2" : "h3", number, found[2]];
  if ((found = line.match(ITEM))) return ["ul", number, found[1]];
  if ((found = line.match(NUMBERED)) && [1, number + 1].includes(Number(found[1]))) return ["ol", Number(found[1]), found[2]];
  if ((found = line.match(QUOTE))) return ["quote", number, found[1]];
  return ["", number, line];
}

/** Whether a line without a sign belongs to the block above it. */
const goesOn = (kind, line) => kind === "p" || (kind && kind !== "quote" && INDENTED.test(line));

function* blocksOf(lines) {
  let [kind, held, number] = ["", [], 0];
  for (const line of lines) {
    const words = line.trim();
    let [began, at, content] = begins(words, number);
    number = at;
    const ends = !words || (began ? !(began === "quote" && kind === "quote" && content) : !goesOn(kind, line));
    if (ends && kind) yield [kind, held.join("\u2028")];
    if (!words || (began === "quote" && !content)) [kind, held] = ["", []];
    else if (ends) [kind, held] = [began || "p", [content]];
    else held.push(content);
    number = !words || kind === "ol" ? number : 0;
  }
  if (kind) yield [kind, held.join("\u2028")];
}

const isSpaceAt = (source, at) => !source[at] || /\s/.test(source[at]);

/** Words and their marks; a sign counts only when its other half is there. */
function inline(source) {
  const tokens = [...source.matchAll(TOKEN)];
  const kindsOf = (token) => KINDS[token.groups.stars?.length] || [];
  const follows = (token) => token.index > 0 && !isSpaceAt(source, token.index - 1);
  const lastClosing = {};
  for (const token of tokens) if (follows(token)) for (const kind of kindsOf(token)) lastClosing[kind] = token.index;
  const [begun, marks] = [{}, []];
  let [text, link, here] = ["", null, 0];
  const length = () => [...text].length;
  const stars = (token) => {
    let left = token[0];
    const precedes = !isSpaceAt(source, token.index + token[0].length);
    for (const kind of kindsOf(token)) {
      if (kind in begun && follows(token)) marks.push([begun[kind], length(), kind]), delete begun[kind];
      else if (!(kind in begun) && precedes && lastClosing[kind] > token.index) begun[kind] = length();
      else continue;
      left = left.slice(kind === "strong" ? 2 : 1);
    }
    text += left;
  };
  tokens.forEach((token, at) => {
    const { sign, open, address } = token.groups;
    text += source.slice(here, token.index);
    here = token.index + token[0].length;
    if (sign) text += sign;
    else if (token.groups.stars) stars(token);
    else if (open) {
      const after = tokens.slice(at + 1).find(({ groups }) => groups.open || groups.close || groups.address);
      const known = after?.groups.address && after.index > here && addressOf(after.groups.address.replace(/\\([()\\])/g, "$1"));
      if (known) link = [length(), known];
      else text += "[";
    } else if (address && link) marks.push([link[0], length(), "a", link[1]]), (link = null);
    else text += token[0];
  });
  return { text: text + source.slice(here), marks };
}

/** @param {string} text @returns {Flat} */
export function flatOfNotation(text) {
  const flat = { text: "", blocks: [], marks: [] };
  let length = 0;
  for (const [kind, source] of blocksOf(text.split(/\r\n|[\r\n\u2028\u2029\x85\x0b\x0c]/))) {
    const words = inline(source);
    flat.text += `${words.text}\n`;
    flat.blocks.push(kind);
    flat.marks.push(...words.marks.map(([start, end, ...rest]) => [start + length, end + length, ...rest]));
    length += [...words.text].length + 1;
  }
  return flat;
}
