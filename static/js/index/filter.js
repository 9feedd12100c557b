/* The grid's filter: keyword, category, status, tags; its state is the address (?q=&cat=&status=&tag=a,b). */
{
  const form = document.querySelector("[data-filter]");

  const start = () => {
    const cards = [...document.querySelectorAll("[data-card]")].map((element) => ({
      element,
      text: element.textContent.toLowerCase(),
      cat: element.dataset.category,
      status: element.dataset.status,
      tags: new Set(element.dataset.tags.split(",")),
    }));
    const find = (name) => document.querySelector(`[data-${name}]`);
    const [shown, total, empty, clear, field] = ["shown", "of", "empty", "clear", "keyword"].map(find);
    const chosen = new Set();

    /* The links to tag pages become switches; a tag from the address that has no chip gets one. */
    const chips = new Map();
    const chip = (tag, model) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "chip";
      if (model) button.append(...model.childNodes);
      else button.textContent = tag;
      button.addEventListener("click", () => {
        if (!chosen.delete(tag)) chosen.add(tag);
        changed("pushState");
      });
      chips.set(tag, button);
      return button;
    };
    document.querySelectorAll("[data-tag]").forEach((link) => link.replaceWith(chip(link.dataset.tag, link)));

    const radio = (name) => form.elements[name]?.value ?? "";
    const pick = (name, value) => {
      const options = [...form.querySelectorAll(`[name="${name}"]`)];
      const option = options.find((input) => input.value === value) ?? options[0];
      if (option) option.checked = true;
    };

    const read = () => {
      const query = new URLSearchParams(location.search);
      field.value = query.get("q") ?? "";
      pick("cat", query.get("cat") ?? "");
      pick("status", query.get("status") ?? "");
      chosen.clear();
      for (const tag of (query.get("tag") ?? "").split(",")) {
        if (!cards.some((card) => tag && card.tags.has(tag))) continue;
        chosen.add(tag);
        if (!chips.has(tag)) find("chips").append(chip(tag));
      }
      show();
    };

    const write = (way) => {
      const state = { q: field.value.trim(), cat: radio("cat"), status: radio("status"), tag: [...chosen].join(",") };
      const query = new URLSearchParams(Object.entries(state).filter(([, value]) => value));
      try {
        history[way](null, "", `${location.pathname}${query.size ? `?${query.toString().replaceAll("%2C", ",")}` : ""}`);
      } catch {
        /* too many changes in a short time, or a page from disk in a strict browser: the filter works all the same */
      }
    };

    const show = () => {
      const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      const [cat, status] = [radio("cat"), radio("status")];
      let count = 0;
      for (const card of cards) {
        const fits =
          (!cat || card.cat === cat) &&
          (!status || card.status === status) &&
          [...chosen].every((tag) => card.tags.has(tag)) &&
          words.every((word) => card.text.includes(word));
        card.element.hidden = !fits;
        count += fits;
      }
      for (const [tag, button] of chips) button.setAttribute("aria-pressed", chosen.has(tag));
      shown.textContent = count;
      total.hidden = count === cards.length;
      empty.hidden = count > 0;
      clear.hidden = count === 0 || (!words.length && !cat && !status && !chosen.size);
    };

    const changed = (way) => {
      write(way);
      show();
    };

    field.addEventListener("input", () => changed("replaceState"));
    form.addEventListener("change", (event) => event.target !== field && changed("pushState"));
    form.addEventListener("submit", (event) => event.preventDefault());
    document.querySelectorAll("[data-clear]").forEach((button) =>
      button.addEventListener("click", () => {
        field.value = "";
        pick("cat", "");
        pick("status", "");
        chosen.clear();
        changed("pushState");
        field.focus();
      }),
    );
    addEventListener("popstate", read);
    document.querySelectorAll("[data-needs-script]").forEach((element) => (element.hidden = false));
    read();
  };

  if (form) start();
}
