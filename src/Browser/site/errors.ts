/**
 * A page that came back with mistakes puts the focus on the summary of them, and a press on a line there goes to the field
 * and its label, not under the header. Without script both are links to the fields.
 */
export function errorSummary(page: Document): void {
  const summary = page.querySelector<HTMLElement>(".govuk-error-summary");
  if (!summary) return;

  summary.addEventListener("click", event => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[href^='#']");
    const field = link && page.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!field) return;
    event.preventDefault();
    (field.closest(".govuk-form-group") ?? field).scrollIntoView();
    field.focus({ preventScroll: true });
  });

  summary.focus();
}
