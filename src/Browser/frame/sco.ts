import { freshId, type Commit, type Elements, type Item, type Launch, type State } from "../package/protocol.ts";
import type { Runtime } from "./runtime.ts";
import { duration, secondsOf, timespan } from "./times.ts";

/** What the learner's platform says, and content only reads; and what lasts no longer than a session. */
const notKept = /^cmi\.(core\.(student_id|student_name|credit|entry|lesson_mode|total_time)|student_data\.|launch_data$|comments_from_lms|learner_id$|learner_name$|credit$|entry$|mode$|total_time$|max_time_allowed$|time_limit_action$|completion_threshold$|scaled_passing_score$)/;
const ofSession = /^cmi\.(core\.)?(exit|session_time)$/;
const status = ["cmi.core.lesson_status", "cmi.completion_status", "cmi.success_status"];

const fresh: State = { completion: "not attempted", success: "unknown", score: null, exit: "none", seconds: 0, cmi: {} };

/** The database and JSON know no such characters. */
const plain = (text: string): string => text.replaceAll("\0", "").replace(/\p{Surrogate}/gu, "\ufffd");

/** One session of the content with the runtime: what it is given at its launch, and what it has written. */
export class Sco {
  readonly session = freshId();
  private readonly started = Date.now();
  private spent = 0;
  /** What the server has of this session; null: nothing yet. */
  private stored: Elements | null = null;
  private readonly sent = new Map<string, Elements>();

  constructor(readonly item: Item, private readonly api: Runtime, private readonly launch: Launch, private readonly state: State = fresh) {}

  /** Whether the content begins anew: SCORM 2004 says so of an item that was ended, and of one that is done nothing is lost by it. */
  private get anew(): boolean {
    return this.launch.edition !== "1.2" && this.state.exit === "ended" && (this.state.completion === "completed" || this.state.success !== "unknown");
  }

  private get entry(): string {
    if (this.state.completion === "not attempted" && Object.keys(this.state.cmi).length === 0) return "ab-initio";
    return this.state.exit === "ended" ? "" : "resume";
  }

  /** Gives the runtime what stands. To be called before the content is shown. */
  prepare(): void {
    this.api.reset({}, { preserveListeners: true, resetTotalTime: true });
    this.api.cmi.launch_data = "";
    const kept = this.anew ? {} : Object.fromEntries(Object.entries(this.state.cmi).filter(([element]) => !ofSession.test(element)));
    for (const [element, value] of Object.entries(this.launch.edition === "1.2" ? this.given12() : this.given2004())) this.load({ [element]: value });
    this.load(kept);
  }

  private load(values: Elements): void {
    try {
      this.api.loadFromFlattenedJSON(values);
    } catch {
      // One value that the runtime does not take hinders no other.
      if (Object.keys(values).length > 1) for (const [element, value] of Object.entries(values)) this.load({ [element]: value });
    }
  }

  private given12(): Elements {
    const review = this.launch.mode === "review";
    return {
      "cmi.core.student_id": this.launch.learner, "cmi.core.student_name": this.launch.name, "cmi.core.credit": review ? "no-credit" : "credit", "cmi.core.lesson_mode": this.launch.mode,
      "cmi.core.entry": this.entry, "cmi.core.total_time": timespan(this.state.seconds), ...this.said("cmi.launch_data", this.item.launchData),
      ...this.said("cmi.student_data.mastery_score", this.item.masteryScore), ...this.said("cmi.student_data.max_time_allowed", this.item.maxTime), ...this.said("cmi.student_data.time_limit_action", this.item.timeLimitAction),
    };
  }

  private given2004(): Elements {
    const review = this.launch.mode === "review";
    return {
      "cmi.learner_id": this.launch.learner, "cmi.learner_name": this.launch.name, "cmi.credit": review ? "no-credit" : "credit", "cmi.mode": this.launch.mode,
      "cmi.entry": this.anew ? "ab-initio" : this.entry, "cmi.total_time": duration(this.anew ? 0 : this.state.seconds), ...this.said("cmi.launch_data", this.item.launchData),
      ...this.said("cmi.completion_threshold", this.item.completionThreshold), ...this.said("cmi.scaled_passing_score", this.item.passingScore),
      ...this.said("cmi.max_time_allowed", this.item.maxTime), ...this.said("cmi.time_limit_action", this.item.timeLimitAction),
    };
  }

  private said(element: string, value: string | number | null): Elements {
    return value === null || value === "" ? {} : { [element]: String(value) };
  }

  get seconds(): number {
    const written = this.written();
    return this.spent = Math.max(this.spent, secondsOf(written["cmi.core.session_time"] ?? written["cmi.session_time"]) || (Date.now() - this.started) / 1000);
  }

  /** All that the content has written, as it is kept. */
  written(): Elements {
    const all: Elements = {};
    for (const [element, value] of Object.entries(this.api.getFlattenedCMI())) {
      if ((typeof value === "string" || typeof value === "number") && value !== "" && !notKept.test(element)) all[element] = plain(String(value));
    }
    return all;
  }

  /** Says that the item was opened, and nothing of it. */
  opening(device: string, n: number): Commit {
    return this.commit(device, n, {}, 0, false);
  }

  saying(device: string, n: number, end: boolean, over: boolean): Commit {
    const commit = { ...this.commit(device, n, this.written(), this.seconds, end), over };
    this.sent.set(commit.id, commit.cmi);
    return commit;
  }

  /** The same, shorter: what the server has already is left out, where it is known to have something. */
  shorter(commit: Commit): Commit {
    if (!this.stored) return commit;
    return { ...commit, part: true, cmi: Object.fromEntries(Object.entries(commit.cmi).filter(([element, value]) => this.stored![element] !== value || status.includes(element) || ofSession.test(element))) };
  }

  heardStored(ids: readonly string[]): void {
    for (const id of ids) {
      this.stored = this.sent.get(id) ?? this.stored;
      this.sent.delete(id);
    }
  }

  /** What stands of it once this has been said: for a launch of the same item later on this page. */
  after(commit: Commit): State {
    const exit = commit.cmi["cmi.core.exit"] ?? commit.cmi["cmi.exit"];
    const word = commit.cmi["cmi.core.lesson_status"];
    const done = ["completed", "passed", "failed"].includes(word ?? commit.cmi["cmi.completion_status"] ?? "");
    const success = word ?? commit.cmi["cmi.success_status"];
    return {
      ...this.state, cmi: commit.cmi, exit: exit === "suspend" ? "suspend" : commit.end ? "ended" : "none", seconds: this.state.seconds + Math.floor(commit.seconds),
      completion: done || this.state.completion === "completed" ? "completed" : "incomplete", success: success === "passed" || success === "failed" ? success : this.state.success,
    };
  }

  private commit(device: string, n: number, cmi: Elements, seconds: number, end: boolean): Commit {
    return { id: freshId(), item: this.item.id, session: this.session, device, at: new Date().toISOString(), n, cmi, seconds, end, over: false, part: false };
  }
}
