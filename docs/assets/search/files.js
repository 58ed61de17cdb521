/* The files of one site's index, each fetched when it is needed and once. */

import { placeIn, readRows, readTexts, readWords } from "./codec.js";
import { Words } from "./words.js";

// As in scripts/dwiwarta/search/buckets.py and lexicon.py.
const BUCKETS = 24;
const BUCKETS_A_FILE = 2; // of texts
const ROOM = 256;
const FULL = new Set(
  "in co re th ma se be sa di pr de ba pa ha an me pe te ca st la to su un da ta ke bu mi mo".split(" "),
);

/** The bucket of all words of a stem. */
export function bucketOf(stem) {
  const letters = [...stem];
  const length = FULL.has(letters.slice(0, 2).join("")) ? 3 : 2;
  let value = 82;
  for (const byte of new TextEncoder().encode(letters.slice(0, length).join("")))
    value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  return ((value ^ (value >>> 15)) >>> 0) % BUCKETS;
}

export class Files {
  #folder;
  #fetched = new Map(); // what is made of each file, and of the files of a bucket
  #about = null;
  #cache = "no-cache"; // ask whether it has changed

  constructor(root) {
    this.#folder = new URL("search/", root);
  }

  /** What there is. Asked again after a failure, as a new index may have taken the old one's place. */
  about() {
    this.#about ??= this.#open().catch((error) => {
      this.#about = null;
      throw error;
    });
    return this.#about;
  }

  async #open() {
    const about = await (await this.#fetch("about.json", { cache: this.#cache })).json();
    let first = 0;
    about.shards = about.shards.map(([articles, oldest, newest, rows, texts], number) => {
      const isNewest = number === about.shards.length - 1;
      const shard = { number, articles, oldest, newest, rows, texts, first, isNewest };
      first += Math.ceil(articles / ROOM) * ROOM;
      return shard;
    });
    about.language = new Words(await (await this.#fetch(about.rules)).json());
    return about;
  }

  /** Forget everything: the index has been written anew. */
  reset() {
    this.#about = null;
    this.#cache = "reload"; // servers tell changes by the second
    this.#fetched.clear();
  }

  async facets() {
    const { facets } = await this.about();
    return this.#once(facets, async (response) =>
      (await response.json()).map(([kind, key, path, english, indonesian, articles, names]) => {
        return { kind, key, path, english, indonesian, articles, names, id: `${kind}:${key}` };
      }),
    );
  }

  /** All words that stand in the same bucket as a stem. */
  words(bucket) {
    return this.#keep(bucket, async () => {
      const about = await this.about();
      const newest = about.shards.at(-1);
      const [older, own] = await Promise.all([
        this.#once(about.words[bucket], async (response) => readWords(await response.arrayBuffer())),
        newest && this.#textsOf(newest, bucket),
      ]);
      return own ? own.together(older, bucket % BUCKETS_A_FILE, newest) : older;
    });
  }

  /** For each word, all of one bucket, the articles of a shard that have it. */
  async texts(shard, bucket, words) {
    const all = await this.words(bucket);
    const places = words.map((word) => placeIn(all, word, shard.number));
    const { buffer } = await this.#textsOf(shard, bucket);
    const found = readTexts(buffer, BUCKETS_A_FILE, bucket % BUCKETS_A_FILE, places);
    return places.map((one) => found.get(one));
  }

  /** The file of a shard's texts that has a bucket. */
  #textsOf(shard, bucket) {
    const name = shard.texts[Math.floor(bucket / BUCKETS_A_FILE)];
    return this.#once(`texts-${name}.bin`, async (response) => {
      const buffer = await response.arrayBuffer();
      return shard.isNewest ? (await import("./newest.js")).readNewest(buffer, BUCKETS_A_FILE) : { buffer };
    });
  }

  rows(shard) {
    return this.#once(shard.rows, async (response) => readRows(await response.arrayBuffer()));
  }

  async card({ file, position }) {
    const cards = await this.#once(file, (response) => response.json());
    return cards[position];
  }

  #once(name, read) {
    return this.#keep(name, () => this.#fetch(name).then(read));
  }

  /** What is made under a name, once; again after a failure. */
  #keep(name, make) {
    if (!this.#fetched.has(name)) {
      const made = make();
      made.catch(() => this.#fetched.delete(name));
      this.#fetched.set(name, made);
    }
    return this.#fetched.get(name);
  }

  async #fetch(name, options) {
    const response = await fetch(new URL(name, this.#folder), options);
    if (!response.ok) throw new Error(`${name}: ${response.status}`);
    return response;
  }
}
