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

export async function runtime12(): Promise<Runtime> {
  await script("runtime12.js");
  const api = new (maker())(settings);
  (window as unknown as { API: Runtime }).API = api;
  return api;
}

/** @param tree The activity tree, where the package has rules. */
export async function runtime2004(tree: Activity | null, heard: Heard): Promise<Runtime> {
  await script("runtime2004.js");
  const api = new (maker())({
    ...settings,
    ...(tree && {
      sequencing: {
        activityTree: structuredClone(tree),
        eventListeners: {
          onActivityDelivery: (activity: { id: string }) => heard.delivered(activity.id),
          onNavigationValidityUpdate: (now: Validity) => heard.validity(now),
          onSequencingSessionEnd: () => heard.ended(),
        },
      },
    }),
  });
  (window as unknown as { API_1484_11: Runtime }).API_1484_11 = api;
  return api;
}
