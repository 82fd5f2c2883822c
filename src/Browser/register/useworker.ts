/** Has the browser keep what the register needs to open without a network. A new program is taken at the next open: this page goes on with what it has. */
export function useWorker(script: HTMLScriptElement | null): void {
  const address = script?.dataset["worker"];
  if (!address || !("serviceWorker" in navigator)) return;
  navigator.serviceWorker.register(address, { scope: "/register" }).catch(() => {
    // A browser that allows none, as some private windows: the register works as long as its page is open.
  });
}
