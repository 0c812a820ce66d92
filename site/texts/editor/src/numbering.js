// Numbered items are lists of one to the browser; each is told its number.

import { Plugin } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";

export function numbering() {
  let drawn = { doc: null };
  return new Plugin({
    props: {
      decorations({ doc }) {
        if (drawn.doc === doc) return drawn.set;
        const numbers = [];
        let number = 0;
        doc.forEach((node, pos) => {
          number = node.attrs.kind === "ol" ? number + 1 : 0;
          if (number > 1) numbers.push(Decoration.node(pos, pos + node.nodeSize, { start: String(number) }));
        });
        drawn = { doc, set: DecorationSet.create(doc, numbers) };
        return drawn.set;
      },
    },
  });
}
