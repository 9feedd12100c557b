/* Lets the browser keep the garden for reading without a network. Not on this machine itself, where whoever writes wants to see what
   was just built, unless the address ends in "?offline". */
{
  const script = document.currentScript;
  const isHere = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(location.hostname);
  const isAsked = new URLSearchParams(location.search).has("offline");

  /* To the worker that has this page, unless there is a newer one; to that when it takes over. */
  const tell = () => {
    const fill = !navigator.connection?.saveData;
    navigator.serviceWorker.controller?.postMessage({ page: location.href, fill });
  };

  const start = async () => {
    const policy = window.trustedTypes?.createPolicy("greenbed-offline", { createScriptURL: (url) => url });
    const address = new URL(script.dataset.worker, location).href;
    navigator.serviceWorker.addEventListener("controllerchange", tell);
    try {
      const url = policy?.createScriptURL(address) ?? address;
      const registration = await navigator.serviceWorker.register(url, { updateViaCache: "none" });
      await registration.update(); // browsers look by themselves, but some seconds later
      if (!registration.installing && !registration.waiting) tell(); // an old worker with work to do would keep the next one waiting
    } catch {
      /* private windows may refuse, and there may be no network */
    }
  };

  if (navigator.serviceWorker && location.protocol !== "file:" && (isAsked || !isHere)) {
    const rest = window.requestIdleCallback ?? ((work) => setTimeout(work, 1000));
    addEventListener("load", () => rest(start, { timeout: 3000 }));
  }
}
