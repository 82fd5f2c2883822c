const presses = 3;
const within = 5000;

/**
 * `<a data-leave href="…">Leave this page quickly</a>`, as GOV.UK's "Exit this page": the page goes blank at once, since the other site may take a moment; what comes takes the page's own place in
 * the history, so that Back does not lead here again; and Shift, three times within five seconds, is the same press. Without script the link alone leads away.
 */
export function leaveQuickly(page: Document): void {
  const link = page.querySelector<HTMLAnchorElement>("a[data-leave]");
  if (!link) return;

  const leave = () => {
    page.title = "";
    page.body.replaceChildren();
    location.replace(link.href);
  };
  link.addEventListener("click", event => {
    event.preventDefault();
    leave();
  });

  let times: number[] = [];
  page.addEventListener("keyup", event => {
    // Shift with another key is typing.
    times = event.key === "Shift" ? [...times.filter(time => event.timeStamp - time < within), event.timeStamp] : [];
    if (times.length >= presses) leave();
  });
  for (const hint of page.querySelectorAll<HTMLElement>("[data-leave-hint]")) hint.hidden = false;
}
