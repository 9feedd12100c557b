/* Wraps long lines of code: a button in the head of each snippet that has some. It holds for the whole site, and is remembered. */
{
  const root = document.documentElement;
  const words = document.querySelector("[data-copy-words]");
  const heads = [...document.querySelectorAll("[data-snippet] > [data-head]")];
  const buttons = new Map();

  const isOn = () => root.dataset.wrap === "on";

  const keep = (on) => {
    try {
      if (on) localStorage.wrap = "on";
      else localStorage.removeItem("wrap");
    } catch {
      /* private windows may refuse; the choice then holds for this page */
    }
  };

  const tell = () => buttons.forEach((button) => button.setAttribute("aria-pressed", isOn()));

  /* What stands above grows or shrinks with it: what the reader looks at stays where it is. */
  const turn = (button) => {
    const top = button.getBoundingClientRect().top;
    root.dataset.wrap = isOn() ? "" : "on";
    keep(isOn());
    tell();
    scrollBy({ top: button.getBoundingClientRect().top - top, behavior: "instant" });
  };

  const add = (head) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = words.dataset.wrap;
    button.addEventListener("click", () => turn(button));
    head.insertBefore(button, head.querySelector("button"));
    buttons.set(head, button);
  };

  /* Lines that are wrapped are too long no more: they are measured as they would be. Nothing is painted in between. */
  const look = () => {
    const wrapped = root.dataset.wrap;
    root.dataset.wrap = "";
    const tooLong = heads.map(({ nextElementSibling: code }) => code.scrollWidth > code.clientWidth);
    root.dataset.wrap = wrapped ?? "";
    heads.forEach((head, at) => {
      if (tooLong[at] && !buttons.has(head)) add(head);
      if (buttons.has(head)) buttons.get(head).hidden = !tooLong[at];
    });
    tell();
  };

  if (words && heads.length) {
    let waiting = 0;
    const soon = () => {
      clearTimeout(waiting);
      waiting = setTimeout(look, 100);
    };
    addEventListener("resize", soon, { passive: true });
    document.addEventListener("toggle", soon, { capture: true }); /* what was folded away had no width */
    document.fonts.ready.then(look);
  }
}
