// Keeps what is typed: three seconds after the typing stops, and when the page is hidden or left. What is only
// chosen is kept then too, and not before: as a rule the button of the page is what comes next.
for (const form of document.querySelectorAll("form[data-keep]:not([data-live])")) {
  form.dataset.live = "yes";
  const told = document.createElement("p");
  const aloud = document.createElement("p");
  told.className = "small";
  aloud.className = "unseen";
  aloud.setAttribute("aria-live", "polite");
  form.append(told, aloud);
  let typed = false;
  let gone = false;
  let pause;
  let sending = new AbortController();
  const name = () => {
    if (form.elements.kept) return;
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = "kept";
    field.value = Array.from(crypto.getRandomValues(new Uint8Array(16)), (one) => one.toString(16).padStart(2, "0")).join("");
    form.append(field);
  };
  const tell = (kept) => {
    const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    told.textContent = kept ? form.dataset.kept.replace("{time}", time) : form.dataset.unkept;
    // Said once; after that, and while all is well, it is there to be read.
    if (!kept || !aloud.textContent) aloud.textContent = told.textContent;
  };
  const keep = (leaving) => {
    clearTimeout(pause);
    if (!typed || gone) return;
    typed = false;
    name();
    const body = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
    body.append("page", location.pathname + location.search);
    fetch(form.dataset.keep, { method: "POST", body, keepalive: leaving, redirect: "error", signal: sending.signal })
      .then((answer) => answer.status === 204)
      .catch(() => false)
      .then((kept) => {
        if (gone) return;
        tell(kept);
        if (kept) return;
        typed = true;
        pause = setTimeout(keep, 30000);
      });
  };
  form.addEventListener("input", (event) => {
    if (event.target.matches("[type=file]")) return;
    typed = true;
    if (event.target.matches("[type=radio], [type=checkbox], select")) return;
    clearTimeout(pause);
    pause = setTimeout(keep, 3000);
  });
  form.addEventListener("submit", () => {
    gone = true;
    clearTimeout(pause);
    sending.abort();
  });
  addEventListener("pageshow", () => {
    gone = false;
    sending = new AbortController();
  });
  addEventListener("pagehide", () => keep(true));
  document.addEventListener("visibilitychange", () => { if (document.hidden) keep(true); });
}
