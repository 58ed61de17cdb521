/* Where what is said of a word stands: beside its sentence, on phones a sheet at the bottom. It never covers
   the sentence, and its partner in the other language only where both do not fit. */
(() => {
  "use strict";

  const GAP = 8; // pixels between a sentence and the popup
  const PHONE = matchMedia("(max-width: 44em)");

  const barBottom = () => Math.max(document.querySelector(".dw-views")?.getBoundingClientRect().bottom ?? 0, 0);

  function placeBeside(element, sentence, word) {
    element.style.removeProperty("transform");
    element.style.removeProperty("max-width");
    if (PHONE.matches) return clearOf(element, sentence, word);
    const text = sentence.element.getBoundingClientRect();
    const [at] = sentence.rects(word);
    const column = sentence.element.closest(".dw-pair__id, .dw-pair__en").getBoundingClientRect();
    const other = sentence.partner?.element.getBoundingClientRect();
    const isStacked = other?.width && other.left < column.right && other.right > column.left;
    // In two columns it is no wider than its own.
    if (other?.width && !isStacked) element.style.maxWidth = `${column.width}px`;
    const own = element.getBoundingClientRect();
    let { top: start, bottom: end } = text;
    if (isStacked) {
      const both = [Math.min(start, other.top), Math.max(end, other.bottom)];
      if (both[1] - both[0] + own.height + 2 * GAP <= innerHeight - barBottom()) [start, end] = both;
    }
    const edge = document.documentElement.clientWidth - GAP;
    const left = Math.max(GAP, Math.min(at?.left ?? text.left, column.right - own.width, edge - own.width));
    const fitsBelow = end + GAP + own.height <= innerHeight;
    const fitsAbove = start - GAP - own.height >= barBottom();
    const isBelow = fitsBelow || !fitsAbove;
    const top = isBelow ? end + GAP : start - GAP - own.height;
    element.style.transform = `translate(${Math.round(left - own.left)}px, ${Math.round(top - own.top)}px)`;
    if (isBelow && !fitsBelow) {
      const over = end + GAP + own.height + GAP - innerHeight;
      scrollBy({ top: Math.min(over, Math.max(start - barBottom() - GAP, 0)), behavior: "instant" });
    }
  }

  /** Bring the sentence out from under a sheet: with its partner, or all of it, or else its word. */
  function clearOf(sheet, sentence, word) {
    const end = sheet.getBoundingClientRect().top - GAP;
    const start = barBottom() + GAP;
    const text = sentence.element.getBoundingClientRect();
    const [at] = sentence.rects(word);
    const target = text.height <= end - start || !at ? text : at;
    let by = Math.max(target.bottom - end, Math.min(target.top - start, 0));
    const half = sentence.partner;
    const over = (half?.isShown ? half.element.getBoundingClientRect().bottom : 0) - by - end;
    if (over > 0) by += Math.min(over, Math.max(target.top - by - start, 0));
    scrollBy({ top: by, behavior: "instant" });
  }

  Object.assign(window.dwWords, { placeBeside });
})();
