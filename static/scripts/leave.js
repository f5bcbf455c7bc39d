// Leaves a page about safety at three presses of Shift, or at once by its button, without a way back.
const leave = document.getElementById("leave");
if (leave && !leave.dataset.live) {
  leave.dataset.live = "yes";
  let presses = 0;
  let pause;
  const go = () => {
    document.body.hidden = true;
    location.replace(leave.href);
  };
  leave.addEventListener("click", (event) => {
    event.preventDefault();
    go();
  });
  document.addEventListener("keyup", (event) => {
    clearTimeout(pause);
    presses = event.key === "Shift" ? presses + 1 : 0;
    if (presses === 3) go();
    pause = setTimeout(() => { presses = 0; }, 5000);
  });
}
