import type { Activity, Elements } from "../package/protocol.ts";

/** What the runtime says of an activity after a rollup. */
export interface Tracked {
  completionStatus: string;
  successStatus: string;
  score: number | null;
}

/** As much of scorm-again as is used here, of both standards. */
export interface Runtime {
  on(event: string, heard: () => void): void;
  reset(settings?: object, options?: { preserveListeners?: boolean; resetTotalTime?: boolean }): void;
  loadFromFlattenedJSON(values: Elements): void;
  getFlattenedCMI(): Record<string, unknown>;
  isInitialized(): boolean;
  isTerminated(): boolean;
  lmsFinish(parameter: string): string;
  adl?: { nav: { request: string } };
  cmi: { launch_data: string };
  processNavigationRequest?(request: string, target?: string): boolean;
  previewNavigationRequest?(request: "continue" | "previous"): { outcome: "allowed" | "blocked" | "unknown"; endSequencingSession: boolean };
  serializeSequencingState?(): string;
  deserializeSequencingState?(state: string): boolean;
  getSequencingState?(): { currentActivity: { id: string } | null; rootActivity: { id: string } | null };
  getActivityTrackingData?(activity: string): Tracked | null;
}

export interface Validity {
  continue: boolean;
  previous: boolean;
  choice: Record<string, string | boolean>;
  hideLmsUi: string[];
}

export interface Heard {
  delivered(activity: string): void;
  validity(now: Validity): void;
  ended(): void;
}

const settings = { autocommit: false, logLevel: 5, lmsCommitUrl: false, selfReportSessionTime: false, autoCompleteLessonStatus: true, mastery_override: false };

function script(name: string): Promise<void> {
  return new Promise((done, failed) => {
    const element = document.createElement("script");
    element.src = name;
    element.onload = () => done();
    element.onerror = () => failed(new Error(name));
    document.head.append(element);
  });
}

type Maker = new (settings: object) => Runtime;

const maker = (): Maker => (window as unknown as { Runtime: Maker }).Runtime;

/** Where there are no rules to be kept each item gets a runtime of its own: one that is reset keeps the status and the place of the item before. */
export async function runtimes(edition: "1.2" | "2004" | "2004 4th"): Promise<() => Runtime> {
  await script(edition === "1.2" ? "runtime12.js" : "runtime2004.js");
  return () => {
    const api = new (maker())(settings);
    if (edition === "1.2") (window as unknown as { API: Runtime }).API = api;
    else (window as unknown as { API_1484_11: Runtime }).API_1484_11 = api;
    return api;
  };
}

/** One runtime for all items, which keeps the rules of the activity tree. */
export async function runtime2004(tree: Activity, heard: Heard): Promise<Runtime> {
  await script("runtime2004.js");
  const api = new (maker())({
    ...settings,
    sequencing: {
      activityTree: structuredClone(tree),
      eventListeners: {
        onActivityDelivery: (activity: { id: string }) => heard.delivered(activity.id),
        onNavigationValidityUpdate: (now: Validity) => heard.validity(now),
        onSequencingSessionEnd: () => heard.ended(),
      },
    },
  });
  (window as unknown as { API_1484_11: Runtime }).API_1484_11 = api;
  return api;
}
