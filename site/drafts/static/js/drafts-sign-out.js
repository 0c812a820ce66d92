// Tells the other tabs that somebody has signed out: a sensitive text does not stay on their pages. See drafts.js.

function tell() {
  try {
    localStorage.setItem("drafts-signed-out", String(Date.now()));
  } catch {
    // A browser that keeps nothing has nothing to tell the other tabs with.
  }
}

document.querySelector("form[action*='/logout/']")?.addEventListener("submit", () => {
  // When the next page has come the session has ended: another tab that asks again is a stranger's.
  addEventListener("pagehide", tell);
});
