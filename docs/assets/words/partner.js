/* The English of a word, lit while the word is shown: found by words/align.js from the glosses of all words
   of the sentence and what the site's own translations taught (lexicon/partners.js). Where that is not
   sure of anything, nothing is lit. */
(() => {
  "use strict";
  const { onShow, onHide } = window.dwWords;

  let turn = 0;
  let takeAway = [];

  function end() {
    turn++;
    for (const one of takeAway.splice(0).reverse()) one();
  }

  async function light({ sentence, word, lexicon }) {
    end();
    const mine = turn;
    const { partner } = sentence;
    if (!partner?.isShown || navigator.connection?.saveData) return;
    // The words one after the other would be fetched one after the other.
    const [table] = await Promise.all([lexicon.file("partners"), dw.load("assets/words/align.js"), ...sentence.words.map(({ form }) => lexicon.meaning(form))]);
    if (mine !== turn) return;
    const links = dwAlign.link(sentence.text, partner.text, (text) => lexicon.look(text), table);
    const link = links.find(({ id: [from, to] }) => from <= word.start && word.end <= to);
    takeAway = (link?.en ?? []).map(([start, end]) => partner.mark({ start, end }, { class: "dw-word-of dw-word-of--en" }));
  }

  onShow.push((shown) => light(shown).catch(() => {})); // it is no more than a help
  onHide.push(end);
})();
