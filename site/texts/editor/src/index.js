// The editor of texts. Without it the page has a textarea; see templates/texts/_body.html for what the page gives.

import { Editor } from "./editor.js";

for (const root of document.querySelectorAll("[data-editor]")) if (root.querySelector("[data-editor-body]")) new Editor(root);
