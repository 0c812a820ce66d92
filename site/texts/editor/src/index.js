// The editor of blog texts. Without it the page has a textarea; see blog/_editor.html for what the page gives.

import { Editor } from "./editor.js";

for (const root of document.querySelectorAll("[data-editor]")) if (root.querySelector("[data-editor-body]")) new Editor(root);
