// Puts the page library's own strings into Chinese: text, hints and labels, exactly those of the dictionary.
// Takes out what only escaped a text from the library's reader (see pages/widgets/plain.py), so that what is copied,
// searched or read aloud is what somebody wrote: the word joiner everywhere, the backslashes in labels made of a text.
(() => {
  const dictionary = __DICTIONARY__;
  const exact = new Map(Object.entries(dictionary.exact));
  const patterns = dictionary.patterns.map(([pattern, chinese]) => [new RegExp(`^${pattern}$`), chinese]);
  const attributes = ["aria-label", "placeholder", "title", "alt", "aria-description"];

  const joiner = /\u2060/g;
  const escaped = /\\([\\`*_{}\[\]<>#~$:|&@.+-])/g;

  function chinese(text) {
    const key = text.trim();
    if (!/[A-Za-z]/.test(key) || key.length > 300) return null;
    if (exact.has(key)) return text.replace(key, () => exact.get(key));
    for (const [pattern, words] of patterns) {
      if (pattern.test(key)) return key.replace(pattern, words).replace(escaped, "$1");
    }
    return null;
  }

  function mendText(node) {
    const words = (chinese(node.data) ?? node.data).replace(joiner, "");
    if (words !== node.data) node.data = words;
  }

  function mendElement(element) {
    for (const name of attributes) {
      const value = element.getAttribute(name);
      const words = value && (chinese(value) ?? value).replace(joiner, "");
      if (words && words !== value) element.setAttribute(name, words);
    }
  }

  function mend(root) {
    if (root.nodeType === Node.TEXT_NODE) return mendText(root);
    if (root.nodeType !== Node.ELEMENT_NODE) return;
    mendElement(root);
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.nodeType === Node.TEXT_NODE) mendText(node);
      else mendElement(node);
    }
  }

  new MutationObserver((records) => {
    for (const record of records) {
      if (record.type === "characterData") mendText(record.target);
      else if (record.type === "attributes") mendElement(record.target);
      else record.addedNodes.forEach(mend);
    }
  }).observe(document.documentElement, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: attributes,
  });
})();
