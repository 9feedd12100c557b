/* The search window: a combobox whose options are links. It opens as soon as this script has come. */
{
  const search = (globalThis.gardenSearch ??= {});
  const button = document.querySelector("[data-search]");
  const dialog = document.querySelector("[data-search-window]").content.firstElementChild.cloneNode(true);
  const [field, list, status] = ["input", "[role=listbox]", "[role=status]"].map((part) => dialog.querySelector(part));
  const groups = list.dataset.groups.split("|");
  const FEW = 5;
  let limits = groups.map(() => FEW);
  let asked = 0;

  const element = (tag, name, ...children) => {
    const made = document.createElement(tag);
    made.className = name;
    made.append(...children);
    return made;
  };
  const written = (pieces) => pieces.map(([text, isMarked]) => (isMarked ? element("mark", "", text) : text));
  const said = (name, number) => status.dataset[name].replace("#", number);

  const options = () => [...list.querySelectorAll("[role=option]")];
  const active = () => list.querySelector("[aria-selected=true]");
  const choose = (option) => {
    active()?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) field.setAttribute("aria-activedescendant", option.id);
    else field.removeAttribute("aria-activedescendant");
  };

  const asOption = (option) => {
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.tabIndex = -1;
    return option;
  };

  const result = async ({ place }, marks) => {
    const [title, address, fragment, heading, text, code] = await search.place(place);
    const passage = search.passage(text, code, marks);
    const name = element("span", "search__title", ...written(search.marked(title, marks)));
    if (heading) name.append(element("span", "search__heading", " › ", ...written(search.marked(heading, marks))));
    const link = asOption(element("a", "search__option", name));
    const shown = element(passage.isCode ? "code" : "span", "search__passage", ...written(passage.pieces));
    if (shown.textContent) link.append(shown);
    link.href = new URL(`../${address}${fragment && `#${encodeURIComponent(fragment)}`}`, search.folder);
    return link;
  };

  const more = (group, count) => {
    const option = asOption(element("button", "search__option search__option--more", list.dataset.more.replace("#", count)));
    option.type = "button";
    option.addEventListener("click", async () => {
      const at = options().indexOf(option);
      limits[group] = Infinity;
      await ask();
      choose(options()[at]);
    });
    return option;
  };

  const section = async (hits, group, marks) => {
    const name = element("span", "search__group", groups[group]);
    name.id = `search-group-${group}`;
    const shown = await Promise.all(hits.slice(0, limits[group]).map((hit) => result(hit, marks)));
    if (hits.length > shown.length) shown.push(more(group, hits.length));
    const made = element("div", "search__section", name, ...shown);
    made.setAttribute("role", "group");
    made.setAttribute("aria-labelledby", name.id);
    return made;
  };

  const show = (sections, words) => {
    list.replaceChildren(...sections);
    options().forEach((option, number) => (option.id = `search-option-${number}`));
    list.hidden = !sections.length;
    list.scrollTop = 0;
    field.setAttribute("aria-expanded", String(sections.length > 0));
    status.textContent = words;
    choose(options()[0]);
  };

  const answer = async (text) => {
    const { hits, marks, isPartial } = await search.query(text);
    const order = [...new Set(hits.map((hit) => hit.group))];
    const made = order.map((group) => section(hits.filter((hit) => hit.group === group), group, marks));
    const count = hits.length === 1 ? said("one", 1) : hits.length ? said("many", hits.length) : said("none", text);
    return [await Promise.all(made), isPartial && hits.length ? `${said("partly", "")} ${count}` : count];
  };

  /* What comes late, after more has been typed, is not shown. */
  const ask = async () => {
    const text = field.value.trim();
    const number = (asked += 1);
    let found = [[], status.dataset.hint];
    try {
      if (text) found = await answer(text).catch(() => search.refresh().then(() => answer(text)));
    } catch {
      found = [[], status.dataset.failed];
    }
    if (number === asked) show(...found);
  };

  const step = (event) => {
    const all = options();
    const at = all.indexOf(active());
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    const isText = ["Home", "End"].includes(event.key) && (event.shiftKey || !all.length);
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey || isText) return;
    event.preventDefault();
    choose(all[(to + all.length) % all.length]);
  };

  const enter = (event) => {
    if (event.key !== "Enter" || event.isComposing || !active()) return;
    event.preventDefault();
    if (active().href && (event.ctrlKey || event.metaKey)) open(active().href, "_blank", "noopener");
    else active().click();
  };

  const appear = async () => {
    await search.styled;
    if (!dialog.open) dialog.showModal();
    if (!field.value) status.textContent = status.dataset.hint;
    field.focus();
    field.select();
    search.index().catch(() => {}); /* said when something is asked for */
  };

  field.addEventListener("input", () => {
    limits = groups.map(() => FEW);
    ask();
  });
  field.addEventListener("keydown", (event) => {
    step(event);
    enter(event);
  });
  dialog.addEventListener("click", (event) => {
    const isAside = event.target === dialog || event.target.closest("[data-close]");
    const isFollowed = event.target.closest("a") && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (isAside || isFollowed) dialog.close();
  });
  button.addEventListener("open", appear);
  document.body.append(dialog);
  appear();
}
