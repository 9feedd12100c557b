/* Two ways to copy a snippet: its code alone, and the code with all that it needs from above to run. Output, shapes and line
   marks are not part of either. What runs follows greenbed/show/files/script.py, which makes the script beside a note. */
{
  const copied = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return false; /* file:// in some browsers, or no permission: select the code instead */
    }
  };

  const select = (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  };

  const words = document.querySelector("[data-copy-words]");

  /* Code without a newline at its end; of a session the input, and what it printed as comments. */
  const plain = (element) => {
    const code = element.textContent.trimEnd();
    if (!code.startsWith(">>>")) return code;
    const line = (text) => (/^(>>>|\.\.\.)/.test(text) ? text.slice(4) : text.trim() && `# ${text}`);
    return code.split("\n").map(line).join("\n");
  };

  const codeOf = (figure) => plain(figure.querySelector("[data-code]"));

  /* A snippet that stands above, and has to raise: its last statement is caught, or all is a comment where it cannot be read. */
  const caught = (figure) => {
    const code = codeOf(figure);
    if (!figure.dataset.tries) return code;
    const [first, ...fixed] = figure.dataset.tries.split(" ").map(Number);
    const lines = code.split("\n");
    if (!first) return lines.map((line) => `# ${line}`.trimEnd()).join("\n");
    const inside = (line, at) => (at + 1 < first || fixed.includes(at + 1) || !line ? line : `    ${line}`);
    const body = lines.map(inside);
    body.splice(first - 1, 0, "try:");
    return [...body, "except Exception as error:", '    print(f"{type(error).__name__}: {error}")'].join("\n");
  };

  const setupOf = (figure) => [...figure.querySelectorAll("[data-setup]")].map(plain);

  /* Where a snippet stands: its note and its number. An embedded one has not all of its note around it. */
  const placeOf = (figure) => {
    const at = figure.dataset.snippet.lastIndexOf(" ");
    return [figure.dataset.snippet.slice(0, at), Number(figure.dataset.snippet.slice(at + 1))];
  };

  const figures = [...document.querySelectorAll("[data-snippet]")];
  const whole = figures.filter((figure) => figure.dataset.snippet && !figure.closest(".embed"));

  /* The snippets that a snippet can use: those above it in its note, from the last fresh start on. */
  const above = (figure) => {
    const [note, number] = placeOf(figure);
    const found = whole.filter((other) => placeOf(other)[0] === note && placeOf(other)[1] < number);
    found.sort((one, other) => placeOf(one)[1] - placeOf(other)[1]);
    return "fresh" in figure.dataset ? [] : found.slice(Math.max(0, found.findLastIndex((other) => "fresh" in other.dataset)));
  };

  const runnable = (figure) => {
    const parts = [...above(figure).flatMap((other) => [...setupOf(other), caught(other)]), ...setupOf(figure)];
    const code = [...parts, codeOf(figure)].join("\n\n");
    const futures = [...new Set(code.match(/^from __future__ import [^\n(]+$/gm))];
    if (!futures.length) return code;
    return `${futures.join("\n")}\n\n${code.replace(/^from __future__ import [^\n(]+$\n?/gm, "").trimStart()}`;
  };

  const add = (figure, place, name, text) => {
    const code = figure.querySelector("[data-code]");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = name;
    button.setAttribute("aria-label", `${name}: ${code.parentElement.getAttribute("aria-label")}`);
    button.addEventListener("click", async () => {
      const done = await copied(`${text(figure)}\n`);
      if (!done) select(code);
      const said = done ? words.dataset.copied : words.dataset.selected;
      button.textContent = said;
      words.textContent = said;
      setTimeout(() => {
        button.textContent = name;
        words.textContent = "";
      }, 2000);
    });
    place.append(button);
  };

  if (words) {
    for (const figure of figures) add(figure, figure.querySelector("[data-head]"), words.dataset.copyWords, codeOf);
    for (const figure of whole) {
      if (setupOf(figure).length || above(figure).length) {
        add(figure, figure.querySelector("[data-foot]"), words.dataset.runnable, runnable);
      }
    }
  }
}
