/* Cheat sheets: reveal or hide all answers, count the opened ones, print; a link to a fact opens it. */
{
  const tools = document.querySelector("[data-sheet-tools]");
  const facts = [...document.querySelectorAll("[data-fact]")];

  const openTarget = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const fact = target && target.closest("[data-fact]");
    if (fact) fact.open = true;
  };

  const start = () => {
    const reveal = tools.querySelector("[data-reveal]");
    const meter = tools.querySelector("progress");
    const count = tools.querySelector("[data-opened]");
    const seen = new Set();

    const tell = () => {
      const all = facts.every((fact) => fact.open);
      reveal.textContent = all ? reveal.dataset.hide : reveal.dataset.show;
      meter.value = seen.size;
      count.textContent = seen.size;
    };

    facts.forEach((fact) =>
      fact.addEventListener("toggle", () => {
        if (fact.open) seen.add(fact);
        tell();
      }),
    );
    reveal.addEventListener("click", () => {
      const open = !facts.every((fact) => fact.open);
      facts.forEach((fact) => (fact.open = open));
    });
    tools.querySelector("[data-print]").addEventListener("click", () => print());
    tools.hidden = false;
    addEventListener("hashchange", openTarget);
    openTarget();
    tell();
  };

  if (tools && facts.length) start();
}
