/**
 * A form that is being sent is not sent a second time by an impatient second press. The server keeps what must hold
 * (B3: one live booking a person and session); this only spares the reader a needless answer.
 */
export function sendOnce(page: Document): void {
  for (const form of page.querySelectorAll<HTMLFormElement>("form[method=post]")) {
    let sent = false;
    form.addEventListener("submit", event => {
      if (sent) {
        event.preventDefault();
        return;
      }
      sent = true;
      // An answer that is a download leaves the page where it is, so it may be sent again.
      setTimeout(() => (sent = false), 5000);
    });
    // So may a page that the browser's Back button brought back.
    window.addEventListener("pageshow", () => (sent = false));
  }
}
