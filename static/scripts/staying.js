// Asks, two and a half minutes before somebody is signed out, whether they are still there. It says so once,
// and not at all to who has just typed or pressed something: they are there.
const dialog = document.querySelector("dialog[data-seconds]");
if (dialog?.showModal) {
  const before = 150_000;
  const lately = 300_000;
  const form = dialog.querySelector("form");
  const button = dialog.querySelector("button");
  const title = dialog.querySelector("h2");
  const about = dialog.querySelector("#staying-about");
  const ended = dialog.querySelector("[data-ended]");
  // Pages that are open beside this one keep the same person signed in.
  const others = "BroadcastChannel" in window ? new BroadcastChannel("staying") : null;
  let until = 0;
  let active = 0;
  let last = false;
  let timer;

  const say = (words) => {
    about.textContent = words;
    if (!dialog.open) dialog.showModal();
  };
  const look = () => {
    clearTimeout(timer);
    const left = until - Date.now();
    if (left <= 0) {
      form.hidden = about.hidden = true;
      ended.hidden = false;
      title.textContent = title.dataset.words;
      if (!dialog.open) dialog.showModal();
    } else if (left > before) {
      if (dialog.open) dialog.close();
      timer = setTimeout(look, left - before);
    } else {
      timer = setTimeout(look, left);
      if (last) say(about.dataset.last);
      else if (Date.now() - active < lately) stay();
      else if (!dialog.open) dialog.showModal();
    }
  };
  const later = (moment) => {
    until = moment;
    look();
  };
  const stay = async () => {
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
      if (!answer.ok || answer.redirected) throw new Error("signed out");
      const moment = Date.now() + (await answer.json()).seconds * 1000;
      // After so many hours one signs in again, whatever one does.
      last = moment - Date.now() <= before;
      if (last) button.textContent = button.dataset.last;
      later(moment);
      others?.postMessage(moment);
    } catch {
      later(Math.min(until, Date.now() + 1000));
    }
  };
  const leave = () => (last || form.hidden ? dialog.close() : stay());

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    leave();
  });
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    leave();
  });
  for (const sign of ["input", "keydown", "pointerdown"]) {
    document.addEventListener(sign, () => { active = Date.now(); }, { passive: true });
  }
  others?.addEventListener("message", (event) => { if (event.data > until) later(event.data); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
  later(Date.now() + Number(dialog.dataset.seconds) * 1000);
  others?.postMessage(until);
}
