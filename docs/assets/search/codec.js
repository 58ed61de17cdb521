/* Reading the files of the index; scripts/dwiwarta/search/codec.py, lexicon.py and shards.py tell
   what is in them. */

const decoder = new TextDecoder();

export class Reader {
  /** Of a buffer, or of an array of bytes. */
  constructor(buffer) {
    this.bytes = buffer instanceof Uint8Array ? buffer : new Uint8Array(buffer);
    this.at = 0;
  }

  byte() {
    this.pass(1);
    return this.bytes[this.at - 1];
  }

  /** Go on by so many bytes. Throws if there are not that many: what is missing is not "nothing". */
  pass(length) {
    this.at += length;
    if (!(this.at <= this.bytes.length)) throw new Error("the search index is cut off");
  }

  number() {
    let value = 0;
    let factor = 1;
    for (;;) {
      const byte = this.byte();
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
      factor *= 0x80;
    }
  }

  take(length) {
    this.pass(length);
    return this.bytes.subarray(this.at - length, this.at);
  }

  text() {
    return decoder.decode(this.take(this.number()));
  }

  gaps(count) {
    const out = new Array(count);
    let value = -1;
    for (let i = 0; i < count; i++) out[i] = value += this.number() + 1;
    return out;
  }

  articles(total) {
    const head = this.number();
    if (head % 2 === 0) return this.gaps(head / 2);
    const out = [];
    const bits = this.take(Math.ceil(total / 8));
    for (let n = 0; n < total; n++) if (bits[n >> 3] & (1 << (n & 7))) out.push(n);
    return out;
  }

  /** Pass over a list of articles. */
  skip(total) {
    const head = this.number();
    if (head % 2) this.pass(Math.ceil(total / 8));
    else for (let n = head / 2; n > 0; n--) while (this.byte() >= 0x80);
  }

  /** A bit for each shard. */
  shards(isList, width) {
    if (!isList) return this.take(width);
    const bits = new Uint8Array(width);
    for (const shard of this.gaps(this.number())) bits[shard >> 3] |= 1 << (shard & 7);
    return bits;
  }

  /** Bytes that begin like `before`. */
  shared(before) {
    const head = this.byte();
    let same = head >> 4;
    let rest = head & 15;
    if (same === 15) same += this.number();
    if (rest === 15) rest += this.number();
    const out = new Uint8Array(same + rest);
    out.set(before.subarray(0, same));
    out.set(this.take(rest), same);
    return out;
  }
}

const [FORM, TITLE, ONE, SOME] = [1, 2, 16, 32];
export const [INDONESIAN, ENGLISH] = [4, 8];

/**
 * The words of one file, in order: form, stem, which languages' texts have it, in which titles it
 * stands (numbers over all shards), and whether a shard has it.
 */
export function readWords(buffer) {
  const reader = new Reader(buffer);
  const shards = reader.number();
  const out = new Array(reader.number());
  let stem = new Uint8Array();
  let stemText = "";
  for (let i = 0; i < out.length; i++) {
    stem = reader.shared(stem);
    stemText = plain(stem);
    const flags = reader.byte();
    const form = flags & FORM ? plain(reader.shared(stem)) : stemText;
    const only = (flags & (ONE | SOME)) === ONE ? reader.number() : -1;
    const bits = flags & SOME ? reader.shards(flags & ONE, (shards + 7) >> 3) : null;
    const titles = flags & TITLE ? reader.gaps(reader.number()) : [];
    const languages = flags & (INDONESIAN | ENGLISH);
    out[i] = { form, stem: stemText, titles, languages, only, bits };
  }
  return out;
}

/** Whether a shard has a word of `readWords` or `together`. */
export const isIn = ({ only, bits }, shard) =>
  only >= 0 ? only === shard : !bits || Boolean(bits[shard >> 3] & (1 << (shard & 7)));

/** How many shards have a word; some more where all have it. */
export const shardsOf = ({ only, bits }) =>
  only >= 0 ? 1 : bits ? bits.reduce((n, byte) => n + count(byte), 0) : 100;

const count = (byte) => (byte ? (byte & 1) + count(byte >> 1) : 0);

/** The place of a word among those that a shard has. */
export function placeIn(words, word, shard) {
  let place = 0;
  for (const other of words) {
    if (other === word) return place;
    if (isIn(other, shard)) place++;
  }
  throw new Error("no word of these");
}

function plain(bytes) {
  for (const byte of bytes) if (byte >= 0x80) return decoder.decode(bytes);
  return String.fromCharCode(...bytes);
}

/** From the places of words in one of a file's buckets to the articles of the shard that have them. */
export function readTexts(buffer, buckets, bucket, places) {
  const wanted = new Set(places);
  const reader = new Reader(buffer);
  const total = reader.number();
  const counts = Array.from({ length: buckets }, () => reader.number());
  for (let n = counts.slice(0, bucket).reduce((a, b) => a + b, 0); n > 0; n--) reader.skip(total);
  const found = new Map();
  for (let place = 0; found.size < wanted.size; place++)
    if (wanted.has(place)) found.set(place, reader.articles(total));
    else reader.skip(total);
  return found;
}

/** A shard's articles: their days, where their cards are, and which facets they have. */
export function readRows(buffer) {
  const reader = new Reader(buffer);
  const total = reader.number();
  const files = Array.from({ length: reader.number() }, () => reader.text());
  let day = reader.number();
  const rows = Array.from({ length: total }, () => {
    day += reader.number();
    return { day, file: files[reader.number()], position: reader.number() };
  });
  const facets = new Map();
  for (let n = reader.number(); n > 0; n--) facets.set(reader.text(), reader.articles(total));
  return { rows, facets };
}
