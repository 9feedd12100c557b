/* Marks the section that is being read in the table of contents, and keeps it in view there. */
{
  const links = [...document.querySelectorAll("[data-toc] a")];
  const idOf = (hash) => decodeURIComponent(hash.slice(1));
  const headings = [...new Set(links.map((link) => document.getElementById(idOf(link.hash))))].filter(Boolean);
  let marked = "";
  let chosen = ""; /* what the reader has jumped to stays marked while it is in view, however short it is */
  let arriving = false; /* still on the way there */

  /* Scrolls the list, never the page. */
  const reveal = (link) => {
    const list = link.closest("[data-scroller]");
    if (!list || list.scrollHeight <= list.clientHeight) return;
    const [box, place] = [list.getBoundingClientRect(), link.getBoundingClientRect()];
    const room = box.height / 4;
    if (place.top < box.top + room) list.scrollTop -= box.top + room - place.top;
    else if (place.bottom > box.bottom - room) list.scrollTop += place.bottom - box.bottom + room;
  };

  const mark = (id) => {
    if (id === marked) return;
    marked = id;
    for (const link of links) {
      const isHere = idOf(link.hash) === id;
      if (isHere) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
      if (isHere) reveal(link);
    }
  };

  const topOf = (heading) => heading.getBoundingClientRect().top;

  const look = () => {
    const jumped = headings.find((heading) => heading.id === chosen);
    if (jumped && (arriving || (topOf(jumped) > -8 && topOf(jumped) < innerHeight))) return mark(chosen);
    chosen = "";
    const shown = headings.filter((heading) => heading.checkVisibility());
    const passed = shown.filter((heading) => topOf(heading) < innerHeight / 3);
    return mark(passed.length ? passed[passed.length - 1].id : "");
  };

  if (headings.length) {
    let waiting = false;
    const soon = () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        look();
      });
    };
    const arrive = () => {
      arriving = false;
      soon();
    };
    const jump = () => {
      chosen = idOf(location.hash);
      arriving = true;
      soon();
      setTimeout(arrive, 1000); /* there may be nothing to scroll, or no scrollend */
    };
    addEventListener("scroll", soon, { passive: true });
    addEventListener("resize", soon, { passive: true });
    addEventListener("scrollend", arrive, { passive: true });
    addEventListener("hashchange", jump);
    jump();
  }
}
