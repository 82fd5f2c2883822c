import type { Verdict } from "./queue.ts";

/** An answer as it came, whoever gave it. Status 0: none came, or one that led elsewhere. */
export interface Answer {
  status: number;
  type: string;
  text: string;
  /** Seconds that the server asks to wait. */
  retryAfter?: number;
}

const Elsewhere = "Something between this tablet and the server answers in its place. This network may want you to sign in to it first.";

function parsed(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** What an answer to an upload means. Only the contract's own JSON says that anything is stored; a page that says "200 OK" says nothing. */
export function judge(answer: Answer): Verdict {
  const body = /^application\/(problem\+)?json/.test(answer.type) ? parsed(answer.text) : null;
  const said = typeof body?.["detail"] === "string" ? body["detail"] : null;
  const after = answer.retryAfter ? { after: answer.retryAfter * 1000 } : {};
  if (answer.status >= 200 && answer.status < 300) {
    if (body && Array.isArray(body["stored"]) && typeof body["version"] === "number") {
      const flagged = Array.isArray(body["flagged"]) ? (body["flagged"] as { id: string; why: string }[]) : [];
      return { kind: "stored", stored: (body["stored"] as unknown[]).filter((id): id is string => typeof id === "string"), flagged, version: body["version"] };
    }
    if (body && typeof body["signed"] === "boolean" && typeof body["version"] === "number") return { kind: "signed", signed: body["signed"], version: body["version"] };
    return { kind: "strange", sentence: Elsewhere };
  }
  switch (answer.status) {
    case 401:
      return { kind: "signIn", sentence: said ?? "You are signed out." };
    case 403:
    case 404:
      return { kind: "closed", sentence: said ?? "The server does not take marks for this register from you." };
    case 400:
    case 409:
    case 413:
    case 415:
    case 422: {
      const missing = body?.["missing"];
      return { kind: "refused", sentence: said ?? "The server did not take this mark.", ...(Array.isArray(missing) && { missing: missing as { part: string; personId: string; name: string }[] }) };
    }
    case 0:
      return { kind: "strange", sentence: Elsewhere };
    default:
      return answer.status === 429 || answer.status >= 500
        ? { kind: "busy", sentence: "The server has a problem. It is tried again.", ...after }
        : { kind: "strange", sentence: Elsewhere };
  }
}
