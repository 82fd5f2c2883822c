import { launched, type Activity, type Elements, type Item, type Launch, type Request, type State, type View } from "../package/protocol.ts";
import type { Way } from "./free.ts";
import type { Heard, Runtime, Validity } from "./runtime.ts";

interface Saved {
  sequencing: { currentActivity: string | null; suspendedActivity: string | null; activityStates: Record<string, { isActive: boolean; isSuspended: boolean }> };
  suspensionState?: unknown;
}

const leaves = (activity: Activity): string[] => (activity.children?.length ? activity.children.flatMap(leaves) : [activity.id]);
const wayTo = (activity: Activity, id: string): string[] | null =>
  activity.id === id ? [id] : (activity.children ?? []).map(child => wayTo(child, id)).filter(found => found !== null).map(found => [activity.id, ...found])[0] ?? null;

/** The rules of SCORM 2004, kept by the runtime: it says what comes next. */
export class RuledWay implements Way, Heard {
  private readonly items: Item[];
  private api!: Runtime;
  private valid: Validity = { continue: false, previous: false, choice: {}, hideLmsUi: [] };
  private shown: string | null = null;
  private next: string | null = null;
  private over = false;

  /** @param chosen Called when the content itself has asked for another item. */
  constructor(private readonly launch: Launch, private readonly states: () => Record<string, State>, private readonly chosen: () => void) {
    this.items = launched(launch.items);
  }

  use(api: Runtime): void {
    this.api = api;
  }

  delivered(activity: string): void {
    this.next = activity;
    this.chosen();
  }

  validity(now: Validity): void {
    this.valid = now;
  }

  ended(): void {
    this.over = true;
    this.chosen();
  }

  /** What the content has asked for by itself, once. */
  take(): Item | null {
    const item = this.items.find(one => one.id === this.next) ?? null;
    this.next = null;
    if (item) this.shown = item.id;
    return item;
  }

  begin(asked: string | null): Item | null {
    const kept = this.launch.states["~"]?.cmi["course.tree"];
    const resumes = kept !== undefined && this.restore(kept);
    if (!(resumes && this.api.processNavigationRequest!("resumeAll"))) {
      if (!kept || this.isOver()) this.api.processNavigationRequest!("start");
    }
    if (asked && asked !== this.next && this.items.some(item => item.id === asked)) this.api.processNavigationRequest!("choice", asked);
    // Where nothing flows by itself, the first that can be chosen is.
    for (const item of kept ? [] : this.items) {
      if (this.next || this.api.processNavigationRequest!("choice", item.id)) break;
    }
    return this.take();
  }

  async go(request: Request, asked: string | undefined, leave: (request: string | null) => Promise<void>): Promise<{ item: Item | null; refused?: string }> {
    if (request === "continue" || request === "previous") {
      const preview = this.api.previewNavigationRequest!(request);
      if (preview.outcome === "blocked" && !preview.endSequencingSession) return { item: null, refused: "You cannot go there from here yet." };
    }
    const wanted = request === "leave" ? "suspendAll" : request === "choice" ? `{target=${asked}}choice` : request;
    const open = this.api.isInitialized();
    await leave(open ? wanted : null);
    if (!open && request !== "leave") this.api.processNavigationRequest!(request, asked);
    if (!open && request === "leave") this.api.processNavigationRequest!("suspendAll");
    const item = this.take();
    return item || request === "leave" || this.over ? { item } : { item: this.again(), refused: "You cannot go there from here yet." };
  }

  view(): View {
    const hides = new Set(this.valid.hideLmsUi);
    const may = (request: "continue" | "previous"): boolean => {
      if (hides.has(request) || this.over) return false;
      const { outcome } = this.api.previewNavigationRequest!(request);
      return outcome === "allowed" || (outcome === "unknown" && this.valid[request]);
    };
    const all = leaves(this.launch.sequencing!);
    const choice = (id: string): boolean => this.valid.choice[id] === true || this.valid.choice[id] === "true";
    return {
      current: this.shown, previous: may("previous"), next: may("continue"), open: this.over ? [] : all.filter(choice), hidden: this.items.filter(item => !item.visible).map(item => item.id), ended: this.over,
    };
  }

  /** What the runtime knows of the course, to be kept. */
  course(): Elements {
    const root = this.launch.sequencing!.id;
    const tracked = this.api.getActivityTrackingData?.(root);
    return {
      "course.tree": this.api.serializeSequencingState!(),
      ...(tracked && { "course.completion_status": tracked.completionStatus, "course.success_status": tracked.successStatus }),
      ...(tracked?.score != null && this.hasScore() && { "course.score.scaled": String(tracked.score) }),
    };
  }

  // Of parts that all weigh nothing the runtime makes a score of nothing, which is none (SN RB.1.1).
  private hasScore(): boolean {
    return (this.launch.sequencing!.children ?? []).some(child => {
      const weight = (child["sequencingControls"] as { objectiveMeasureWeight?: number } | undefined)?.objectiveMeasureWeight ?? 1;
      return weight > 0 && this.api.getActivityTrackingData?.(child.id)?.score != null;
    });
  }

  // The item that was left, where going on was refused after all.
  private again(): Item | null {
    if (this.shown) this.api.processNavigationRequest!("choice", this.shown);
    return this.take();
  }

  private isOver(): boolean {
    return this.api.getSequencingState!().currentActivity === null;
  }

  // A session that was broken off is taken for one that was suspended: the learner goes on with the item that they were in.
  private restore(kept: string): boolean {
    const saved = JSON.parse(kept) as Saved;
    const { sequencing } = saved;
    const current = sequencing.currentActivity;
    const state = current === null ? undefined : sequencing.activityStates[current];
    const isLeaf = current !== null && leaves(this.launch.sequencing!).includes(current);
    if (!sequencing.suspendedActivity && isLeaf && state && (state.isActive || state.isSuspended || this.states()[current]?.exit !== "ended")) {
      for (const id of wayTo(this.launch.sequencing!, current) ?? []) {
        const one = sequencing.activityStates[id];
        if (one) [one.isActive, one.isSuspended] = [false, true];
      }
      [sequencing.suspendedActivity, sequencing.currentActivity] = [current, null];
      delete saved.suspensionState;
    }
    return this.api.deserializeSequencingState!(JSON.stringify(saved)) && sequencing.suspendedActivity !== null;
  }
}
