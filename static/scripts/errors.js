// Takes the reader to the list of what went wrong, and from there into the field itself.
const problems = document.getElementById("problems");
if (problems) {
  problems.focus();
  problems.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    const words = field.closest("fieldset") || field.closest(".field") || field;
    words.scrollIntoView();
    field.focus({ preventScroll: true });
  });
}
