// 大屏: one screen at a time, by keyboard, remote, list or clock; new data are taken over without losing the place.
(() => {
  const LOOK_EVERY = 4000;
  const screens = () => [...document.querySelectorAll(".w-screen")];
  let place = Number(location.hash.slice(1));
  const turning = Number(document.body.dataset.every) || 0;

  // What does not fit is drawn smaller, not cut off: names and promises are as long as people write them.
  const SMALLEST = 50; // per cent
  function fit(screen) {
    const content = screen?.querySelector(".w-content");
    if (!content) return;
    for (let size = 100; size >= SMALLEST; size -= 5) {
      content.style.zoom = `${size}%`;
      if (content.scrollHeight <= content.clientHeight + 1) return;
    }
  }
  function show(number) {
    const every = screens();
    place = Math.min(Math.max(Math.trunc(number) || 1, 1), every.length);
    every.forEach((screen, index) => { screen.hidden = index + 1 !== place; });
    fit(every[place - 1]);
    document.getElementById("w-page").textContent = `${place} / ${every.length}`;
    history.replaceState(null, "", `#${place}`);
    const links = [...document.querySelectorAll(".w-foot nav a")];
    const here = links.filter((link) => Number(link.hash.slice(1)) <= place).pop();
    for (const link of links) link.toggleAttribute("aria-current", link === here);
  }
  const keys = {
    ArrowRight: () => show(place + 1), ArrowDown: () => show(place + 1), PageDown: () => show(place + 1), " ": () => show(place + 1), Enter: () => show(place + 1),
    ArrowLeft: () => show(place - 1), ArrowUp: () => show(place - 1), PageUp: () => show(place - 1), Backspace: () => show(place - 1),
    Home: () => show(1), End: () => show(screens().length),
    f: () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()),
  };
  let typed = "";
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^[0-9]$/.test(event.key)) { typed += event.key; return; }
    if (event.key === "Enter" && typed) { show(Number(typed)); typed = ""; event.preventDefault(); return; }
    typed = "";
    const act = keys[event.key] ?? keys[event.key.toLowerCase()];
    if (!act || (event.key === "Enter" && event.target.closest("a"))) return;
    event.preventDefault();
    act();
  });
  addEventListener("resize", () => fit(screens()[place - 1]));
  addEventListener("hashchange", () => show(Number(location.hash.slice(1))));
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".w-foot nav a");
    if (link) { event.preventDefault(); show(Number(link.hash.slice(1))); }
  });
  if (turning) setInterval(() => show(place === screens().length ? 1 : place + 1), turning * 1000);

  async function notice() {
    const answer = await fetch("/kpi/version?wall", { cache: "no-store" }).catch(() => null);
    if (answer?.status === 401) location.assign(`/kpi/login?ended=1&next=${encodeURIComponent(location.pathname + location.search + location.hash)}`);
    const version = answer?.ok ? await answer.text() : null;
    const at = document.getElementById("w-at");
    at.textContent = at.textContent.replace(/（连接已断）$/, "") + (version === null ? "（连接已断）" : "");
    if (version === null || version === document.body.dataset.version) return;
    const text = await fetch(location.href, { cache: "no-store" }).then((answer) => (answer.ok ? answer.text() : null)).catch(() => null);
    if (!text) return;
    const fresh = new DOMParser().parseFromString(text, "text/html");
    document.getElementById("wall").replaceWith(fresh.getElementById("wall"));
    document.querySelector(".w-foot").replaceWith(fresh.querySelector(".w-foot"));
    document.body.dataset.version = fresh.body.dataset.version;
    show(place);
  }
  if (!("still" in document.body.dataset) && location.protocol !== "file:") setInterval(notice, LOOK_EVERY);
  show(place);
})();
