/**
 * `<div data-refresh="2">…</div>`: something that goes on elsewhere. Its part of the page is asked for again every so many seconds and put in place of the old, until the page says that
 * it has ended; then the whole page is. Without script a link beside it does the same.
 */
export function refreshing(page: Document): void {
  const part = page.querySelector<HTMLElement>("[data-refresh]");
  if (!part) return;

  const again = async (): Promise<void> => {
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector<HTMLElement>("[data-refresh]");
      if (!answer.ok || !fresh) {
        location.reload();
        return;
      }
      part.innerHTML = fresh.innerHTML;
    } catch {
      // The network is gone for a moment; what is shown is what was last known.
    }
    setTimeout(again, wait);
  };

  const wait = Math.max(1, Number(part.dataset.refresh)) * 1000;
  setTimeout(again, wait);
}
