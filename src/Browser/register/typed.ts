// A register that is typed from paper: a letter goes on to the next person by itself, arrow keys move, initials or a part of a name go to somebody.
const form = document.querySelector<HTMLFormElement>("form[data-typed]");
const rows = form ? [...form.querySelectorAll("tbody tr")].map(row => [...row.querySelectorAll("input")]) : [];

const go = (row: number, column: number): boolean => {
  const input = rows[row]?.[column];
  input?.focus();
  input?.select();
  return input !== undefined;
};

const placeOf = (input: EventTarget | null): [number, number] | undefined => {
  for (const [row, inputs] of rows.entries()) {
    const column = inputs.indexOf(input as HTMLInputElement);
    if (column >= 0) return [row, column];
  }
  return undefined;
};

form?.addEventListener("input", event => {
  const place = placeOf(event.target);
  if (place && /^[yanp]$/i.test((event.target as HTMLInputElement).value)) go(place[0] + 1, place[1]);
});

form?.addEventListener("keydown", event => {
  const place = placeOf(event.target);
  if (!place) return;
  const [row, column] = place;
  // Enter goes on, as in a spreadsheet; the form is sent by its button.
  const to = event.key === "ArrowDown" || event.key === "Enter" ? [row + 1, column] : event.key === "ArrowUp" ? [row - 1, column] : undefined;
  if (!to) return;
  event.preventDefault();
  go(to[0]!, to[1]!);
});

let last = -1;

const initialsOf = (name: string): string => name.split(/[\s-]+/u).map(word => word.charAt(0)).join("").toLowerCase();

const find = form?.querySelector<HTMLInputElement>("[name=go]");
if (form && find) {
  form.querySelector<HTMLElement>(".app-typed__go")!.hidden = false;
  const names = [...form.querySelectorAll("tbody th")].map(cell => cell.textContent?.trim() ?? "");
  find.addEventListener("keydown", event => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const wanted = find.value.trim().toLowerCase();
    if (wanted === "") return;
    // Whoever comes after the one before, so that the same initials again go to the next.
    const order = [...names.keys()].map(index => (index + last + 1) % names.length);
    const found = order.find(index => initialsOf(names[index]!) === wanted) ?? order.find(index => names[index]!.toLowerCase().includes(wanted));
    find.setCustomValidity(found === undefined ? "Nobody on this register is called so" : "");
    find.reportValidity();
    if (found !== undefined && go((last = found), 0)) find.value = "";
  });
  find.addEventListener("input", () => find.setCustomValidity(""));
}

