// What is pasted comes as blocks, headings, lists, quotes, links and emphasis; how it looked elsewhere stays there.

import { Fragment, Slice } from "prosemirror-model";
import { Plugin, Selection } from "prosemirror-state";
import { block, br, markOf, schema } from "./schema.js";

const HEADINGS = { H1: "h2", H2: "h2", H3: "h3", H4: "h3", H5: "h3", H6: "h3" };
const DROPPED = new Set(["STYLE", "SCRIPT", "HEAD", "TITLE", "META", "LINK", "TEMPLATE", "NOSCRIPT", "XML", "O:P", "OBJECT", "IFRAME", "SVG"]);
const PICTURES = new Set(["IMG", "PICTURE", "VIDEO", "V:IMAGEDATA"]);
const INLINE = new Set(["A", "B", "STRONG", "I", "EM", "SPAN", "U", "S", "FONT", "SUB", "SUP", "MARK", "CODE", "SMALL", "ABBR", "LABEL", "INS", "DEL", "CITE", "Q", "TIME"]);
const ADDRESS = /^(https?:|mailto:|tel:)/i;
// The signs that Word draws before the items of a list.
const BULLET = /^[\s\u00a0]*(?:[·•o§▪◦‣–\uf0b7\uf0a7-]|\d{1,3}[.)]|[a-zåäö][.)])[\s\u00a0]+/i;

/** What the policy of the page would refuse, and report, is read as words alone. */
const withoutStyles = (html) => html.replace(/<style[^>]*>[^]*?<\/style>/gi, "").replace(/\sstyle\s*=/gi, " data-style=");
const styleOf = (node) => node.dataset?.style || "";

class Cleaning {
  constructor() {
    this.blocks = [];
    this.current = null;
    this.pictures = 0;
  }

  begin(kind) {
    this.end();
    this.current = { kind, nodes: [] };
  }

  end() {
    if (this.current) this.blocks.push(this.current);
    this.current = null;
  }

  /** @param {string} text @param {import("prosemirror-model").Mark[]} marks @param {string} kind of a block that the words would begin */
  words(text, marks, kind) {
    const tidy = text.replace(/[\s\u00ad\u200b\ufeff]+/g, (found) => (/[^\u00ad\u200b\ufeff]/.test(found) ? " " : "")).normalize("NFC");
    if (!tidy || (!this.current && tidy === " ")) return;
    this.current ||= { kind, nodes: [] };
    this.current.nodes.push(schema.text(tidy, marks));
  }

  /** @param {Node} node @param {import("prosemirror-model").Mark[]} marks @param {string} kind */
  walk(node, marks, kind) {
    // No-break spaces between words of an editor's making are spaces.
    if (node.nodeType === Node.TEXT_NODE) return this.words(node.data.replace(/\u00a0/g, " "), marks, kind);
    if (node.nodeType !== Node.ELEMENT_NODE || DROPPED.has(node.nodeName.toUpperCase())) return;
    if (PICTURES.has(node.nodeName.toUpperCase())) return void (this.pictures += 1);
    if (node.nodeName === "BR") return this.current?.nodes.push(br.create());
    // Word puts the sign of a list item and the space after it here.
    if (/mso-list:\s*ignore/i.test(styleOf(node))) return;
    const inner = this.marksOf(node, marks);
    if (INLINE.has(node.nodeName) && !node.querySelector("p,div,ul,ol,table,h1,h2,h3,blockquote")) return this.each(node, inner, kind);
    this.blockOf(node, inner, kind);
  }

  each(node, marks, kind) {
    for (const child of [...node.childNodes]) this.walk(child, marks, kind);
  }

  blockOf(node, marks, kind) {
    const name = node.nodeName;
    const own = this.kindOf(node, kind);
    // An item that holds a paragraph is one block.
    if (name === "P" && this.current && !this.current.nodes.length) return this.each(node, marks, this.current.kind);
    if (["P", "DIV", "LI", "TR", "BLOCKQUOTE", "SECTION", "ARTICLE", "PRE", "DT", "DD"].includes(name) || HEADINGS[name]) {
      this.begin(own);
      this.each(node, HEADINGS[name] ? [] : marks, own);
      return this.end();
    }
    // The cells of a row are words of one line.
    if (name === "TD" || name === "TH") {
      if (this.current?.nodes.length) this.words(" ", [], kind);
      return this.cell(node, marks, kind);
    }
    this.end();
    this.each(node, marks, own);
    this.end();
  }

  cell(node, marks, kind) {
    for (const part of node.childNodes) {
      if (part.nodeType === Node.ELEMENT_NODE && part.nodeName === "P") this.each(part, marks, kind), this.words(" ", [], kind);
      else this.walk(part, marks, kind);
    }
  }

  kindOf(node, kind) {
    const style = styleOf(node);
    if (/mso-list:\s*l\d/i.test(style) || /MsoListParagraph/.test(node.className)) return this.wordList(node);
    if (/MsoQuote|MsoIntenseQuote/.test(node.className) || node.nodeName === "BLOCKQUOTE") return "quote";
    if (/MsoTitle|MsoSubtitle/.test(node.className)) return "h2";
    if (node.nodeName === "LI") return node.closest("ul,ol")?.nodeName === "OL" ? "ol" : "ul";
    return HEADINGS[node.nodeName] || kind;
  }

