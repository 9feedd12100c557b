/* A copy button in the head of every snippet; only the code is copied, neither output nor line marks. */
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

  const add = (figure) => {
    const code = figure.querySelector("[data-code]");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = words.dataset.copyWords;
    button.setAttribute("aria-label", `${words.dataset.copyWords}: ${code.parentElement.getAttribute("aria-label")}`);
    button.addEventListener("click", async () => {
      const done = await copied(code.textContent);
      if (!done) select(code);
      const said = done ? words.dataset.copied : words.dataset.selected;
      button.textContent = said;
      words.textContent = said;
      setTimeout(() => {
        button.textContent = words.dataset.copyWords;
        words.textContent = "";
      }, 2000);
    });
    figure.querySelector("[data-head]").append(button);
  };

  if (words) document.querySelectorAll("[data-snippet]").forEach(add);
}
