/* The shape lens: a button in the head of each snippet that has shapes. It holds for the whole site, and is remembered. */
{
  const root = document.documentElement;
  const words = document.querySelector("[data-copy-words]");
  const heads = [...document.querySelectorAll("[data-snippet]:has([data-shape]) > [data-head]")];

  const keep = (on) => {
    try {
      if (on) localStorage.shapes = "on";
      else localStorage.removeItem("shapes");
    } catch {
      /* private windows may refuse; the choice then holds for this page */
    }
  };

  const start = () => {
    const isOn = () => root.dataset.shapes === "on";
    const buttons = heads.map((head) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button";
      button.textContent = words.dataset.shapes;
      button.addEventListener("click", () => turn(button));
      head.insertBefore(button, head.querySelector("button"));
      return button;
    });
    const tell = () => buttons.forEach((button) => button.setAttribute("aria-pressed", isOn()));

    /* Code above grows or shrinks with it: what the reader looks at stays where it is. */
    const turn = (button) => {
      const top = button.getBoundingClientRect().top;
      root.dataset.shapes = isOn() ? "" : "on";
      keep(isOn());
      tell();
      requestAnimationFrame(() => {
        scrollBy({ top: button.getBoundingClientRect().top - top, behavior: "instant" });
      });
    };

    /* What is shown on hover can be sent away without moving the pointer (WCAG 1.4.13). */
    addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      const line = document.querySelector("[data-shape]:hover");
      if (!line) return;
      line.dataset.quiet = "";
      line.addEventListener("pointerleave", () => delete line.dataset.quiet, { once: true });
    });
    tell();
  };

  if (words && heads.length) start();
}
