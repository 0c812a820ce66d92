// A button that copies a text. Without this the text is selected and copied by hand.

for (const place of document.querySelectorAll("[data-copy]")) {
  const button = place.querySelector("[data-copy-do]");
  const text = place.querySelector("[data-copy-text]");
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.value);
      place.querySelector("[data-copy-told]").textContent = button.dataset.done;
    } catch {
      // Not allowed here: the text is selected for copying by hand.
      text.focus();
      text.select();
    }
  });
}
