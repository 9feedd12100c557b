/* The grid's filter: keyword, category, status, level, tags, and the order. Its state is the address
   (?q=&cat=&status=&level=&tag=a,b&sort=); beside each choice stands how many cards it would leave. */
{
  const GROUPS = ["cat", "status", "level"];
  const form = document.querySelector("[data-filter]");
  const find = (name) => document.querySelector(`[data-${name}]`);
  const radios = (name) => [...form.querySelectorAll(`[name="${name}"]`)];
  const pick = (name, value) => {
    const found = radios(name).find((input) => input.value === value) ?? radios(name)[0];
    if (found) found.checked = true;
  };
  const wishes = () => GROUPS.map((name) => [name, form.elements[name]?.value ?? ""]);

  const start = () => {
    const cards = [...document.querySelectorAll("[data-card]")].map(cardOf);
    const parts = ["shown", "of", "empty", "clear", "keyword", "cards", "said", "active"];
    const [shown, total, empty, clear, field, list, said, active] = parts.map(find);
    const order = form.elements.sort;
    const names = new Map(cards.flatMap((card) => [...card.tags]));
    const chosen = new Set();

    const read = () => {
      const query = new URLSearchParams(location.search);
      field.value = query.get("q") ?? "";
      for (const name of GROUPS) pick(name, query.get(name) ?? "");
      order.value = query.get("sort") ?? "";
      if (order.selectedIndex < 0) order.value = "";
      chosen.clear();
      for (const tag of (query.get("tag") ?? "").split(",").filter((tag) => names.has(tag))) {
        chosen.add(tag);
        ensure(tag);
      }
      if (field.value) loadCode();
      show();
    };

    const write = (way) => {
      const state = [["q", field.value.trim()], ...wishes(), ["tag", [...chosen].join(",")], ["sort", order.value]];
      const query = new URLSearchParams(state.filter(([, value]) => value));
      try {
        history[way](null, "", `${location.pathname}${query.size ? `?${query.toString().replaceAll("%2C", ",")}` : ""}`);
      } catch {
        /* too many changes in a short time, or a page from disk in a strict browser: the filter works all the same */
      }
    };

    /* All code of the cards counts for the keyword, not only the lines that they show. */
    let asked = false;
    const loadCode = async () => {
      if (asked) return;
      asked = true;
      const load = async (card) => (card.text += `\n${plainText(await codeOf(card.snippet))}`);
      await Promise.allSettled(cards.filter((card) => card.snippet).map(load));
      if (field.value) show();
    };

    const tell = (element, count = 0) => {
      element.querySelector(".chip__count").textContent = count;
      element.classList.toggle("chip--none", !count);
    };

    let arranged = "";
    const arrange = () => {
      if (order.value !== arranged) list.append(...[...cards].sort(ORDERS[order.value]).map((card) => card.element));
      arranged = order.value;
    };

    const show = () => {
      const words = plainText(field.value).split(/\s+/).filter(Boolean);
      const fits = (card) => [...chosen].every((tag) => card.tags.has(tag)) && words.every((word) => card.text.includes(word));
      const { counts, passing } = countsOf(cards, wishes(), fits);
      for (const card of cards) card.element.hidden = !passing.has(card);
      for (const name of GROUPS) for (const input of radios(name)) tell(input.parentElement, counts.get(`${name} ${input.value}`));
      for (const [tag, button] of chips) {
        tell(button, counts.get(`tag ${tag}`));
        button.setAttribute("aria-pressed", chosen.has(tag));
      }
      const choices = wishes().filter(([, value]) => value).length + chosen.size;
      shown.textContent = passing.size;
      total.hidden = passing.size === cards.length;
      empty.hidden = passing.size > 0;
      clear.hidden = !passing.size || (!words.length && !choices);
      if (active) {
        active.textContent = choices;
        active.hidden = !choices;
      }
      arrange();
    };

    /* Said once the reader pauses, not at each key. */
    let timer;
    const say = (wait) => {
      clearTimeout(timer);
      const about = () => (empty.hidden ? shown.parentElement : empty.querySelector("p"));
      timer = setTimeout(() => (said.textContent = about().textContent.trim()), wait);
    };

    const changed = (way) => {
      write(way);
      show();
      say(way === "pushState" ? 100 : 700);
    };

    /* Without a tag: there are more chips to be counted. */
    const toggle = (tag) => {
      if (!tag) return show();
      if (!chosen.delete(tag)) chosen.add(tag);
      changed("pushState");
    };
    const { chips, ensure } = tagChips(names, toggle);

    field.addEventListener("focus", loadCode);
    field.addEventListener("input", () => changed("replaceState"));
    form.addEventListener("change", (event) => event.target !== field && changed("pushState"));
    form.addEventListener("submit", (event) => event.preventDefault());
    for (const button of document.querySelectorAll("[data-clear]")) {
      button.addEventListener("click", () => {
        field.value = "";
        for (const name of GROUPS) pick(name, "");
        chosen.clear();
        changed("pushState");
        field.focus();
      });
    }
    const fold = find("fold");
    if (fold && !CSS.supports("selector(::details-content)")) fold.open = matchMedia("(min-width: 48rem)").matches;
    addEventListener("popstate", read);
    read();
  };

  if (form) start();
}
