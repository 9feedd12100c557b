/* Cards beside links: what the page holds for them in <template data-preview="address">, and the text of its footnotes. A card comes
   after a moment of hovering, or with the keyboard's focus; Escape sends it away, the pointer can go to it, and it never covers its
   link. A tap follows a link as ever; only on the number of a footnote the first tap opens the card, and the second follows. */
{
  const main = document.querySelector("main:has([data-previews] a)");
  const [WAIT, GRACE, GAP, EDGE] = [300, 250, 6, 16]; // milliseconds, pixels

  const linkAt = (element) => element.closest?.("[data-previews] a[href]") ?? null;
  const isFootnote = (link) => link.matches('[role="doc-noteref"][href^="#"]');

  const footnote = (link) => {
    const copy = document.getElementById(decodeURIComponent(link.hash.slice(1)))?.cloneNode(true);
    if (!copy) return null;
    copy.querySelectorAll('[role="doc-backlink"]').forEach((back) => back.remove());
    copy.querySelectorAll("[id]").forEach((element) => element.removeAttribute("id"));
    const content = new DocumentFragment();
    content.append(...copy.childNodes);
    return content;
  };

  const start = () => {
    const cards = new Map([...document.querySelectorAll("[data-preview]")].map((card) => [card.dataset.preview, card.content]));
    const card = document.createElement("div");
    card.className = "preview";
    card.id = "card:shown"; // no heading's id has a colon
    card.role = "tooltip";
    card.hidden = true;
    main.append(card);
    let [link, refused, timer, touched, pointer] = [null, null, 0, false, 0];

    const contentOf = (one) => {
      const address = one.getAttribute("href");
      if (isFootnote(one)) return footnote(one);
      return (cards.get(address) ?? cards.get(address.split("#")[0]))?.cloneNode(true);
    };

    const hide = () => {
      clearTimeout(timer);
      link?.removeAttribute("aria-describedby");
      link = null;
      card.hidden = true;
    };

    /* Below the whole of the link, or above it where there is more room; beside the line that the pointer is on. */
    const place = () => {
      const lines = [...link.getClientRects()];
      const line = lines.find((one) => one.left <= pointer && pointer <= one.right) ?? lines[0];
      const [top, bottom] = [Math.min(...lines.map((one) => one.top)), Math.max(...lines.map((one) => one.bottom))];
      const { clientWidth: width, clientHeight: height } = document.documentElement;
      const room = Math.max(top, height - bottom) - GAP - EDGE;
      Object.assign(card.style, { left: 0, top: 0, maxBlockSize: `${Math.max(room, 64)}px` });
      const box = card.getBoundingClientRect();
      const isBelow = bottom + GAP + box.height <= height - EDGE || height - bottom > top;
      const left = Math.max(EDGE, Math.min(line.left, width - box.width - EDGE));
      card.style.left = `${left - box.left}px`;
      card.style.top = `${(isBelow ? bottom + GAP : top - GAP - box.height) - box.top}px`;
    };

    const show = (one, x) => {
      const content = one !== link && contentOf(one);
      if (!content) return;
      hide();
      [link, pointer] = [one, x];
      card.replaceChildren(content);
      card.hidden = false;
      link.setAttribute("aria-describedby", card.id);
      place();
    };

    const soon = (action, wait) => {
      clearTimeout(timer);
      timer = setTimeout(action, wait);
    };

    document.addEventListener("pointerover", ({ target, pointerType, clientX }) => {
      if (pointerType === "touch") return;
      const over = linkAt(target);
      if (over !== refused) refused = null;
      if (card.contains(target) || (over && over === link)) clearTimeout(timer);
      else if (over && !refused) soon(() => show(over, clientX), WAIT);
      else soon(() => link?.matches(":focus-visible") || hide(), GRACE);
    });
    document.addEventListener("focusin", ({ target }) => {
      if (target.matches(":focus-visible") && linkAt(target)) show(linkAt(target));
    });
    document.addEventListener("focusout", ({ target }) => {
      if (target === link && !card.matches(":hover")) hide();
    });
    document.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape") return;
      refused = document.querySelector("[data-previews] a:hover");
      hide();
    });
    document.addEventListener("pointerdown", ({ target, pointerType }) => {
      touched = pointerType === "touch";
      if (!card.contains(target) && linkAt(target) !== link) hide();
    });
    document.addEventListener("click", (event) => {
      const on = linkAt(event.target);
      if (!on) return;
      if (touched && event.detail && isFootnote(on) && on !== link) {
        event.preventDefault();
        show(on, event.clientX);
      } else hide();
    });
    addEventListener("scrollend", () => link && place()); // focus may have moved the page
    addEventListener("resize", hide);
  };

  if (main) start();
}
