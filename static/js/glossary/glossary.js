/* The glossary's filter: hides terms that do not hold the typed words, letters without terms, and references to other letters, since
   a term is found by all of its names. Its state is the address (?q=). */
{
  const field = document.querySelector("[data-glossary-filter]");

  const start = () => {
    const find = (name) => document.querySelector(`[data-${name}]`);
    const [shown, empty, clear] = ["shown", "empty", "clear"].map(find);
    const wordsOf = (entry) => [...entry.querySelectorAll("[data-words]")].map((part) => part.textContent).join(" ");
    const jumps = [...document.querySelectorAll("[data-jump]")];
    const letters = [...document.querySelectorAll("[data-letter]")].map((element, at) => ({
      element,
      jump: jumps[at],
      address: jumps[at].getAttribute("href"),
      badge: jumps[at].querySelector("span"),
      references: element.querySelectorAll("[data-see]"),
      entries: [...element.querySelectorAll("[data-entry]")].map((entry) => [entry, wordsOf(entry).toLowerCase()]),
    }));

    /* A letter that nothing is left of keeps its place, but leads nowhere. */
    const showLetter = (letter, found, isFiltered) => {
      const isLeft = found > 0 || !isFiltered;
      letter.element.hidden = !isLeft;
      for (const reference of letter.references) reference.hidden = isFiltered;
      if (isLeft) letter.jump.setAttribute("href", letter.address);
      else letter.jump.removeAttribute("href");
      if (letter.badge) letter.badge.textContent = found || "";
    };

    const show = () => {
      const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      let count = 0;
      for (const letter of letters) {
        let found = 0;
        for (const [entry, text] of letter.entries) {
          const fits = words.every((word) => text.includes(word));
          entry.hidden = !fits;
          found += fits;
        }
        showLetter(letter, found, words.length > 0);
        count += found;
      }
      shown.textContent = count;
      empty.hidden = count > 0;
    };

    const write = () => {
      const query = field.value.trim() && `?${new URLSearchParams({ q: field.value.trim() })}`;
      try {
        history.replaceState(null, "", `${location.pathname}${query}`);
      } catch {
        /* too many changes in a short time, or a page from disk in a strict browser: the filter works all the same */
      }
      show();
    };

    const read = () => {
      field.value = new URLSearchParams(location.search).get("q") ?? "";
      show();
    };

    field.addEventListener("input", write);
    field.closest("form").addEventListener("submit", (event) => event.preventDefault());
    clear.addEventListener("click", () => {
      field.value = "";
      write();
      field.focus();
    });
    addEventListener("popstate", read);
    read();
  };

  if (field) start();
}
