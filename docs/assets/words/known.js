/* Which roots an article has, by what its page carries of them (scripts/dwiwarta/words/vocabulary.py), and
   which of them its reader does not know yet. With files.js all that the number at its head needs. */
(() => {
  "use strict";

  const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_.~!*+:;,/()@$^=|?#%[]";
  const MARK = 4; // letters that stand for the list of all roots

  const button = document.querySelector("[data-dw-unknown]");

  /** What is kept of words on this device, by root. */
  function wordsNow() {
    const kept = dw.device.get("words");
    return typeof kept === "object" && kept !== null && !Array.isArray(kept) ? kept : {};
  }

  function stateOf(root) {
    const words = wordsNow();
    return Object.hasOwn(words, root) ? words[root]?.s : undefined;
  }

  const isUnknown = (root) => !["known", "ignored"].includes(stateOf(root));

  /** The roots of this article, commonest first; null where the page knows another list of all roots. */
  async function vocabulary() {
    const [mark, coded] = await dwWords.fileOf("roots");
    const code = button.dataset.dwUnknown;
    if (!code.startsWith(mark)) return null;
    const all = dwWords.frontDecoded(coded);
    const width = Math.max(1, Math.ceil(Math.log(all.length) / Math.log(DIGITS.length) - 1e-9));
    const found = [];
    for (let at = MARK; at < code.length; at += width)
      found.push(all[[...code.slice(at, at + width)].reduce((sum, digit) => sum * DIGITS.length + DIGITS.indexOf(digit), 0)]);
    return found;
  }

  /** Say in the button how many are not known yet. */
  async function count() {
    const roots = await vocabulary();
    if (roots) button.firstElementChild.textContent = `: ${roots.filter(isUnknown).length}`;
  }

  if (button) dw.device.onChange("words", () => count().catch(() => {}));

  Object.assign((window.dwWords ??= {}), { count, isUnknown, stateOf, vocabulary, wordsNow });
})();
