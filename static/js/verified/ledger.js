/* The ledger: buttons in the heads of its columns sort it, a field and the levels filter it; the address keeps both
   (?q=&level=&sort=-checks). The table's own order is the reading order, and comes back with the third press. Of very many
   rows only the first are shown until the rest is asked for: laying out thousands takes a second. */
{
  const MANY = 500;
  const ledger = document.querySelector("[data-ledger]");

  const start = () => {
    const find = (name) => ledger.querySelector(`[data-${name}]`);
    const [form, body] = [ledger.querySelector("form"), ledger.querySelector("tbody")];
    const heads = [...ledger.querySelectorAll("thead th")];
    const names = heads.map((head) => head.textContent.toLowerCase().replaceAll(" ", "-"));
    const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
    const rows = [...body.rows].map((element) => ({
      element,
      level: element.dataset.level,
      text: element.textContent.toLowerCase(),
    }));
    let sorted = { column: -1, down: false };
    let order = rows;
    let limit = MANY;

    const read = () => {
      const query = new URLSearchParams(location.search);
      form.elements.q.value = query.get("q") ?? "";
      for (const input of form.querySelectorAll("[name=level]")) input.checked = input.value === (query.get("level") ?? "");
      if (!form.querySelector(":checked")) form.querySelector("[name=level]")?.click();
      const wanted = query.get("sort") ?? "";
      sort(names.indexOf(wanted.replace(/^-/, "")), wanted.startsWith("-"));
      show();
    };

    const write = () => {
      const [column, down] = [names[sorted.column], sorted.down];
      const state = { q: form.elements.q.value.trim(), level: form.elements.level?.value, sort: column && (down ? "-" : "") + column };
      const query = new URLSearchParams(Object.entries(state).filter(([, value]) => value));
      try {
        history.replaceState(null, "", `${location.pathname}${query.size ? `?${query}` : ""}`);
      } catch {
        /* too many changes in a short time, or a page from disk in a strict browser: the table works all the same */
      }
    };

    const show = () => {
      const words = form.elements.q.value.toLowerCase().split(/\s+/).filter(Boolean);
      const level = form.elements.level?.value;
      const found = order.filter((row) => (!level || row.level === level) && words.every((word) => row.text.includes(word)));
      const shown = new Set(found.slice(0, limit));
      for (const row of rows) row.element.hidden = !shown.has(row);
      body.append(...[...shown].map((row) => row.element)); /* hidden ones may stay where they are */
      find("shown").textContent = found.length.toLocaleString("en");
      find("empty").hidden = found.length > 0;
      find("table").hidden = found.length === 0;
      find("more").hidden = found.length <= limit;
    };

    /* Numbers by size, all else as words; a cell without a value comes last either way. */
    const sort = (column, down) => {
      const number = column >= 0 && "number" in heads[column].dataset;
      const value = ({ element }) => element.cells[column].textContent;
      const keys = new Map(column < 0 ? [] : rows.map((row) => [row, number ? Number.parseFloat(value(row)) : value(row)]));
      const way = down ? -1 : 1;
      const compare = (one, other) => {
        const [a, b] = [keys.get(one), keys.get(other)];
        if (!number) return way * collator.compare(a, b);
        return Number.isNaN(a) || Number.isNaN(b) ? Number.isNaN(a) - Number.isNaN(b) : way * (a - b);
      };
      order = column < 0 ? rows : [...rows].sort(compare);
      sorted = { column, down };
      heads.forEach((head, at) => {
        if (at === column) head.setAttribute("aria-sort", down ? "descending" : "ascending");
        else head.removeAttribute("aria-sort");
      });
    };

    const changed = () => {
      write();
      show();
    };

    heads.forEach((head, at) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "ledger__sort";
      button.append(...head.childNodes);
      button.addEventListener("click", () => {
        if (sorted.column !== at) sort(at, false);
        else sort(sorted.down ? -1 : at, !sorted.down);
        changed();
      });
      head.append(button);
    });
    form.addEventListener("input", changed);
    form.addEventListener("submit", (event) => event.preventDefault());
    find("clear").addEventListener("click", () => {
      form.reset();
      changed();
      form.elements.q.focus();
    });
    find("more").addEventListener("click", () => {
      limit = Infinity;
      show();
    });
    addEventListener("popstate", read);
    read();
  };

  if (ledger) start();
}
