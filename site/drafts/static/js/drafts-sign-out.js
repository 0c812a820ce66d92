// Tells the other tabs that somebody signs out: a sensitive text does not stay on their pages. See drafts.js.

document.querySelector("form[action*='/logout/']")?.addEventListener("submit", () => {
  try {
    localStorage.setItem("drafts-signed-out", String(Date.now()));
  } catch {
    // A browser that keeps nothing has nothing to tell the other tabs with.
  }
});
