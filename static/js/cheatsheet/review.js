/* Review: what is due today, one fact after another. The reader says whether it was known; that decides when it comes again. */
{
  const { root, facts } = sheet;
  const find = (name) => document.querySelector(`[data-${name}]`);
  const [due, dueWords, left, next] = ["due", "due-words", "left", "next"].map(find);

  const waiting = () => {
    const kept = book.all();
    const when = (fact) => kept.get(sheet.id(fact))?.due ?? "9"; /* new ones after those that were learned before */
    return facts.filter((fact) => book.isDue(sheet.id(fact))).sort((one, other) => when(one).localeCompare(when(other)));
  };

  const written = (day) => {
    try {
      const language = document.documentElement.lang;
      return new Date(`${day}T12:00`).toLocaleDateString(language, { day: "numeric", month: "long" });
    } catch {
      return day; /* a language that the browser does not know */
    }
  };

  /* How many are due, and how many come next, on which day. */
  const count = () => {
    const now = waiting().length;
    due.textContent = now || "";
    dueWords.textContent = now ? sheet.fill(dueWords.dataset.dueWords, { n: now }) : "";
    left.textContent = now ? sheet.fill(left.dataset.words, { n: now }) : left.dataset.none;
    const days = facts.map((fact) => book.all().get(sheet.id(fact))?.due ?? "").filter((day) => day > book.day()).sort();
    const n = days.filter((one) => one === days[0]).length;
    next.textContent = n ? sheet.fill(next.dataset.words, { n, day: written(days[0]) }) : "";
  };

  const ask = (fact) => {
    sheet.clear(fact);
    fact.dataset.stage = "asked";
    sheet.fold(fact).open = true;
    sheet.part(fact, "answer").append(sheet.piece("show"));
  };

  /* One fact at a time; `told` where a link leads to it. */
  const turn = (fact, told) => {
    for (const other of facts) {
      sheet.clear(other);
      delete other.dataset.current;
    }
    if (!fact) return;
    fact.dataset.current = "";
    (told ? sheet.tell : ask)(fact);
  };

  const start = () => {
    root.addEventListener("click", (event) => {
      if (sheet.mode() !== "review") return;
      const fact = event.target.closest("[data-fact]");
      const knew = event.target.closest("[data-knew]");
      if (event.target.closest("[data-tell]")) {
        sheet.tell(fact);
        sheet.part(fact, "right").focus();
      } else if (knew) {
        book.grade(sheet.id(fact), knew.dataset.knew === "yes");
        const following = waiting()[0];
        turn(following);
        if (following) sheet.part(following, "tell").focus();
        else left.focus();
        sheet.speak(following ? left.textContent : next.textContent);
      }
    });
    root.addEventListener("mode", () => {
      if (sheet.mode() !== "review") return facts.forEach((fact) => delete fact.dataset.current);
      turn(sheet.target() ?? waiting()[0], sheet.target());
    });
    document.addEventListener("book", count);
    left.tabIndex = -1;
    count();
  };

  if (facts.length) start();
}
