import assert from "node:assert/strict";
import { test } from "node:test";
import { judge } from "../register/answer.ts";
import { keyFrom, seal, unseal } from "../register/seal.ts";

const json = (status: number, body: unknown): ReturnType<typeof judge> => judge({ status, type: status < 300 ? "application/json; charset=utf-8" : "application/problem+json", text: JSON.stringify(body) });

test("A3: only the contract's own JSON says that something is stored", () => {
  assert.deepEqual(json(200, { stored: ["a"], flagged: [], version: 3 }), { kind: "stored", stored: ["a"], flagged: [], version: 3 });
  assert.deepEqual(json(200, { signed: true, signedAt: "2026-11-26T16:00:00Z", version: 3 }), { kind: "signed", signed: true, version: 3 });
  for (const body of [{}, [], null, "stored", { stored: "all", version: 1 }, { stored: ["a"] }, { signed: "yes", version: 1 }]) assert.equal(json(200, body).kind, "strange");
  for (const type of ["text/html", "", "text/plain"]) assert.equal(judge({ status: 200, type, text: "{\"stored\":[\"a\"],\"version\":1}" }).kind, "strange");
});

test("the server's own sentence is what is shown", () => {
  assert.deepEqual(json(409, { detail: "Ada cannot be their own substitute." }), { kind: "refused", sentence: "Ada cannot be their own substitute." });
  const missing = [{ part: "p", personId: "q", name: "Ada" }];
  assert.deepEqual(json(409, { detail: "Not marked yet.", missing }), { kind: "refused", sentence: "Not marked yet.", missing });
});

test("each answer asks for what helps", () => {
  const kinds = [[400, "refused"], [401, "signIn"], [403, "closed"], [404, "closed"], [409, "refused"], [413, "refused"], [429, "busy"], [500, "busy"], [503, "busy"], [0, "strange"], [302, "strange"], [418, "strange"]] as const;
  for (const [status, kind] of kinds) assert.equal(judge({ status, type: "text/html", text: "<html>" }).kind, kind, String(status));
  assert.deepEqual(judge({ status: 503, type: "", text: "", retryAfter: 30 }), { kind: "busy", sentence: "The server has a problem. It is tried again.", after: 30_000 });
});

test("what is sealed opens with its own key in its own place, and with no other", async () => {
  const [key, other] = await Promise.all([keyFrom(btoa("k".repeat(32))), keyFrom(btoa("l".repeat(32)))]);
  const sealed = await seal(key, { name: "Tolu Adeyemi" }, "joe/S-1/one");
  assert.ok(!new TextDecoder().decode(sealed.data).includes("Tolu"));
  assert.deepEqual(await unseal(key, sealed, "joe/S-1/one"), { name: "Tolu Adeyemi" });
  assert.equal(await unseal(other, sealed, "joe/S-1/one"), null);
  assert.equal(await unseal(key, sealed, "joe/S-1/two"), null);
  assert.notDeepEqual((await seal(key, 1, "x")).iv, (await seal(key, 1, "x")).iv);
  await assert.rejects(crypto.subtle.exportKey("raw", key));
});
