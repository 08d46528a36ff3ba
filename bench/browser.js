// Watches the page for the benchmark: when was it last drawn after an event, and when did its first line show a text.
(() => {
  const watch = { started: 0, drawn: 0 };
  window.__watch = watch;
  document.addEventListener("keydown", (event) => { if (event.key === "Enter") watch.started = performance.now(); }, true);
  new MutationObserver((changes) => {
    const drawn = (node) => node.nodeType === 1 && node.closest("[data-testid=stMain]");
    if (changes.some(({ target }) => drawn(target.nodeType === 1 ? target : target.parentElement ?? document.body))) watch.drawn = performance.now();
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
  // Resolves to the milliseconds from the event (or the navigation) to the moment the page speaks of the month, and to its last drawing.
  watch.until = (text, quiet) => new Promise((resolve, reject) => {
    let said = null;
    const began = performance.now();
    const look = () => {
      const now = performance.now();
      const idle = document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "notRunning";
      if (said === null && document.querySelector("h3")?.innerText.includes(text)) said = now;
      if (said !== null && idle && now - Math.max(watch.drawn, said) > quiet) resolve({ said: said - watch.started, drawn: Math.max(watch.drawn, said) - watch.started });
      else if (now - began > 60000) reject(new Error(`no ${text} within a minute`));
      else requestAnimationFrame(look);
    };
    look();
  });
})();
