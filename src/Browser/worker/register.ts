// The register's service worker: keeps the page for a tablet without a network, and what that page is made of. Nothing in it is about anybody: people's data are in the tablet's own
// storage, encrypted. It answers for pages under /register only, and never instead of a server that answers.
const worker = self as unknown as ServiceWorkerGlobalScope;

const version = new URL(worker.location.href).searchParams.get("v") ?? "";
const Name = `register ${version}`;
/** The pages that it keeps: the register's, and that of a door. */
const [Page, Door] = ["/tablet", "/tablet/door"];
const Patience = 3000;

async function install(): Promise<void> {
  const cache = await caches.open(Name);
  for (const page of [Page, Door]) {
    const answer = await fetch(page, { credentials: "omit", cache: "reload" });
    const text = await answer.clone().text();
    // A network that wants to be signed in to answers with a page of its own.
    if (!answer.ok || answer.redirected || !text.includes("data-shell")) throw new Error("This is not the page for tablets.");
    const files = [...text.matchAll(/(?:href|src)="(\/(?:built\/|favicon)[^"]+)"/g)].map(match => match[1]!);
    await cache.addAll([...new Set(files)]);
    await cache.put(page, answer);
  }
}

// Pages that are open go on with what they have loaded, and none is loaded anew; the files of the version before stay for one that is just opening.
async function tidy(): Promise<void> {
  const ours = (await caches.keys()).filter(name => name.startsWith("register ") && name !== Name);
  await Promise.all(ours.slice(0, -1).map(name => caches.delete(name)));
}

async function page(request: Request): Promise<Response> {
  const kept = await (await caches.open(Name)).match(/^\/register\/[^/]+\/door\/?$/.test(new URL(request.url).pathname) ? Door : Page);
  const asked = fetch(request);
  if (!kept) return asked;
  // A network that is there and does not answer is none.
  const late = new Promise<Response>(resolve => setTimeout(() => resolve(kept), Patience));
  try {
    const answer = await Promise.race([asked, late]);
    return answer.status >= 500 ? kept : answer;
  } catch {
    return kept;
  }
}

worker.addEventListener("install", event => {
  void worker.skipWaiting();
  event.waitUntil(install());
});
worker.addEventListener("activate", event => event.waitUntil(tidy()));
worker.addEventListener("fetch", event => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== worker.location.origin) return;
  if (request.mode === "navigate" && /^\/register(\/|$)/.test(pathname)) event.respondWith(page(request));
  else if (/^\/(built\/|favicon)/.test(pathname)) event.respondWith(caches.match(request).then(kept => kept ?? fetch(request)));
});
