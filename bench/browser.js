// Watches the page for the benchmark: when did it speak of a month, and when was it last drawn after that.
(() => {
  const watch = { started: 0, drawn: 0 };
  window.__watch = watch;
  const element = (node) => (node.nodeType === 1 ? node : node.parentElement);
  const all = (selector) => [...document.querySelectorAll(`[data-testid=stMain] ${selector}`)];
  // Pictures and tables come after the text, on a first visit from files of their own; a skeleton stands in for what is still to come.
  const whole = () =>
    document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "notRunning" &&
    !all("[data-testid=stSkeleton]").length &&
    all("[data-testid=stPlotlyChart]").every((chart) => chart.querySelector("svg.main-svg")) &&
    all("[data-testid=stDataFrame], [data-testid=stVegaLiteChart]").every((drawing) => drawing.querySelector("canvas, svg"));

  document.addEventListener("keydown", (event) => { if (event.key === "Enter") watch.started = performance.now(); }, true);
  new MutationObserver((changes) => {
    if (changes.some(({ target }) => element(target)?.closest("[data-testid=stMain]"))) watch.drawn = performance.now();
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });

  // Resolves to milliseconds from the key (or the navigation): until the first line says the text, and until the last drawing
  // before the page was whole and kept still for a while.
  watch.until = (text, quiet) => new Promise((resolve, reject) => {
    const began = performance.now();
    let said = null;
    let unfinished = began;
    const look = () => {
      const now = performance.now();
      if (said === null && document.querySelector("h3")?.innerText.includes(text)) said = now;
      if (said === null || !whole()) unfinished = now;
      const drawn = Math.max(watch.drawn, unfinished);
      if (now - drawn > quiet) resolve({ said: said - watch.started, drawn: drawn - watch.started });
      else if (now - began > 60000) reject(new Error(`「${text}」 not drawn within a minute: ${document.querySelector("#root")?.innerText.slice(0, 300)}`));
      else requestAnimationFrame(look);
    };
    look();
  });
})();
