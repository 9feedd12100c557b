/* Which of the three modes the page is in: the address says it (?mode=read), so that Back works and a link shares it. Without
   one it is the quiz, all closed. A link to a fact opens it in each mode. */
{
  const { root, facts } = sheet;
  const links = [...document.querySelectorAll("[data-modes] [data-mode]")];

  const asked = () => {
    const mode = new URLSearchParams(location.search).get("mode");
    return links.some((link) => link.dataset.mode === mode) ? mode : "quiz";
  };

  const apply = (mode) => {
    root.dataset.mode = mode;
    for (const link of links) {
      if (link.dataset.mode === root.dataset.mode) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    for (const panel of document.querySelectorAll("[data-panel]")) panel.hidden = panel.dataset.panel !== root.dataset.mode;
    for (const fact of facts) {
      sheet.clear(fact);
      sheet.fold(fact).open = root.dataset.mode === "read";
    }
    root.dispatchEvent(new Event("mode"));
    reach();
  };

  /* The fact that the address names. */
  const reach = () => {
    const fact = sheet.target();
    if (!fact) return;
    if (root.dataset.mode === "quiz" && !sheet.isGraded(fact)) sheet.tell(fact);
    sheet.fold(fact).open = true;
    fact.scrollIntoView();
  };

  const choose = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    try {
      history.pushState(null, "", event.currentTarget.href);
    } catch {
      /* a page from disk in a strict browser: the mode changes all the same */
    }
    apply(event.currentTarget.dataset.mode);
  };

  if (facts.length) {
    links.forEach((link) => link.addEventListener("click", choose));
    addEventListener("popstate", () => asked() !== sheet.mode() && apply(asked()));
    addEventListener("hashchange", () => {
      if (sheet.mode() === "review") root.dispatchEvent(new Event("mode"));
      reach();
    });
    apply(asked());
  }
}
