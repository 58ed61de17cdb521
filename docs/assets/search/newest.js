/* The newest shard tells of its words itself (scripts/dwiwarta/search/newest.py): they are put together
   with those of all others. Fetched with the first words that are asked for. */

import { ENGLISH, INDONESIAN, Reader, readWords } from "./codec.js";

/** A file of the newest shard's texts: with its words together with the older of a bucket, then the texts. */
export function readNewest(buffer, buckets) {
  const reader = new Reader(buffer);
  const words = Array.from({ length: buckets }, () => reader.take(reader.number()));
  return {
    together: (older, bucket, shard) => together(older, words[bucket], shard),
    buffer: reader.bytes.subarray(reader.at),
  };
}

/** The words of all older shards, and what the newest tells of its own, as those of one file. */
function together(older, newest, { number, first }) {
  const reader = new Reader(newest);
  const known = reader.articles(older.length);
  const other = new Set(reader.articles(known.length));
  const titles = new Map(reader.articles(known.length).map((one) => [one, null]));
  for (const one of titles.keys()) titles.set(one, reader.gaps(reader.number()));
  const length = older.length + reader.number();
  const own = new Set(reader.articles(length));
  const ownWords = readWords(reader.bytes.subarray(reader.at));

  const all = new Uint8Array((number + 7) >> 3); // older shards
  for (let shard = 0; shard < number; shard++) all[shard >> 3] |= 1 << (shard & 7);
  const inOlder = (word) => (word.only < 0 && !word.bits ? { ...word, bits: all } : word);
  const only = number ? number : -1; // a word of the only shard is one of all shards
  const numbers = (found) => found.map((one) => first + one);

  const out = new Array(length);
  let [nextOlder, nextKnown, nextOwn] = [0, 0, 0];
  for (let place = 0; place < length; place++) {
    if (own.has(place)) {
      const word = ownWords[nextOwn++];
      out[place] = { ...word, titles: numbers(word.titles), only };
    } else if (known[nextKnown] === nextOlder) {
      const word = { ...older[nextOlder++] };
      word.titles = word.titles.concat(numbers(titles.get(nextKnown) ?? []));
      if (other.has(nextKnown++)) word.languages = INDONESIAN | ENGLISH;
      out[place] = inNewest(word, number);
    } else out[place] = inOlder(older[nextOlder++]);
  }
  return out;
}

/** A word of older shards that the newest has, too. */
function inNewest(word, newest) {
  if (word.only < 0 && !word.bits) return word; // all shards have it
  const bits = new Uint8Array((newest + 8) >> 3);
  if (word.bits) bits.set(word.bits);
  for (const shard of [word.only, newest]) if (shard >= 0) bits[shard >> 3] |= 1 << (shard & 7);
  return { ...word, only: -1, bits };
}
