/* Which words the lexicon may have, by a Bloom filter of them: scripts/dwiwarta/render/sieve.py. */
(() => {
  "use strict";

  const [TURNS, OFFSET, PRIME] = [3, 0x811c9dc5, 0x01000193];

  /** FNV-1a. */
  function hash(word, start) {
    let found = start;
    for (let at = 0; at < word.length; at++) found = Math.imul(found ^ word.charCodeAt(at), PRIME);
    return found >>> 0;
  }

  /** Whether a word may be one of those that the filter was made of. */
  function mayBeIn(bytes, word) {
    const [one, other] = [hash(word, OFFSET), (hash(word, PRIME) | 1) >>> 0];
    for (let turn = 0; turn < TURNS; turn++) {
      const at = ((one + turn * other) % 2 ** 32) % (bytes.length * 8);
      if (!((bytes[at >> 3] >> (at & 7)) & 1)) return false;
    }
    return true;
  }

  Object.assign((window.dwWords ??= {}), { mayBeIn });
})();