  /** A list item of Word: a paragraph whose sign says what list it is. Without a sign it goes on. */
  wordList(node) {
    const sign = node.querySelector("[data-style*='mso-list:Ignore' i], [data-style*='mso-list: Ignore' i]")?.textContent ?? "";
    const typed = sign || node.textContent.match(BULLET)?.[0] || "";
    if (!typed) return "p";
    if (!sign) this.dropFirst(node, typed.length);
    return /[\da-z][.)]/i.test(typed) ? "ol" : "ul";
  }

  dropFirst(node, count) {
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    for (let text = walker.nextNode(); text && count > 0; text = walker.nextNode()) {
      const taken = Math.min(count, text.data.length);
      text.data = text.data.slice(taken);
      count -= taken;
    }
  }

  marksOf(node, marks) {
    const style = styleOf(node);
    const fontWeight = style.match(/(?:^|[;\s])font-weight:\s*(\w+)/i)?.[1].toLowerCase();
    const fontStyle = style.match(/(?:^|[;\s])font-style:\s*(\w+)/i)?.[1].toLowerCase();
    const add = (mark) => (marks = mark.addToSet(marks));
    const isBold = ["B", "STRONG"].includes(node.nodeName);
    // Google Docs wraps everything in <b style="font-weight: normal">.
    if (fontWeight ? fontWeight === "bold" || Number(fontWeight) >= 600 : isBold) add(markOf("strong"));
    if (fontStyle ? fontStyle === "italic" : ["I", "EM"].includes(node.nodeName)) add(markOf("em"));
    const href = node.nodeName === "A" && (node.getAttribute("href") || "").trim();
    if (href && ADDRESS.test(href)) add(markOf("a", href));
    return marks;
  }
}

const TRIMMED = (nodes) => {
  const kept = [...nodes];
  const blank = (node) => node.type === br || (node.isText && !node.text.trim());
  while (kept.length && blank(kept[0])) kept.shift();
  while (kept.length && blank(kept.at(-1))) kept.pop();
  return Fragment.from(kept);
};

/** A line break twice in a row parts paragraphs. @returns {{kind: string, nodes: import("prosemirror-model").Node[]}[]} */
function parted({ kind, nodes }) {
  const parts = [[]];
  nodes.forEach((node, at) => {
    if (node.type === br && nodes[at + 1]?.type === br) parts.push([]);
    else if (!(node.type === br && nodes[at - 1]?.type === br)) parts.at(-1).push(node);
  });
  return parts.map((part) => ({ kind, nodes: part }));
}

/** @returns {{blocks: import("prosemirror-model").Node[], pictures: number}} */
export function cleaned(dom) {
  const cleaning = new Cleaning();
  cleaning.each(dom, [], "p");
  cleaning.end();
  const blocks = cleaning.blocks.flatMap(parted).map(({ kind, nodes }) => block.create({ kind }, TRIMMED(nodes)));
  return { blocks: blocks.filter((each) => each.content.size), pictures: cleaning.pictures };
}

/** Words of a single paragraph flow into the one that they are pasted into; more come as blocks of their own kinds. */
function sliceOf(blocks) {
  if (!blocks.length) return Slice.empty;
  if (blocks.length === 1 && blocks[0].attrs.kind === "p") return new Slice(Fragment.from(blocks), 1, 1);
  return new Slice(Fragment.from(blocks), blocks[0].attrs.kind === "p" ? 1 : 0, blocks.at(-1).attrs.kind === "p" ? 1 : 0);
}

/** Paragraphs of plain text: an empty line, or, where there is none, each line. */
export function plainBlocks(text) {
  const tidy = text.replace(/\r\n?/g, "\n").normalize("NFC").trim();
  const paragraphs = /\n[ \t]*\n/.test(tidy) ? tidy.split(/\n(?:[ \t]*\n)+/) : tidy.split("\n");
  return paragraphs.map((paragraph) => {
    const lines = paragraph.split("\n").map((line) => line.replace(/\s+/g, " ").trim()).filter(Boolean);
    return block.create(null, lines.flatMap((line, at) => [...(at ? [br.create()] : []), schema.text(line)]));
  }).filter((each) => each.content.size);
}

/** Blocks that are not plain paragraphs stay what they are where they need not flow into another one. */
function putBlocks(view, slice) {
  const first = slice.content.firstChild;
  if (first.type !== block || first.attrs.kind === "p") return false;
  const tr = view.state.tr.deleteSelection();
  const { $from } = tr.selection;
  const [isAtStart, isAtEnd] = [!$from.parentOffset, $from.parentOffset === $from.parent.content.size];
  if (!isAtStart && !isAtEnd) return false;
  const at = isAtEnd ? $from.after() : $from.before();
  tr.replaceWith(isAtStart && isAtEnd ? $from.before() : at, at, slice.content);
  tr.setSelection(Selection.near(tr.doc.resolve(tr.mapping.map(at)), -1));
  view.dispatch(tr.scrollIntoView().setMeta("paste", true));
  return true;
}

/** @param {(pictures: number) => void} tell what could not come with the words */
export function pastePlugin(tell) {
  return new Plugin({
    props: {
      clipboardParser: {
        parseSlice(dom) {
          const { blocks, pictures } = cleaned(dom);
          if (pictures) tell(pictures);
          return sliceOf(blocks);
        },
      },
      transformPastedHTML: withoutStyles,
      clipboardTextParser: (text) => sliceOf(plainBlocks(text)),
      handlePaste(view, event, slice) {
        if (slice.size) return putBlocks(view, slice);
        if (!event.clipboardData?.files.length) return false;
        // A picture alone, or a file: nothing to put anywhere.
        tell(event.clipboardData.files.length);
        return true;
      },
      handleDrop(_view, event, slice, isMoved) {
        if (isMoved || slice.size || !event.dataTransfer?.files.length) return false;
        tell(event.dataTransfer.files.length);
        event.preventDefault();
        return true;
      },
    },
  });
}
