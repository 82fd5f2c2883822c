/** What the page of the site and the frame on the content's origin say to each other. The frame is the package's to do with as it likes: whatever comes from it is looked at before it is used. */

export type Elements = Record<string, string>;

export interface Item {
  id: string;
  title: string;
  href: string | null;
  sco: boolean;
  visible: boolean;
  launchData: string | null;
  masteryScore: number | null;
  maxTime: string | null;
  timeLimitAction: string | null;
  prerequisites: string | null;
  completionThreshold: number | null;
  passingScore: number | null;
  items: Item[];
}

export interface State {
  completion: "not attempted" | "incomplete" | "completed";
  success: "unknown" | "failed" | "passed";
  score: number | null;
  exit: "none" | "suspend" | "ended";
  seconds: number;
  cmi: Elements;
}

/** An activity of SCORM 2004, as the runtime takes it. */
export interface Activity {
  id: string;
  children?: Activity[];
  [setting: string]: unknown;
}

export interface Launch {
  attempt: string;
  edition: "1.2" | "2004" | "2004 4th";
  mode: "normal" | "review";
  learner: string;
  name: string;
  title: string;
  last: string | null;
  items: Item[];
  sequencing: Activity | null;
  states: Record<string, State>;
  frame: string;
  /** The number of this device's newest commit that is stored. */
  after: number;
}

/** The item that stands for the whole course as the sequencing has it. */
export const Whole = "~";

export interface Commit {
  id: string;
  item: string;
  session: string;
  device: string;
  at: string;
  n: number;
  cmi: Elements;
  seconds: number;
  end: boolean;
  /** The session is over without the content having ended it. */
  over: boolean;
  /** Only what changed: what stands beside it stays. */
  part: boolean;
}

/** What the learner can do now. */
export interface View {
  current: string | null;
  previous: boolean;
  next: boolean;
  /** By item; one that is in no list cannot be opened. */
  open: string[];
  /** Items that the contents do not show. */
  hidden: string[];
  /** The sequencing has ended: whoever wants to go on opens the course again. */
  ended: boolean;
  /** Why what was asked for was not done. */
  refused?: string;
}

export type Request = "continue" | "previous" | "choice" | "leave" | "flush";

export type ToFrame =
  | { kind: "launch"; launch: Launch; device: string; item: string | null }
  | { kind: "go"; request: Request; item?: string; number: number }
  | { kind: "stored"; ids: string[] };

export type FromFrame =
  | { kind: "ready" }
  | { kind: "commits"; commits: Commit[] }
  | { kind: "view"; view: View }
  | { kind: "gone"; number: number };

export const launched = (items: readonly Item[]): Item[] => items.flatMap(item => [...(item.href === null ? [] : [item]), ...launched(item.items)]);

/** An id that nobody else makes, also where the browser makes none without TLS. */
export function freshId(): string {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 15) | 64;
  bytes[8] = (bytes[8]! & 63) | 128;
  const hex = [...bytes].map(byte => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
