// Asks, two and a half minutes before somebody is signed out, whether they are still there. It says so once.
const dialog = document.querySelector("dialog[data-seconds]");
if (dialog?.showModal) {
  const before = 150_000;
  const form = dialog.querySelector("form");
  const title = dialog.querySelector("h2");
  const about = dialog.querySelector("#staying-about");
  const ended = dialog.querySelector("[data-ended]");
  // Pages that are open beside this one keep the same person signed in.
  const others = "BroadcastChannel" in window ? new BroadcastChannel("staying") : null;
  let until = 0;
  let timer;

  const look = () => {
    clearTimeout(timer);
    const left = until - Date.now();
    if (left <= 0) {
      form.hidden = about.hidden = true;
      ended.hidden = false;
      title.textContent = title.dataset.words;
      if (!dialog.open) dialog.showModal();
      return;
    }
    if (left <= before) {
      if (!dialog.open) dialog.showModal();
      timer = setTimeout(look, left);
    } else {
      if (dialog.open) dialog.close();
      timer = setTimeout(look, left - before);
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
      later(moment);
      others?.postMessage(moment);
    } catch {
      later(Math.min(until, Date.now() + 1000));
    }
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    stay();
  });
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    if (!form.hidden) stay();
    else dialog.close();
  });
  others?.addEventListener("message", (event) => { if (event.data > until) later(event.data); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
  later(Date.now() + Number(dialog.dataset.seconds) * 1000);
  others?.postMessage(until);
}
