/* The facts of a cheat sheet: what asking and telling means for each. `data-stage` is "asked" while the answer is withheld. */
const sheet = (() => {
  const root = document.querySelector("[data-sheet]");
  const facts = root ? [...root.querySelectorAll("[data-fact]")] : [];
  const piece = (name) => root.querySelector(`[data-piece="${name}"]`).content.cloneNode(true);
  const part = (fact, name) => fact.querySelector(`[data-${name}]`);

  const drop = (fact, ...selectors) => selectors.forEach((one) => fact.querySelectorAll(one).forEach((found) => found.remove()));

  return {
    root,
    facts,
    piece,
    part,
    drop,
    fold: (fact) => fact.querySelector("details"),
    isGraded: (fact) => "grade" in fact.dataset,
    id: (fact) => fact.dataset.fact,
    mode: () => root.dataset.mode,

    /* The fact that the address names, if it does. */
    target: () => {
      const id = decodeURIComponent(location.hash.slice(1));
      return facts.find((fact) => id && document.getElementById(id)?.closest("[data-fact]") === fact);
    },

    /* Back to what the page was before any mode: the answer stands in the fold. */
    clear: (fact) => {
      drop(fact, "[data-choices]", ".fact__ask", ".fact__grade", ".verdict");
      delete fact.dataset.stage;
      delete fact.dataset.grade;
    },

    /* The answer stands open, and the reader says whether it was known. */
    tell: (fact) => {
      drop(fact, ".fact__ask", ".fact__grade");
      fact.dataset.stage = "told";
      fact.querySelector("details").open = true;
      part(fact, "right").after(piece("grade"));
      part(fact, "right").tabIndex = -1;
    },

    /* "{n} of {all}" with numbers in it. */
    fill: (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]),
    speak: (words) => (part(root, "spoken").textContent = words.replace(/\s+/g, " ").trim()),
  };
})();
