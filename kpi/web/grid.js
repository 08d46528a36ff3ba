// The sheet that is filled in on a page (网页填报): cells that are walked through and pasted into as in Excel.  What is typed is
// sent to the server after a moment, which keeps it as a draft and answers what the checks say; nothing is checked here.
(() => {
  const WAIT = 600, AGAIN = 5000; // milliseconds after the last key, and before another try where the server did not answer
  const LOST = "没有连上服务器，草稿没有保存；请不要关掉这一页，连上以后自动再存。";
  const touched = new Map(); // sheets into which somebody has typed, by key: the page draws itself anew under them
  let done = null; // what was done with a sheet, until the page is drawn anew

  const part = (sheet, name) => sheet.querySelector(`[data-${name}]`);
  const inputs = (sheet) => [...sheet.querySelectorAll("input[data-cell]")];
  const rows = (sheet) => [...sheet.querySelectorAll("tr[data-row]")].map((row) => [...row.querySelectorAll("[data-cell]")]);
  const say = (sheet, name, words) => {
    const place = part(sheet, name);
    place.textContent = words;
    place.hidden = !words;
  };

  // A sheet that comes once more takes the place of none that somebody has typed into.
  function take(sheet) {
    const known = touched.get(sheet.dataset.form);
    if (known && known !== sheet) {
      sheet.replaceWith(known);
      if (known.at && document.activeElement === document.body) known.at.focus({ preventScroll: true });
    } else if (!known && !sheet.begun) {
      sheet.begun = true;
      if (done?.key === sheet.dataset.form) say(sheet, "done", done.words), (done = null);
      if (inputs(sheet).some((input) => input.value)) check(sheet, { opened: true });
    }
  }
  new MutationObserver((records) => {
    for (const record of records)
      for (const node of record.addedNodes) {
        if (node.nodeType !== Node.ELEMENT_NODE) continue;
        if (node.matches("[data-form]")) take(node);
        else node.querySelectorAll("[data-form]").forEach(take);
      }
  }).observe(document.documentElement, { subtree: true, childList: true });
  addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-form]").forEach(take));

  async function ask(sheet, what, more) {
    const cells = Object.fromEntries(inputs(sheet).filter((input) => input.value.trim()).map((input) => [input.name, input.value]));
    const { org, office, period } = sheet.dataset;
    const body = JSON.stringify({ org, office, period, cells, ...more });
    const keepalive = body.length < 60000; // a browser sends no more of one behind a page that is left
    try {
      const answer = await fetch(`/kpi/fill/${what}`, { method: "POST", headers: { "content-type": "application/json" }, body, keepalive });
      if (answer.status === 401) location.assign(`/kpi/login?ended=1&next=${encodeURIComponent(location.pathname + location.search)}`);
      return await answer.json();
    } catch {
      return null;
    }
  }

  // One question at a time: what is typed meanwhile is asked about afterwards.
  function changed(sheet) {
    touched.set(sheet.dataset.form, sheet);
    sheet.dirty = true;
    say(sheet, "done", "");
    clearTimeout(sheet.timer);
    sheet.timer = setTimeout(() => check(sheet), WAIT);
  }
  function check(sheet, more = {}) {
    clearTimeout(sheet.timer);
    sheet.asking = (sheet.asking ?? Promise.resolve()).then(() => checkNow(sheet, more));
    return sheet.asking;
  }
  async function checkNow(sheet, more) {
    sheet.dirty = false;
    if (!more.opened) say(sheet, "saved", "保存中…");
    const answer = await ask(sheet, "check", more);
    if (!answer) {
      sheet.dirty = true;
      say(sheet, "saved", LOST);
      sheet.timer = setTimeout(() => check(sheet), AGAIN);
    } else if (answer.fault) {
      say(sheet, "saved", answer.fault);
    } else show(sheet, answer);
  }
  function show(sheet, answer) {
    say(sheet, "saved", answer.unsaved || (answer.saved && `草稿已保存 ${answer.saved}`));
    say(sheet, "sentence", answer.sentence);
    sheet.digest = answer.digest;
    sheet.status = answer.status;
    part(sheet, "note").hidden = answer.status !== "needs-confirmation";
    part(sheet, "submit").disabled = !answer.takable;
    for (const input of inputs(sheet)) input.removeAttribute("aria-invalid"), input.removeAttribute("aria-describedby");
    const places = new Map();
    for (const finding of answer.findings) {
      const input = finding.cell ? sheet.querySelector(`input[name="${CSS.escape(finding.cell)}"]`) : null;
      const row = input?.closest("tr[data-row]") ?? null;
      if (input && finding.severity !== "hint") input.setAttribute("aria-invalid", "true");
      if (input && row) input.setAttribute("aria-describedby", `of-${row.dataset.row}`);
      places.set(row, [...(places.get(row) ?? []), finding]);
    }
    for (const row of sheet.querySelectorAll("tr[data-row]")) list(row.nextElementSibling, row.nextElementSibling.querySelector("ul"), places.get(row));
    list(part(sheet, "rest"), part(sheet, "rest"), places.get(null));
    const listed = part(sheet, "changes");
    listed.hidden = !answer.changes.length;
    listed.querySelector("summary").textContent = `与已入库的相比，有 ${answer.changes.length} 个数不同`;
    listed.querySelector("ul").replaceChildren(...answer.changes.map((words) => Object.assign(document.createElement("li"), { textContent: words })));
  }
  function list(holder, place, findings = []) {
    holder.hidden = !findings.length;
    place.replaceChildren(...findings.map(({ severity, word, words }) => {
      const item = document.createElement("li"), badge = document.createElement("span");
      badge.className = `k-badge k-${{ block: "missed", check: "behind" }[severity] ?? "unreported"}`;
      badge.textContent = word;
      item.append(badge, ` ${words}`);
      return item;
    }));
  }

  async function submit(sheet) {
    const button = part(sheet, "submit"), note = part(sheet, "note").querySelector("textarea"), by = part(sheet, "by");
    button.disabled = true;
    say(sheet, "fault", "");
    const seen = sheet.digest;
    if (sheet.dirty) await check(sheet);
    else await sheet.asking;
    const refused = (words, field) => (say(sheet, "fault", words), (button.disabled = false), field?.focus());
    if (!["ready", "needs-confirmation"].includes(sheet.status)) return refused(part(sheet, "sentence").textContent);
    if (by && !by.value.trim()) return refused("请先写明报送人。", by);
    if (sheet.status === "needs-confirmation" && !note.value.trim()) return refused("有请核对的问题，请先写明说明。", note);
    if (sheet.status === "needs-confirmation" && seen !== sheet.digest) return refused("核对意见和刚才看到的不一样了，请看过以后再点一次。");
    const answer = await ask(sheet, "submit", { by: by?.value ?? "", note: note.value, seen: sheet.digest });
    if (answer?.fault) await check(sheet, { opened: true }); // it is shown as it is now: somebody else may have sent this sheet
    if (!answer?.done) return refused(answer?.fault ?? "没有连上服务器，不知道收到没有；请在「报送记录」看过以后再报。");
    leave(sheet, answer.done);
  }
  async function discard(sheet) {
    if (!confirm("清空这张表上填的草稿？已入库的数不变。")) return;
    clearTimeout(sheet.timer);
    await sheet.asking;
    const answer = await ask(sheet, "discard", {});
    if (!answer || answer.fault) return say(sheet, "fault", answer?.fault ?? LOST);
    leave(sheet, "草稿已清空。");
  }
  function leave(sheet, words) {
    clearTimeout(sheet.timer);
    touched.delete(sheet.dataset.form);
    sheet.inert = true;
    done = { key: sheet.dataset.form, words };
    dispatchEvent(new PopStateEvent("popstate")); // the page is drawn anew
  }

  // A block that was copied in Excel: cells apart by tabs, rows by line ends, a cell with either of them in quotation marks.
  function block(text) {
    const table = [[""]];
    let quoted = false;
    for (let at = 0; at < text.length; at++) {
      const row = table.at(-1), sign = text[at];
      if (quoted && sign === '"' && text[at + 1] === '"') (row[row.length - 1] += sign), at++;
      else if (sign === '"' && (quoted || !row.at(-1))) quoted = !quoted;
      else if (!quoted && sign === "\t") row.push("");
      else if (!quoted && sign === "\n") table.push([""]);
      else if (sign !== "\r") row[row.length - 1] += sign;
    }
    if (table.length > 1 && table.at(-1).join("") === "") table.pop(); // Excel ends the last row too
    return table;
  }
  function fill(sheet, texts) {
    sheet.before = texts.map(([input]) => [input, input.value]);
    for (const [input, text] of texts) input.value = text;
    changed(sheet);
  }
  document.addEventListener("paste", (event) => {
    const input = event.target.closest?.("input[data-cell]"), sheet = input?.closest("[data-form]");
    const table = sheet && block(event.clipboardData.getData("text/plain"));
    if (!table || (table.length === 1 && table[0].length === 1)) return; // one cell is pasted by the browser
    event.preventDefault();
    const cells = rows(sheet), top = cells.findIndex((row) => row.includes(input));
    if (top < 0) return;
    const left = cells[top].indexOf(input), texts = [];
    let lost = 0;
    table.forEach((row, down) => row.forEach((text, across) => {
      const cell = cells[top + down]?.[left + across];
      if (cell?.matches("input")) texts.push([cell, text.trim()]);
      else if (text.trim()) lost++;
    }));
    fill(sheet, texts);
    say(sheet, "pasted", `粘贴了 ${texts.length} 格${lost ? `，${lost} 格在表外或画了斜线，没有粘贴` : ""}；按 Ctrl+Z 可以退回。`);
  });

  document.addEventListener("input", (event) => {
    const sheet = event.target.closest?.("[data-form]");
    if (!sheet || !event.target.matches("input[data-cell]")) return;
    sheet.before = null;
    say(sheet, "pasted", "");
    changed(sheet);
  });
  document.addEventListener("focusin", (event) => {
    const input = event.target.closest?.("input[data-cell]");
    if (!input) return;
    input.closest("[data-form]").at = input;
    input.was = input.value;
    input.select();
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-form] button"), sheet = button?.closest("[data-form]");
    if (!button) return;
    if ("submit" in button.dataset) submit(sheet);
    if ("discard" in button.dataset) discard(sheet);
    if ("known" in button.dataset) {
      const texts = inputs(sheet).filter((input) => input.dataset.onFile && !input.value).map((input) => [input, input.dataset.onFile]);
      fill(sheet, texts);
      say(sheet, "pasted", `填了 ${texts.length} 格上年同期；已经填的没有动。`);
    }
  });
  addEventListener("pagehide", () => {
    for (const sheet of touched.values()) if (sheet.dirty) ask(sheet, "check", {});
  });

  function step(input, down, across) {
    const cells = rows(input.closest("[data-form]"));
    let row = cells.findIndex((each) => each.includes(input)), column = cells[row]?.indexOf(input);
    for (;;) {
      (row += down), (column += across);
      const cell = cells[row]?.[column];
      if (!cell || cell.matches("input")) return cell?.focus();
    }
  }
  document.addEventListener("keydown", (event) => {
    const input = event.target;
    if (!input.matches?.("tr[data-row] input[data-cell]") || event.isComposing) return;
    const sheet = input.closest("[data-form]"), { key, altKey, shiftKey } = event, control = event.ctrlKey || event.metaKey;
    const whole = input.selectionStart === 0 && input.selectionEnd === input.value.length;
    const move = (down, across) => (event.preventDefault(), step(input, down, across));
    if (control && key === "z" && sheet.before) {
      event.preventDefault();
      fill(sheet, sheet.before);
      sheet.before = null;
      say(sheet, "pasted", "已退回粘贴以前。");
    } else if (control) return;
    else if (altKey && key === "ArrowDown") event.preventDefault(), input.list && input.showPicker?.();
    else if (altKey) return;
    else if (key === "Enter") move(shiftKey ? -1 : 1, 0);
    else if (key === "ArrowDown") move(1, 0);
    else if (key === "ArrowUp") move(-1, 0);
    else if (key === "ArrowLeft" && !shiftKey && (whole || input.selectionEnd === 0)) move(0, -1);
    else if (key === "ArrowRight" && !shiftKey && (whole || input.selectionStart === input.value.length)) move(0, 1);
    else if (key === "Escape" && input.value !== input.was) (input.value = input.was), changed(sheet);
  });
})();
