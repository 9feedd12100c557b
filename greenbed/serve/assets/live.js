// Listens for builds: reloads when the site changed, lays problems over the page while there are some.
(() => {
  const shown = Number(document.currentScript.dataset.version);

  const element = (name, className, text) => {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = text;
    return made;
  };

  const item = (problem) => {
    const made = element("li", `greenbed-overlay__item greenbed-overlay__item--${problem.severity}`, "");
    if (problem.place) made.append(element("code", "greenbed-overlay__place", problem.place));
    made.append(element("p", "greenbed-overlay__message", `${problem.severity}: ${problem.message}`));
    if (problem.detail) made.append(element("pre", "greenbed-overlay__detail", problem.detail));
    if (problem.hint) made.append(element("p", "greenbed-overlay__hint", problem.hint));
    return made;
  };

  const overlay = (problems) => {
    const made = element("aside", "greenbed-overlay", "");
    made.setAttribute("role", "alert");
    made.setAttribute("aria-label", "Problems of the last build");
    const errors = problems.filter((problem) => problem.severity === "error").length;
    const failed = shown ? "This build was not shown: you see the last good one." : "This build failed.";
    const title = errors ? failed : "Built, with warnings.";
    const close = element("button", "greenbed-overlay__close", "Close");
    close.type = "button";
    close.addEventListener("click", () => made.remove());
    const list = element("ol", "greenbed-overlay__list", "");
    list.append(...problems.map(item));
    made.append(element("h2", "greenbed-overlay__title", title), close, list);
    return made;
  };

  const show = (problems) => {
    document.querySelector(".greenbed-overlay")?.remove();
    if (problems.length) document.body.append(overlay(problems));
  };

  new EventSource("/_greenbed/events").addEventListener("message", (event) => {
    const state = JSON.parse(event.data);
    if (state.version !== shown && state.version > 0) location.reload();
    else show(state.problems);
  });
})();
