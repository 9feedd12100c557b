/* Progress beside the title of each chapter, on a sheet and in the list of sheets; on a sheet also in all. */
{
  const scores = [...document.querySelectorAll("[data-score]")];
  const total = document.querySelector("[data-total]");
  const meter = total && total.parentElement.querySelector("progress");

  /* Named where the facts are on another page; else those of the chapter, or of the page. */
  const idsOf = (score) => {
    if (score.dataset.score) return score.dataset.score.split(" ");
    const place = score.closest("[data-chapter]") ?? document;
    return [...place.querySelectorAll("[data-fact]")].map(sheet.id);
  };

  const count = (ids, kept) => {
    const of = (test) => ids.filter((id) => test(kept.get(id) ?? {})).length;
    const isAnswered = (entry) => entry.quiz !== undefined;
    return { all: ids.length, known: of((entry) => entry.known), answered: of(isAnswered), right: of((entry) => entry.quiz) };
  };

  const tell = () => {
    const kept = book.all();
    const isQuiz = sheet.root && sheet.mode() === "quiz";
    for (const score of scores) {
      const counts = count(idsOf(score), kept);
      score.textContent = sheet.fill((isQuiz && counts.answered && score.dataset.quiz) || score.dataset.known, counts);
    }
    if (total) {
      const counts = count(sheet.facts.map(sheet.id), kept);
      total.textContent = sheet.fill(total.dataset.quiz, counts);
      meter.value = counts.answered;
    }
    const refused = document.querySelector("[data-refused]");
    if (refused) refused.hidden = sheet.mode() === "read" || !book.isRefused();
  };

  if (scores.length) {
    document.addEventListener("book", tell);
    sheet.root?.addEventListener("mode", tell);
    tell();
  }
}
