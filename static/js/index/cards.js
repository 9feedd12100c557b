/* What the filter asks of a card, and the orders in which cards can stand. */
const plainText = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");

const cardOf = (element, place) => {
  const { category, status, level, day, tags } = element.dataset;
  const text = (name) => element.querySelector(name)?.textContent ?? "";
  const names = [...element.querySelectorAll(".tag")].map((tag) => tag.textContent);
  return {
    element,
    place,
    day,
    title: text(".card__title"),
    text: plainText([".card__title", ".card__summary", ".card__code", ".tags"].map(text).join("\n")),
    snippet: element.querySelector("[data-code]"),
    tags: new Map(tags ? tags.split(",").map((slug, at) => [slug, names[at]]) : []),
    cat: category,
    status,
    level,
  };
};

const ORDERS = {
  "": (one, other) => one.place - other.place,
  new: (one, other) => other.day.localeCompare(one.day) || one.place - other.place,
  title: (one, other) => one.title.localeCompare(other.title, document.documentElement.lang, { numeric: true }),
};
