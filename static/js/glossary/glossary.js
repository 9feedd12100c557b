/* The glossary's filter: hides terms that do not hold the typed words, and letters without terms. */
{
  const field = document.querySelector("[data-glossary-filter]");

  const start = () => {
    const groups = [...document.querySelectorAll("[data-letter]")].map((element) => ({
      element,
      entries: [...element.querySelectorAll("[data-entry]")].map((entry) => ({
        element: entry,
        text: entry.textContent.toLowerCase(),
      })),
    }));
    const shown = document.querySelector("[data-shown]");
    const empty = document.querySelector("[data-empty]");

    const show = () => {
      const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      let count = 0;
      for (const group of groups) {
        let found = 0;
        for (const entry of group.entries) {
          const fits = words.every((word) => entry.text.includes(word));
          entry.element.hidden = !fits;
          found += fits;
        }
        group.element.hidden = !found;
        count += found;
      }
      shown.textContent = count;
      empty.hidden = count > 0;
    };

    field.addEventListener("input", show);
    field.closest("form").addEventListener("submit", (event) => event.preventDefault());
    document.querySelectorAll("[data-needs-script]").forEach((element) => (element.hidden = false));
    show();
  };

  if (field) start();
}
