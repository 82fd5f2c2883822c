import { count } from "./element.ts";
import { keyOf, wordOf, type Choice } from "./mark.ts";
import type { Row } from "./sheet.ts";
import type { Kept } from "./queue.ts";
import type { Tablet } from "./tablet.ts";

interface Step {
  made: readonly Kept[];
  before: ReadonlyMap<string, Row>;
}

type Make = (key: string, choice: Choice, before: Row | undefined, offset: number, hold: number) => Kept;

/**
 * Takes the last press back. What is not sent yet goes as if it had not been pressed; in the place of what is sent comes a mark that says what stood before. A first mark that is sent cannot
 * be taken back, since a register knows no "not marked" (A1): then there is no button, and another choice is pressed instead.
 */
export class Undo {
  private steps: Step[] = [];

  constructor(private readonly button: HTMLButtonElement, private readonly tablet: Tablet, private readonly make: Make) {
    button.addEventListener("click", () => void this.back());
  }

  remember(made: readonly Kept[], before: ReadonlyMap<string, Row>): void {
    this.steps = [...this.steps.slice(-49), { made, before }];
  }

  forget(): void {
    this.steps = [];
  }

  draw(): void {
    const step = this.steps.at(-1);
    this.button.hidden = !step || !this.can(step);
    if (!step || this.button.hidden) return;
    this.button.setAttribute("aria-label", `Undo: ${step.made.length === 1 ? this.nameOf(step) : count(step.made.length, "mark")}`);
  }

  private nameOf = (step: Step): string => {
    const event = step.made[0]!;
    return `${event.shows?.name ?? step.before.get(keyOf(event.mark!))?.name ?? ""}, ${wordOf(event.mark!.mark, event.mark!.minutes).toLowerCase()}`;
  };

  private isFresh = (step: Step): boolean => step.made.every(event => this.tablet.events.some(one => one.id === event.id && one.state === "waiting" && !one.tried));

  private can = (step: Step): boolean => this.isFresh(step) || step.made.every(event => this.standing(step, event) !== null);

  // What stood before, as a choice; a dispute cannot be brought back.
  private standing(step: Step, event: Kept): Choice | null {
    const row = step.before.get(keyOf(event.mark!));
    if (!row?.mark || row.mark === "substitute") return null;
    return { mark: row.mark, ...(row.minutes !== undefined && { minutes: row.minutes }) };
  }

  private async back(): Promise<void> {
    const step = this.steps.pop();
    if (!step) return;
    if (this.isFresh(step) && (await this.tablet.takeBack(new Set(step.made.map(event => event.id))))) return;
    const again = step.made.map((event, i) => {
      const choice = this.standing(step, event);
      const before = step.before.get(keyOf(event.mark!));
      return choice && this.make(keyOf(event.mark!), choice, before && { ...before, seen: event.id }, i, 0);
    });
    await this.tablet.add(again.filter(event => event !== null));
  }
}
