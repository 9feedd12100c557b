/* The button that prints the sheet. */
{
  const button = document.querySelector("[data-print]");
  if (button) {
    button.addEventListener("click", () => print());
  }
}
