/* The button that switches between light and dark; the choice is kept, and forgotten where it is the system's own. */
{
  const button = document.querySelector("[data-toggle-theme]");
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");

  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);

  const name = () => {
    const label = isDark() ? button.dataset.toLight : button.dataset.toDark;
    button.setAttribute("aria-label", label);
    button.title = label;
  };

  const keep = (theme) => {
    try {
      if (theme) localStorage.theme = theme;
      else localStorage.removeItem("theme");
    } catch {
      /* private windows may refuse; the choice then holds for this page */
    }
  };

  if (button) {
    button.addEventListener("click", () => {
      const wanted = isDark() ? "light" : "dark";
      root.dataset.theme = wanted;
      keep((wanted === "dark") === system.matches ? "" : wanted);
      name();
    });
    system.addEventListener("change", name);
    name();
  }
}
