/* The window's style sheet, which pages do without until the window is opened. */
{
  const search = (globalThis.gardenSearch ??= {});
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = document.querySelector("[data-search-window]").dataset.style;
  search.styled = new Promise((resolve) => (link.onload = link.onerror = resolve)); /* a window without style is better than none */
  document.head.append(link);
}
