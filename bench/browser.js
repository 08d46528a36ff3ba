// Watches the page for the benchmark: when did it speak of a month, and when was it last drawn after that.
// What counts as the first line, as drawing and as whole, the manner of the server says (bench/manners.py).
(() => {
  const manner = window.__manner;
  const watch = { started: 0, drawn: 0 };
  const lines = []; // what stood in the first line, and from when on
  window.__watch = watch;
  const element = (node) => (node.nodeType === 1 ? node : node.parentElement);

  new MutationObserver((changes) => {
    if (changes.some(({ target }) => element(target)?.closest(manner.area))) watch.drawn = performance.now();
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });

  // From the start of the document on, so that no question from outside is waited for.
  let unfinished = 0;
  (function read() {
    if (!manner.whole()) unfinished = performance.now();
    const shown = [...document.querySelectorAll(manner.line)].filter((text) => text.checkVisibility({ opacityProperty: true }));
    const line = shown.map((text) => text.textContent).join(" ");
    if (line !== lines.at(-1)?.line) lines.push({ line, at: performance.now() });
    requestAnimationFrame(read);
  })();

  // The clock starts with the next event of this name; until then it stands where the navigation began.
  watch.arm = (event) => document.addEventListener(event, () => { watch.started = performance.now(); }, { capture: true, once: true });

  // Resolves to milliseconds from the start: until the first line has all the texts, and until the last drawing before the page
  // was whole and kept still for a while.
  watch.until = (texts, quiet) => new Promise((resolve, reject) => {
    const began = performance.now();
    const look = () => {
      const now = performance.now();
      const firstLine = lines.find(({ line, at }) => at >= watch.started && texts.every((text) => line.includes(text)))?.at;
      const drawn = Math.max(watch.drawn, unfinished, firstLine ?? now);
      if (now - drawn > quiet) resolve({ line: firstLine - watch.started, drawn: drawn - watch.started });
      else if (now - began > 60000) reject(new Error(`「${texts}」 not drawn within a minute: ${document.body?.innerText.slice(0, 300)}`));
      else requestAnimationFrame(look);
    };
    look();
  });
})();
