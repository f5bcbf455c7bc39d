// Counts down the characters left under a long answer; said aloud when the typing pauses.
for (const told of document.querySelectorAll("[data-count]:not([data-live])")) {
  const field = document.getElementById(told.dataset.count);
  const most = Number(told.dataset.most);
  const aloud = document.createElement("p");
  aloud.className = "unseen";
  aloud.setAttribute("aria-live", "polite");
  told.after(aloud);
  told.dataset.live = "yes";
  let pause;
  const count = () => {
    const left = most - [...field.value].length;
    const words = left < 0 ? told.dataset.over.replace("%(over)s", -left) : told.dataset.left.replace("%(left)s", left);
    told.textContent = words;
    told.classList.toggle("count-over", left < 0);
    clearTimeout(pause);
    pause = setTimeout(() => { aloud.textContent = words; }, 1000);
  };
  field.addEventListener("input", count);
  if (field.value) count();
}
