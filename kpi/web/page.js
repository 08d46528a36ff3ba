// What the fragments of the pages need of a browser: they are put in, their links and pickers change the address without a
// new load, tables sort, search and open, the theme of the page library reaches the style sheet, and new data are noticed.
(() => {
  const root = document.documentElement;
  const NARROW = 720, LOOK_EVERY = 4000;

  // The page library looks for its server below the name of the page first, twice in vain.
  window.__streamlit = { BACKEND_BASE_URL: location.origin };

  // Fragments come as text, for the page library lets no picture through its filter; the server has escaped what they print.
  function fill(holder) {
    const focused = heldField() ?? lost;
    holder.innerHTML = holder.textContent;
    holder.removeAttribute("data-html");
    holder.classList.add("k");
    settle(holder);
    showHealth();
    const opened = rowAsked && holder.querySelector("[data-opened]");
    if (opened) opened.scrollIntoView({ block: "nearest" }), (rowAsked = false);
    if (holder.querySelector("[data-page]")) document.getElementById("first-screen")?.remove();
    if (focused && "search" in focused) holder.querySelector("[data-search]")?.focus({ preventScroll: true });
    if (focused?.choice) holder.querySelector(`[data-choice="${CSS.escape(focused.choice)}"]`)?.focus({ preventScroll: true });
  }
  let rowAsked = false; // whether somebody has just opened something of this page
  let lost = null; // the field that had the focus before its page was drawn anew
  const heldField = () => document.activeElement?.closest?.("[data-choice], [data-search]")?.dataset;

  function settle(part) {
    for (const menu of part.querySelectorAll("[data-menu]")) if (innerWidth <= NARROW) menu.removeAttribute("open");
  }

  function look(node) {
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    if (node.matches("[data-html]")) fill(node);
    else for (const holder of node.querySelectorAll("[data-html]")) fill(holder);
  }
  new MutationObserver((records) => {
    for (const record of records) record.addedNodes.forEach(look);
    if (!watched?.isConnected) theme();
  }).observe(root, { subtree: true, childList: true });

  // The theme that somebody chose for the page library; until it is there, that of the system.
  const system = matchMedia("(prefers-color-scheme: dark)");
  function theme() {
    const app = document.querySelector("[data-testid=stApp]");
    const scheme = app ? getComputedStyle(app).colorScheme : system.matches ? "dark" : "light";
    if (app && app !== watched) themes.observe((watched = app), { attributes: true, attributeFilter: ["class"] });
    if (root.dataset.theme !== scheme) root.dataset.theme = scheme;
  }
  let watched = null;
  const themes = new MutationObserver(theme);
  system.addEventListener("change", theme);
  theme();

  // The page library pushes an address only to say what was left unsaid in it: that is no step to go back.
  const push = history.pushState.bind(history);
  history.pushState = (state, title, address) => {
    const same = address != null && new URL(address, location.href).pathname === location.pathname;
    (same ? history.replaceState.bind(history) : push)(state, title, address);
  };
  function go(address) {
    const wanted = new URL(address, location.href);
    if (!document.querySelector("[data-testid=stApp]")) return location.assign(wanted);
    lost = heldField() ?? null;
    const elsewhere = wanted.pathname !== location.pathname;
    rowAsked = !elsewhere;
    push(null, "", wanted);
    dispatchEvent(new PopStateEvent("popstate"));
    if (elsewhere) document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
  }
  // To another place of the page, which is no other address: the library would take that for another visit.
  function jump(id) {
    const place = document.getElementById(id);
    place?.scrollIntoView({ block: "center" });
    place?.focus({ preventScroll: true });
  }
  // A page that comes out as it was is not drawn again: its pickers follow the address by themselves.
  addEventListener("popstate", () => {
    for (const [key, word] of new URL(location.href).searchParams) {
      const picker = document.querySelector(`[data-testid=stMain] [data-choice="${CSS.escape(key)}"]`);
      if (picker) picker.value = word;
    }
  });
  const ours = (link) => link && link.origin === location.origin && !link.target && !link.hasAttribute("download") && link.closest(".k");

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest("a[href]");
    if (ours(link)) {
      event.preventDefault();
      if (link.getAttribute("href").startsWith("#")) return jump(link.hash.slice(1));
      return go(link.href);
    }
    if (link) return;
    const sorter = event.target.closest("[data-sort]");
    if (sorter) return sort(sorter.closest("th"));
    if (event.target.closest("[data-print]")) return print();
    if (event.target.closest("[data-picture]")) return takePicture();
    const row = event.target.closest("tr[data-open]");
    if (row && !String(getSelection())) go(row.querySelector("a[href]").href);
  });
  document.addEventListener("change", (event) => {
    const picker = event.target.closest("[data-choice]");
    if (!picker) return;
    const address = new URL(location.href);
    for (const key of ["figure", "row", ...(picker.dataset.drops ?? "").split(" ")]) address.searchParams.delete(key);
    address.searchParams.set(picker.dataset.choice, picker.value);
    go(address);
  });
  document.addEventListener("keydown", (event) => {
    if ((event.key === "Enter" || event.key === " ") && event.target.matches("[data-sort]")) {
      event.preventDefault();
      sort(event.target.closest("th"));
    }
    if (event.key === "Escape" && event.target.getAttribute?.("aria-expanded") !== "true") document.querySelector("[data-close]")?.click();
  });

  // Sorting by value: numbers and days by size, words after them, nothing last.
  const order = new Intl.Collator("zh-CN", { numeric: true });
  function compare(a, b) {
    if (!a || !b) return (a ? 0 : 1) - (b ? 0 : 1);
    if (a[0] !== b[0]) return a[0] < b[0] ? -1 : 1;
    return a[0] === "n" ? a.slice(1) - b.slice(1) : order.compare(a.slice(1), b.slice(1));
  }
  function sort(head) {
    const table = head.closest("table"), place = head.cellIndex, body = table.tBodies[0];
    const down = head.getAttribute("aria-sort") === "ascending";
    for (const other of table.querySelectorAll("thead th")) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const key = (row) => row.cells[place].dataset.by ?? "";
    const rows = [...body.rows].sort((a, b) => {
      const [x, y] = [key(a), key(b)];
      const kinds = !x || !y || x[0] !== y[0];
      return kinds || !down ? compare(x, y) : compare(y, x);
    });
    body.append(...rows);
  }
  document.addEventListener("input", (event) => {
    const filter = event.target.closest("[data-filter]");
    if (!filter) return;
    const words = filter.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const rows = [...filter.closest("[data-table]").querySelectorAll("tbody tr")];
    for (const row of rows) row.hidden = !words.every((word) => row.textContent.toLowerCase().includes(word));
    filter.closest("[data-table]").querySelector("[data-count]").textContent = words.length ? `${rows.filter((row) => !row.hidden).length} 行` : "";
  });

  // Whether the system is in order is asked once, where a visit begins.
  let unwell = false;
  function showHealth() {
    for (const line of document.querySelectorAll("[data-health]")) line.hidden = !unwell;
  }
  if (location.pathname === "/") {
    fetch("/healthz", { cache: "no-store" })
      .then((answer) => answer.json())
      .then(({ status }) => ((unwell = status !== "ok"), showHealth()))
      .catch(() => null);
  }

  // Search: what is like the text, chosen by pointer or arrow keys.
  let asked = 0;
  async function search(box) {
    const list = box.parentElement.querySelector("ul"), text = box.value.trim(), number = ++asked;
    const address = new URL("/kpi/search", location.origin);
    for (const [key, word] of new URL(location.href).searchParams) address.searchParams.set(key, word);
    address.searchParams.set("find", text);
    const hits = text ? await fetch(address).then((answer) => answer.json()).catch(() => []) : [];
    if (number !== asked) return;
    list.replaceChildren(...hits.map((hit) => {
      const item = document.createElement("li"), link = document.createElement("a"), what = document.createElement("small");
      item.setAttribute("role", "option");
      link.href = hit.link;
      link.tabIndex = -1;
      link.textContent = hit.name;
      what.textContent = hit.what;
      link.append(what);
      item.append(link);
      return item;
    }));
    if (text && !hits.length) list.replaceChildren(Object.assign(document.createElement("li"), { className: "k-none", textContent: "没有找到" }));
    list.hidden = !text;
    box.setAttribute("aria-expanded", String(!list.hidden));
  }
  function closeSearch(box) {
    box.parentElement.querySelector("ul").hidden = true;
    box.setAttribute("aria-expanded", "false");
  }
  document.addEventListener("input", (event) => { if (event.target.matches("[data-search]")) search(event.target); });
  document.addEventListener("focusout", (event) => { if (event.target.matches("[data-search]")) setTimeout(() => closeSearch(event.target), 200); });
  document.addEventListener("keydown", (event) => {
    const box = event.target;
    if (!box.matches?.("[data-search]")) return;
    const items = [...box.parentElement.querySelectorAll("li[role=option]")];
    const at = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
    if (event.key === "Escape") return closeSearch(box);
    if (event.key === "Enter" && items.length) {
      event.preventDefault();
      const link = items[Math.max(at, 0)].querySelector("a");
      closeSearch(box);
      box.value = "";
      return go(link.href);
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    const next = items[(at + (event.key === "ArrowDown" ? 1 : -1) + items.length) % items.length];
    for (const item of items) item.toggleAttribute("aria-selected", false);
    next?.setAttribute("aria-selected", "true");
    next?.scrollIntoView({ block: "nearest" });
  });

  // The page as a picture, as wide as it stands on the screen: what is read, without what only a screen can use.
  // What is read of a page, by itself: all fragments in a row, pickers as text, lists unfolded.
  function readable() {
    const sheet = document.createElement("div");
    sheet.className = "k k-paper";
    const parts = [...document.querySelectorAll("[data-testid=stMain] .k, #first-screen")];
    for (const part of parts) sheet.append(...part.cloneNode(true).childNodes);
    for (const out of sheet.querySelectorAll(".k-nav, .k-take, .k-tools, .k-links, [data-outdated], [data-health]")) out.remove();
    const panel = sheet.querySelector(".k-panel"); // an opened figure stands by itself
    if (panel) sheet.replaceChildren(...sheet.querySelectorAll("style"), panel);
    for (const picker of sheet.querySelectorAll("select")) picker.replaceWith(picker.selectedOptions[0]?.textContent ?? "");
    for (const list of sheet.querySelectorAll("details")) list.open = true;
    return parts.length ? sheet : null;
  }
  // The page library's frame would cut off what row by row is moved to the next sheet: paper gets the page without it.
  addEventListener("beforeprint", () => {
    const sheet = readable();
    if (sheet) document.body.append(Object.assign(sheet, { id: "paper" }));
  });
  addEventListener("afterprint", () => document.getElementById("paper")?.remove());

  async function takePicture() {
    const sheet = readable();
    if (!sheet) return;
    sheet.classList.add("k-root");
    sheet.dataset.theme = root.dataset.theme;
    const width = Math.ceil(document.querySelector("[data-testid=stMain] .k").getBoundingClientRect().width) + 48;
    sheet.style.width = `${width}px`;
    document.body.append(sheet);
    const height = Math.ceil(sheet.getBoundingClientRect().height);
    sheet.remove();
    const style = document.getElementById("fragment-style").textContent;
    const html = new XMLSerializer().serializeToString(sheet);
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><foreignObject width="100%" height="100%"><style xmlns="http://www.w3.org/1999/xhtml">${style.replace(/[<&]/g, (sign) => (sign === "<" ? "&lt;" : "&amp;"))}</style>${html}</foreignObject></svg>`;
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
    await image.decode();
    const scale = Math.min(2, 16000 / height);
    const canvas = Object.assign(document.createElement("canvas"), { width: width * scale, height: height * scale });
    const brush = canvas.getContext("2d");
    brush.scale(scale, scale);
    brush.drawImage(image, 0, 0);
    const address = canvas.toDataURL("image/png");
    const title = document.querySelector("h1").firstChild.textContent.trim();
    const month = new URL(location.href).searchParams.get("period");
    Object.assign(document.createElement("a"), { href: address, download: [title, month].filter(Boolean).join("_") + ".png" }).click();
  }

  // New data: a page that only shows is drawn anew, one on which somebody is at work, or has typed something, says so.
  const typed = () => [...document.querySelectorAll("[data-testid=stMain] .k input")].some((field) => field.value !== field.defaultValue);
  async function notice() {
    const page = document.querySelector("[data-page]");
    if (!page || document.hidden) return;
    const answer = await fetch("/kpi/version", { cache: "no-store" }).catch(() => null);
    if (answer?.status === 401) location.assign(`/kpi/login?ended=1&next=${encodeURIComponent(location.pathname + location.search)}`);
    if (!answer?.ok) return;
    const version = await answer.text();
    if (version === page.dataset.version) return;
    const drawn = page.dataset.page === "shown" && !typed();
    for (const line of document.querySelectorAll("[data-outdated]")) line.hidden = drawn;
    if (!drawn) return;
    lost = heldField() ?? null;
    dispatchEvent(new PopStateEvent("popstate"));
  }
  setInterval(notice, LOOK_EVERY);
  // The page library starts once the first screen is painted; where nobody looks nothing is painted, and nothing waits for it.
  function startLibrary() {
    const library = document.getElementById("library");
    library.replaceWith(library.content);
  }
  addEventListener("DOMContentLoaded", () => {
    if (document.hidden) startLibrary();
    else requestAnimationFrame(() => setTimeout(startLibrary));
    settle(document.body);
    look(document.body);
  });
})();
