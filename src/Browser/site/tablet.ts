/**
 * A tablet keeps the key of its registers while their trainer is signed in. A page of nobody's, or of somebody else's, says that they are not: the key goes. What waits to be sent stays,
 * encrypted, until its trainer signs in again. The tablet's own page is nobody's, and shown when there is no network to ask.
 */
export function forgetKey(page: Document): void {
  if (page.querySelector("[data-shell]") || !("indexedDB" in window) || !indexedDB.databases) return;
  const person = page.documentElement.dataset["person"] ?? "";
  void indexedDB.databases().then(all => {
    if (!all.some(one => one.name === "register")) return;
    const open = indexedDB.open("register");
    open.onsuccess = () => {
      const db = open.result;
      if (!db.objectStoreNames.contains("key")) return db.close();
      const keys = db.transaction("key", "readwrite").objectStore("key");
      const kept = keys.get("key") as IDBRequest<{ owner: string } | undefined>;
      kept.onsuccess = () => {
        if (kept.result && kept.result.owner !== person) keys.delete("key");
      };
      keys.transaction.oncomplete = () => db.close();
    };
  }, () => undefined);
}
