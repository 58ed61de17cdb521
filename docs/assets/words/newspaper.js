/* What numbers, dates, titles and set words of Indonesian newspapers mean where they stand: the same as
   scripts/dwiwarta/words/newspaper.py says, where the reasons are told. Its rules are in
   lexicon/newspaper.js. */
(() => {
  "use strict";

  const MOST_DIGITS = 18;
  const LETTER = String.raw`[\p{L}\p{N}]`;
  const BEFORE = String.raw`(?<!${LETTER})(?<![-@#/.,])`;
  const AFTER = String.raw`(?!${LETTER})(?!-${LETTER})`;
  const NUMBER = String.raw`[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?|[0-9]+(?:,[0-9]+)?`;

  const escaped = (word) => word.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
  const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  const any = (words) =>
    [...words].sort((a, b) => b.length - a.length || compare(a, b)).map(escaped).join("|");

  /** A number with its zeros, as one language writes it; "" if that is too long. */
  function writtenOut(whole, part, zeros, english) {
    const digits = (whole + part.slice(0, zeros).padEnd(zeros, "0")).replace(/^0+/, "") || "0";
    const rest = part.slice(zeros);
    if (digits.length + rest.length > MOST_DIGITS) return "";
    const [comma, point] = english ? [",", "."] : [".", ","];
    return digits.replace(/\B(?=(?:[0-9]{3})+$)/g, comma) + (rest ? point + rest : "");
  }

  class Unfolding {
    constructor(rules) {
      this.rules = rules;
      this.english = rules.language === "en";
      const keys = (name) => any(Object.keys(rules[name]));
      const numbers = (n) =>
        String.raw`\((?<${n}d>[0-9]{1,2})/(?<${n}m>[0-9]{1,2})(?:/(?<${n}y>[0-9]{4}))?\)`.replaceAll("/", "\\/");
      const date = `(?:(?<before>${keys("before")}) )?(?<day>${keys("weekdays")})(?:,? ${numbers("")})?${AFTER}`;
      const forms = Object.keys(rules.terms);
      const exact = forms.filter((form) => form !== form.toLowerCase());
      const small = forms.filter((form) => form === form.toLowerCase());
      this.patterns = [
        [new RegExp(`${BEFORE}(?:${date}|${numbers("n")})`, "giu"), this.ofDate],
        [
          new RegExp(`${BEFORE}(?:pukul|jam) (?<h>[0-9]{1,2})[.:](?<min>[0-9]{2})(?: (?<zone>${keys("zones")}))?${AFTER}`, "gu"),
          this.ofTime,
        ],
        [
          new RegExp(`(?:(?<cur>${keys("currencies")})\\.? ?|${BEFORE})(?<n>${NUMBER})(?: (?<power>${keys("powers")}))?${AFTER}(?![.,][0-9])`, "gu"),
          this.ofAmount,
        ],
        [new RegExp(`(?<=["\u201d\u2019] )(?:${any(rules.speech[0])})(?= )|(?<=, )(?:${any(rules.speech[0])})(?= (?=[A-Z]))`, "gu"), () => rules.speech[1]],
        [new RegExp(`${BEFORE}(?:${any(exact)})${AFTER}`, "gu"), this.ofTerm],
        [new RegExp(`${BEFORE}(?:${any(small)})${AFTER}`, "giu"), this.ofTerm],
      ];
    }

    unfold(text) {
      const found = [];
      for (const [pattern, tell] of this.patterns) {
        for (const match of text.matchAll(pattern)) {
          const said = tell.call(this, match[0], match.groups ?? {});
          if (said) found.push({ from: match.index, to: match.index + match[0].length, text: said });
        }
      }
      found.sort((a, b) => a.from - b.from || b.to - a.to);
      const out = [];
      for (const one of found) if (!out.length || one.from >= out.at(-1).to) out.push(one);
      return out;
    }

    ofTerm(form) {
      const terms = this.rules.terms;
      return Object.hasOwn(terms, form) ? terms[form] : terms[form.toLowerCase()];
    }

    ofDate(_, groups) {
      const { rules } = this;
      const [d, m, y] = ["d", "m", "y"].map((name) => groups[name] ?? groups[`n${name}`]);
      if (!d && !groups.before) return "";
      const parts = [];
      if (groups.day) parts.push(rules.days[rules.weekdays[groups.day.toLowerCase()] - 1]);
      if (d) {
        if (+d < 1 || +d > 31 || +m < 1 || +m > 12) return "";
        parts.push(`${+d} ${rules.months[m - 1]}${y ? ` ${y}` : ""}`);
      }
      const said = parts.join(", ");
      return groups.before ? `${rules.before[groups.before.toLowerCase()]} ${said}` : said;
    }

    ofTime(_, { h, min, zone }) {
      if (+h > 24 || +min > 59) return "";
      return zone ? `${+h}:${min}, ${this.rules.zones[zone]}` : `${+h}:${min}`;
    }

    ofAmount(_, { n, power, cur }) {
      const { rules, english } = this;
      if (!power && !cur && !/[.,]/.test(n)) return "";
      if (!english && !power) return "";
      const [zeros, word] = power ? rules.powers[power] : [0, ""];
      const unit = cur ? ` ${rules.currencies[cur]}` : "";
      const [whole, part = ""] = n.replaceAll(".", "").split(",");
      const out = writtenOut(whole, part, zeros, english);
      if (!english) return out && `${out}${unit}`;
      const plain = writtenOut(whole, part, 0, true);
      if (!power) return plain && `${plain}${unit}`;
      return `${plain} ${word}${unit}${out ? ` (${out})` : ""}`;
    }
  }

  const made = new WeakMap();

  /** All of a text that the rules know: `[{from, to, text}]`, in order, none inside another. */
  function explain(text, rules) {
    if (!made.has(rules)) made.set(rules, new Unfolding(rules));
    return made.get(rules).unfold(text);
  }

  window.dwNewspaper = Object.freeze({ explain });
})();
