/* SHA-1 (FIPS 180-4), by which Anki knows fields that are alike. Not for secrets; the browser's own is
   there on secure addresses alone. */
(() => {
  "use strict";

  const START = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
  const ADDED = [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6];
  const turned = (value, by) => (value << by) | (value >>> (32 - by));
  const MIXED = [
    (b, c, d) => (b & c) | (~b & d),
    (b, c, d) => b ^ c ^ d,
    (b, c, d) => (b & c) | (b & d) | (c & d),
    (b, c, d) => b ^ c ^ d,
  ];

  /** The five numbers of a text's SHA-1. */
  window.dwChecksum = (text) => {
    const bytes = new TextEncoder().encode(text);
    const padded = new Uint8Array((((bytes.length + 8) >> 6) + 1) * 64);
    padded.set(bytes);
    padded[bytes.length] = 0x80;
    const view = new DataView(padded.buffer);
    view.setUint32(padded.length - 4, bytes.length * 8);
    const sum = Uint32Array.from(START);
    const words = new Uint32Array(80);
    for (let at = 0; at < padded.length; at += 64) {
      for (let i = 0; i < 16; i++) words[i] = view.getUint32(at + 4 * i);
      for (let i = 16; i < 80; i++) words[i] = turned(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1);
      let [a, b, c, d, e] = sum;
      for (let i = 0; i < 80; i++) {
        const part = Math.floor(i / 20);
        const next = (turned(a, 5) + MIXED[part](b, c, d) + e + ADDED[part] + words[i]) | 0;
        [a, b, c, d, e] = [next, a, turned(b, 30), c, d];
      }
      [a, b, c, d, e].forEach((value, i) => (sum[i] += value));
    }
    return sum;
  };
})();
