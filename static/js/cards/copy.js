/* A copy button on each card. The card shows a few lines of its snippet: all of it is loaded when a reader reaches for it. */

/* The whole code of a card, from the file that has it; scripts, since a page from disk can load nothing else. */
const codeOf = (() => {
  const files = new Map();
  const policy = self.trustedTypes?.createPolicy("cards", { createScriptURL: (url) => url });

  const load = (file) =>
    new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.addEventListener("load", () => resolve(script.codes));
      script.addEventListener("error", () => {
        files.delete(file); /* to be tried again */
        reject(new Error(`cannot load ${file}`));
      });
      script.src = policy ? policy.createScriptURL(file) : file;
      document.head.append(script);
    });

  return async (snippet) => {
    const { code, place } = snippet.dataset;
    if (!files.has(code)) files.set(code, load(code));
    return (await files.get(code))[place];
  };
})();

{
  const words = document.querySelector("[data-copy-words]");

  /* Where the clipboard is out of reach (from disk in some browsers): the whole code, selected. */
  const select = (snippet, text) => {
    const code = snippet.querySelector("code");
    code.textContent = text;
    code.parentElement.classList.add("card__code--whole");
    getSelection().selectAllChildren(code);
  };

  /* What became of it, in the reader's words. */
  const copy = async (snippet, list) => {
    const text = codeOf(snippet);
    try {
      /* the clipboard is given a promise, since some browsers forget the click while the file comes */
      const blob = text.then((code) => new Blob([code], { type: "text/plain" }));
      await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
      return words.dataset.copied;
    } catch {
      const code = await text.catch(() => "");
      if (code) select(snippet, code);
      return code ? words.dataset.selected : list.dataset.notLoaded;
    }
  };

  const add = (snippet, list) => {
    const button = document.createElement("button");
    const rest = document.createElement("span");
    button.type = "button";
    button.className = "button card__copy";
    rest.className = "visually-hidden";
    rest.textContent = ` ${list.dataset.codeOf} ${snippet.closest(".card").querySelector(".card__title").textContent}`;
    button.append(words.dataset.copyWords, rest);
    const say = (text) => {
      button.firstChild.data = text;
      words.textContent = text === words.dataset.copyWords ? "" : text;
    };
    const fetch = () => codeOf(snippet).catch(() => {}); /* the click tells of it */
    button.addEventListener("pointerenter", fetch);
    button.addEventListener("focus", fetch);
    button.addEventListener("click", async () => {
      say(await copy(snippet, list));
      setTimeout(say, 2000, words.dataset.copyWords);
    });
    snippet.append(button);
  };

  if (words) {
    for (const list of document.querySelectorAll("[data-cards]")) {
      for (const snippet of list.querySelectorAll("[data-code]")) add(snippet, list);
    }
  }
}
