/* On the map: the note under the pointer, or that has the focus, keeps its colours with its links and those at their other end. */
{
  const map = document.querySelector("[data-map]");
  const notes = map ? [...map.querySelectorAll("[data-note]")] : [];
  const lines = map ? [...map.querySelectorAll("[data-ends]")].map((line) => [line, line.dataset.ends.split(" ")]) : [];

  const choose = (note) => {
    if (map.dataset.chosen === (note?.dataset.note ?? "")) return;
    map.dataset.chosen = note?.dataset.note ?? "";
    const near = new Set(note ? [note.dataset.note] : []);
    for (const [line, ends] of lines) {
      const isOurs = note && ends.includes(note.dataset.note);
      line.toggleAttribute("data-near", Boolean(isOurs));
      if (isOurs) ends.forEach((end) => near.add(end));
    }
    for (const other of notes) other.toggleAttribute("data-near", near.has(other.dataset.note));
  };

  /* The listeners are the frame's: an SVG that listens for focus becomes a stop of the keyboard itself. */
  const frame = map?.parentElement;

  if (map) {
    const focused = () => document.activeElement?.closest?.("[data-note]");
    const at = (event) => event.target.closest("[data-note]");
    frame.addEventListener("pointerover", (event) => choose(at(event) ?? focused()));
    frame.addEventListener("pointerleave", () => choose(focused()));
    frame.addEventListener("focusin", (event) => choose(at(event)));
    frame.addEventListener("focusout", () => choose());
  }
}
