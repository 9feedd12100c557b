/* Tags as switches; in the page they are links to the tags' pages, and one link to all of them. */
const tagChips = (names, toggle) => {
  const chips = new Map();

  const buttonOf = (content, act) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "chip";
    button.append(...content);
    button.addEventListener("click", () => act(button));
    return button;
  };

  const chip = (tag, content) => {
    chips.set(tag, buttonOf(content, () => toggle(tag)));
    return chips.get(tag);
  };

  const fresh = (tag) => {
    const count = document.createElement("span");
    count.className = "chip__count";
    return chip(tag, [`${names.get(tag)} `, count]);
  };

  for (const link of document.querySelectorAll("[data-tag]")) link.replaceWith(chip(link.dataset.tag, link.childNodes));

  /* The others are made when they are asked for. */
  const more = document.querySelector("[data-more]");
  if (more) {
    const rest = document.createElement("span");
    rest.className = "filters__rest";
    rest.hidden = true;
    const unfold = (button) => {
      const others = [...names.keys()].filter((tag) => !chips.has(tag)).sort();
      rest.append(...others.map(fresh));
      rest.hidden = !rest.hidden;
      button.setAttribute("aria-expanded", !rest.hidden);
      toggle();
    };
    const button = buttonOf(more.childNodes, unfold);
    button.className = more.className;
    button.setAttribute("aria-expanded", "false");
    more.replaceWith(button, rest);
  }

  /* A tag from the address may have no chip as yet. */
  const ensure = (tag) => chips.has(tag) || document.querySelector("[data-chips]").prepend(fresh(tag));
  return { chips, ensure };
};
