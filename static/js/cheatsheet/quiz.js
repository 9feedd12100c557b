/* Quiz: a question opens on its options, the chosen one is graded at once. What was answered stays until the reader starts again. */
{
  const again = document.querySelector("[data-again]");
  const unfold = document.querySelector("[data-unfold]");
  const { root, facts } = sheet;

  const mark = (button, name) => button.append(" ", sheet.piece(name));

  /* The options as buttons, before the answer. */
  const offer = (fact) => {
    const options = sheet.part(fact, "options");
    if (!options || sheet.part(fact, "choices")) return;
    const list = document.createElement("ul");
    list.className = "fact__choices";
    list.dataset.choices = "";
    for (const option of options.children) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "choice";
      button.append(...[...option.childNodes].map((node) => node.cloneNode(true)));
      button.dataset.choice = option.className ? "answer" : "";
      list.append(document.createElement("li"));
      list.lastChild.append(button);
    }
    sheet.part(fact, "answer").prepend(list);
  };

  /* The result stands beside the question, and at the options: the chosen button stays, so that focus does. */
  const show = (fact, right, chosen) => {
    offer(fact);
    fact.dataset.grade = right ? "right" : "wrong";
    fact.dataset.stage = "told";
    sheet.drop(fact, ".fact__grade");
    fact.querySelector("summary").append(sheet.piece(fact.dataset.grade));
    for (const button of fact.querySelectorAll("[data-choice]")) {
      if (button === chosen) {
        button.setAttribute("aria-disabled", "true");
        mark(button, fact.dataset.grade);
      } else {
        button.disabled = true;
        if (button.dataset.choice) mark(button, "answer");
      }
      if (button === chosen || button.dataset.choice) button.classList.add(button.dataset.choice ? "choice--right" : "choice--wrong");
    }
  };

  const answer = (fact, right, chosen) => {
    if (sheet.isGraded(fact)) return;
    show(fact, right, chosen);
    book.change(sheet.id(fact), { known: right, quiz: right });
    sheet.speak(`${sheet.piece(fact.dataset.grade).textContent}. ${right ? "" : `${sheet.part(fact, "right").textContent}.`}`);
  };

  const ask = (fact) => {
    sheet.clear(fact);
    const before = book.all().get(sheet.id(fact))?.quiz;
    if (before !== undefined) show(fact, before);
    else fact.dataset.stage = "asked";
  };

  /* A fact without options asks for nothing but honesty. */
  const opened = (fact) => {
    if (sheet.mode() !== "quiz" || fact.dataset.stage !== "asked" || !sheet.fold(fact).open) return;
    if (sheet.part(fact, "options")) offer(fact);
    else sheet.tell(fact);
  };

  const told = () => {
    const all = facts.every((fact) => sheet.fold(fact).open);
    unfold.textContent = all ? unfold.dataset.close : unfold.dataset.open;
    again.hidden = !facts.some(sheet.isGraded);
  };

  const start = () => {
    for (const fact of facts) {
      fact.addEventListener("toggle", () => (opened(fact), told()), true);
      fact.addEventListener("click", (event) => {
        if (sheet.mode() !== "quiz") return;
        const choice = event.target.closest("[data-choice]");
        const knew = event.target.closest("[data-knew]");
        if (choice) answer(fact, choice.dataset.choice === "answer", choice);
        else if (knew) {
          answer(fact, knew.dataset.knew === "yes");
          fact.querySelector("summary").focus();
        }
      });
    }
    root.addEventListener("mode", () => {
      if (sheet.mode() !== "quiz") return;
      for (const fact of facts) {
        ask(fact);
        opened(fact);
      }
      told();
    });
    document.addEventListener("book", told);
    unfold.addEventListener("click", () => {
      const open = !facts.every((fact) => sheet.fold(fact).open);
      facts.forEach((fact) => (sheet.fold(fact).open = open));
    });
    again.addEventListener("click", () => {
      const kept = book.all();
      for (const fact of facts) {
        const { quiz, ...rest } = kept.get(sheet.id(fact)) ?? {};
        if (quiz !== undefined) kept.set(sheet.id(fact), rest);
        sheet.fold(fact).open = false;
        sheet.clear(fact);
        fact.dataset.stage = "asked";
      }
      book.keep(kept);
      facts[0].querySelector("summary").focus();
    });
  };

  if (facts.length) start();
}
