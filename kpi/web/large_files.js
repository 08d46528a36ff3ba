// A file that is too large for the page library never leaves the browser: the library shows a red sign, and this the sentence.
(() => {
  const tenths = (bytes) => Math.ceil(bytes / 100_000) / 10; // in MB, rounded up, so that no limit looks as if it were kept
  function say(files) {
    for (const line of document.querySelectorAll("[data-too-large]")) {
      const most = Number(line.dataset.tooLarge), large = [...files].filter((file) => file.size > most * 1_000_000);
      const named = large.map((file) => `「${file.name}」${tenths(file.size)} MB`).join("、");
      line.textContent = `${large.length} 份太大，没有收：${named}；一份最多 ${most} MB，请删去图片和没有用的行，或分成几份再放入。`;
      line.hidden = !large.length;
    }
  }
  document.addEventListener("change", ({ target }) => { if (target.matches?.("[data-testid=stFileUploader] input[type=file]")) say(target.files); }, true);
  document.addEventListener("drop", ({ target, dataTransfer }) => { if (target.closest?.("[data-testid=stFileUploader]") && dataTransfer) say(dataTransfer.files); }, true);
})();
