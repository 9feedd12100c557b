/* Search: the button and Ctrl+K (Command+K on a Mac) load its script at first use, which opens the window and then listens itself. */
{
  const button = document.querySelector("[data-search]");

  const start = () => {
    const address = new URL(button.dataset.search, document.baseURI).href;
    const policy = globalThis.trustedTypes?.createPolicy("search-opener", { createScriptURL: () => address });
    const isMac = /Mac|iP/.test(navigator.platform);
    let script;

    const open = () => {
      if (script) return button.dispatchEvent(new Event("open"));
      script = document.createElement("script");
      script.src = policy?.createScriptURL("") ?? address;
      script.onerror = () => (script = script.remove()); /* to be tried again */
      document.head.append(script);
    };

    button.addEventListener("click", open);
    addEventListener("keydown", (event) => {
      const { key, ctrlKey, metaKey, shiftKey, altKey } = event;
      if (key.toLowerCase() !== "k" || shiftKey || altKey || ctrlKey === isMac || metaKey !== isMac) return;
      event.preventDefault();
      open();
    });
    if (isMac) button.querySelector("kbd").textContent = "⌘ K";
  };

  if (button) start();
}
