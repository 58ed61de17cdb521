/* The words of a sentence on the page: which one lies under a point, and what they stand in together. The
   page itself has no marks around words, which would double its weight. */
(() => {
  "use strict";

  const LETTERS = "[\\p{L}\\p{M}\\p{Nl}\\p{No}]+";
  const WORD = new RegExp(`${LETTERS}(?:['’-]${LETTERS})*|\\d+(?:[.,:/]\\d+)*`, "gu");
  const ENDINGS = /(?:nya|ku|mu)?(?:lah|kah|pun)?$/;
  const END = /[.!?:]["”’)]*\s+["“‘(]*$/; // of a sentence
  const NOT_TEXT = "button, .dw-act, .dw-menu";
  const MOST_BETWEEN = 6; // words between the halves of "baik … maupun"
  const NEAR = 3; // pixels: a finger is not exact, and lines have space between them

  class Sentence {
    /** `element`: a sentence, or a paragraph whose sentences are not known. */
    constructor(element) {
      this.element = element;
      this.text = this.#nodes().map(({ node }) => node.data).join("");
      this.words = [...this.text.matchAll(WORD)].map((match) => {
        return { form: match[0], start: match.index, end: match.index + match[0].length };
      });
    }

    /** The sentence in which an element is, in one language ("id" or "en"); null outside of any. */
    static of(element, side = "id") {
      const place = element?.closest?.(`.dw-pair__${side}`);
      if (!place) return null;
      const one = element.closest("[data-s]"); // in a story the English alone is taken apart
      const hasPartner = one && place.closest(".dw-pair").querySelectorAll(`[data-s="${one.dataset.s}"]`).length > 1;
      return new Sentence(hasPartner ? one : (place.querySelector(":scope > p[lang]") ?? place));
    }

    /** The sentence in the other language; null where there is none. */
    get partner() {
      const pair = this.element.closest(".dw-pair");
      const side = this.element.closest(".dw-pair__id") ? "en" : "id";
      const half = pair?.querySelector(`:scope > .dw-pair__${side}`);
      if (!half || pair.dataset.state === "missing") return null;
      const { s } = this.element.dataset;
      const found = s ? half.querySelector(`[data-s="${s}"]`) : (half.querySelector(":scope > p[lang]") ?? half);
      return found ? new Sentence(found) : null;
    }

    get isShown() {
      return this.element.getClientRects().length > 0;
    }

    #nodes() {
      const walker = document.createTreeWalker(this.element, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) => {
        if (node.nodeType === Node.TEXT_NODE) return NodeFilter.FILTER_ACCEPT;
        return node.matches(NOT_TEXT) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP;
      });
      const nodes = [];
      for (let node = walker.nextNode(), start = 0; node; node = walker.nextNode()) {
        nodes.push({ node, start });
        start += node.length;
      }
      return nodes;
    }

    /** The places of some of the text: `[node, from, to]` of each text node that it touches. */
    #places(from, to) {
      return this.#nodes()
        .filter(({ node, start }) => start < to && start + node.length > from)
        .map(({ node, start }) => [node, Math.max(from - start, 0), Math.min(to - start, node.length)]);
    }

    /** The word of a place in a text node. */
    wordAt(node, offset) {
      const found = this.#nodes().find((one) => one.node === node);
      const at = found ? found.start + offset : -1;
      return this.words.find(({ start, end }) => start <= at && at <= end) ?? null;
    }

    /** Whether a word begins a sentence, and so has a capital whatever it is. */
    begins(word) {
      return this.words[0] === word || END.test(this.text.slice(0, word.start));
    }

    /** The word that follows with but a space between; null where there is none. */
    next(word) {
      const next = this.words[this.words.indexOf(word) + 1];
      return next && this.text.slice(word.end, next.start) === " " ? next : null;
    }

    /** A part of the text, as ranges of the page. */
    ranges({ start, end }) {
      return this.#places(start, end).map(([node, from, to]) => {
        const range = document.createRange();
        range.setStart(node, from);
        range.setEnd(node, to);
        return range;
      });
    }

    /** The rectangles of a part of the text. */
    rects(part) {
      return this.ranges(part).flatMap((range) => [...range.getClientRects()]);
    }

    /** Put an element around a part of the text; call what comes back to take it away again. */
    mark({ start, end }, attributes) {
      const marks = this.#places(start, end).map(([node, from, to]) => {
        const part = node.splitText(from);
        part.splitText(to - from);
        const mark = document.createElement("span");
        for (const [name, value] of Object.entries(attributes)) mark.setAttribute(name, value);
        part.replaceWith(mark);
        mark.append(part);
        return mark;
      });
      const takeAway = () => {
        for (const mark of marks) {
          const parent = mark.parentNode;
          mark.replaceWith(...mark.childNodes);
          parent?.normalize();
        }
      };
      return Object.assign(takeAway, { marks });
    }

    /** The longest of some phrases, `[phrase, glosses]`, that stands here with a word in it. */
    phraseWith(word, phrases) {
      const at = this.words.indexOf(word);
      let best = null;
      for (const [phrase, glosses] of phrases) {
        const wanted = phrase.toLowerCase().split(" ");
        for (let from = Math.max(0, at - wanted.length - MOST_BETWEEN); from <= at; from++) {
          const found = this.#follows(wanted, from);
          if (!found?.includes(at)) continue;
          const [first, last] = [this.words[found[0]], this.words[found.at(-1)]];
          if (!best || wanted.length > best.length)
            best = { phrase, glosses, length: wanted.length, start: first.start, end: last.end };
        }
      }
      return best;
    }

    /** Which words a phrase is made of that begins at one of them; null if it does not. */
    #follows(wanted, from) {
      const found = [];
      let at = from;
      for (const [number, word] of wanted.entries()) {
        if (word === "…") continue;
        const far = wanted[number - 1] === "…" ? MOST_BETWEEN : 0;
        const end = Math.min(at + far, this.words.length - 1);
        while (at <= end && !isForm(this.words[at].form, word, number === wanted.length - 1)) at++;
        if (at > end || (found.length && !far && !this.#isNext(found.at(-1), at))) return null;
        found.push(at++);
      }
      return found;
    }

    #isNext(one, other) {
      return this.text.slice(this.words[one].end, this.words[other].start).trim() === "";
    }

    /** The longest of the terms `[forms, English, explained]` of several words with a word in it. */
    termWith(word, terms) {
      let best = null;
      for (const [forms, target, explained] of terms)
        for (const form of forms) {
          if (!form.includes(" ") || form.length <= (best?.phrase.length ?? 0)) continue;
          for (let at = this.text.indexOf(form); at >= 0; at = this.text.indexOf(form, at + 1)) {
            const end = at + form.length;
            const isWhole = this.words.some((one) => one.start === at) && this.words.some((one) => one.end === end);
            if (isWhole && at <= word.start && word.end <= end)
              best = { phrase: form, glosses: target.slice(0, 1), explained, start: at, end };
          }
        }
      return best;
    }
  }

  const isForm = (form, wanted, isLast) => {
    const small = form.toLowerCase();
    return small === wanted || (isLast && small.startsWith(wanted) && small.replace(ENDINGS, "") === wanted);
  };

  /** What lies under a point of the screen in one language: `{ sentence, word }`, or null. */
  function wordUnder(x, y, side = "id") {
    const caret = document.caretPositionFromPoint?.(x, y);
    const range = caret ? null : document.caretRangeFromPoint?.(x, y);
    const node = caret?.offsetNode ?? range?.startContainer;
    const offset = caret?.offset ?? range?.startOffset;
    if (node?.nodeType !== Node.TEXT_NODE || node.parentElement.closest(NOT_TEXT)) return null;
    const sentence = Sentence.of(node.parentElement, side);
    const word = sentence?.wordAt(node, offset);
    const isIn = ({ left, right, top, bottom }) =>
      left - NEAR <= x && x <= right + NEAR && top - NEAR <= y && y <= bottom + NEAR;
    return word && sentence.rects(word).some(isIn) ? { sentence, word } : null;
  }

  Object.assign(window.dwWords, { Sentence, wordUnder });
})();
