// A formula is completed while somebody types it: what is like the word before the mark, by name, pinyin or code, is offered and put in.
(() => {
  const FEWEST = 2; // signs of a word for which something is offered
  const WORD = /[^\s+\-*/()＋－×÷（），,]*$/;
  let list = null, area = null, asked = 0;

  const wordOf = (field) => field.value.slice(0, field.selectionStart).match(WORD)[0];
  const isFormula = (node) => node.matches?.("textarea") && node.closest("[class*='-formula-']") !== null;

  function close() {
    asked += 1;
    list?.remove();
    list = area = null;
  }

  function put(code) {
    const field = area, end = field.selectionStart, start = end - wordOf(field).length;
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(field, field.value.slice(0, start) + code + field.value.slice(end));
    field.setSelectionRange(start + code.length, start + code.length);
    field.dispatchEvent(new Event("input", { bubbles: true })); // the page library reads what is typed by this
    close();
  }

  async function offer(field) {
    const word = wordOf(field), number = ++asked;
    const hits = word.length < FEWEST ? [] : await fetch(`/kpi/measures?find=${encodeURIComponent(word)}`).then((answer) => answer.json()).catch(() => []);
    if (number !== asked) return;
    close();
    if (!hits.length || document.activeElement !== field) return;
    area = field;
    list = document.createElement("ul");
    list.className = "k k-completions";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "可以填的数据项");
    for (const hit of hits) {
      const item = document.createElement("li"), what = document.createElement("small");
      item.setAttribute("role", "option");
      item.dataset.code = hit.code;
      item.textContent = hit.name;
      what.textContent = hit.what;
      item.append(what);
      list.append(item);
    }
    const place = field.getBoundingClientRect();
    list.style.left = `${place.left}px`;
    list.style.top = `${place.bottom}px`;
    document.body.append(list);
  }

  document.addEventListener("input", ({ target, isTrusted }) => { if (isTrusted && isFormula(target)) offer(target); });
  document.addEventListener("focusout", ({ target }) => { if (target === area) close(); });
  document.addEventListener("scroll", ({ target }) => { if (list && target !== list) close(); }, true);
  document.addEventListener("mousedown", (event) => {
    const item = event.target.closest?.(".k-completions li");
    if (item) event.preventDefault(), put(item.dataset.code); // the field keeps the focus
  });
  document.addEventListener("keydown", (event) => {
    if (!list || event.target !== area || event.isComposing) return;
    const items = [...list.children], at = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
    if (event.key === "Escape") close();
    else if ((event.key === "Enter" || event.key === "Tab") && at >= 0) put(items[at].dataset.code);
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const next = items[(at + (event.key === "ArrowDown" ? 1 : -1) + items.length) % items.length];
      for (const item of items) item.removeAttribute("aria-selected");
      next.setAttribute("aria-selected", "true");
      next.scrollIntoView({ block: "nearest" });
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }, true);
})();
