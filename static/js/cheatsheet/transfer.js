/* Progress as a file: out, and in again on another device. What comes in replaces the entries of the same facts. */
{
  const out = document.querySelector("[data-export]");
  const field = document.querySelector("[data-import]");
  const message = document.querySelector("[data-message]");

  const save = () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([book.text()], { type: "application/json" }));
    link.download = `progress-${book.day()}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    message.textContent = "";
  };

  const load = async (file) => {
    const found = book.read(await file.text().catch(() => ""));
    const words = found ? message.dataset.done : message.dataset.wrong;
    const facts = found && sheet.fill(found.size === 1 ? message.dataset.one : message.dataset.many, { n: found.size });
    if (found) book.keep(new Map([...book.all(), ...found]));
    message.textContent = sheet.fill(words, { n: facts, file: file.name });
    if (found) sheet.root.dispatchEvent(new Event("mode"));
  };

  if (out) {
    out.addEventListener("click", save);
    field.addEventListener("change", async () => {
      if (field.files.length) await load(field.files[0]);
      field.value = ""; /* the same file may be chosen again */
    });
  }
}
