/* A database file of SQLite 3, written whole and fetched when somebody wants one. What it is made of:
   https://www.sqlite.org/fileformat2.html. Pages are so large that no row needs a second one; the same
   tables give the same bytes. */
(() => {
  "use strict";

  const HEADER = 100; // bytes before the content of the first page
  const SMALLEST = 4096;
  const LARGEST = 65536; // bytes of a page
  const ROOM = 35; // bytes of a page that a row on it cannot have
  const VERSION = 3_040_000; // of SQLite, whose ways of writing these are
  const [TABLE, INDEX] = [
    { leaf: 0x0d, interior: 0x05 },
    { leaf: 0x0a, interior: 0x02 },
  ];
  const encoder = new TextEncoder();

  /** A whole number in `size` bytes, most significant first; below 2^53. */
  function big(value, size) {
    const bytes = new Uint8Array(size);
    for (let at = size - 1, rest = value; at >= 0; at--, rest = Math.floor(rest / 256)) bytes[at] = ((rest % 256) + 256) % 256;
    return bytes;
  }

  /** A number from 0 up in seven bits a byte. */
  function varint(value) {
    const bytes = [value % 128];
    for (let rest = Math.floor(value / 128); rest; rest = Math.floor(rest / 128)) bytes.unshift((rest % 128) + 128);
    return Uint8Array.from(bytes);
  }

  function joined(parts) {
    const bytes = new Uint8Array(parts.reduce((sum, one) => sum + one.length, 0));
    let at = 0;
    for (const one of parts) {
      bytes.set(one, at);
      at += one.length;
    }
    return bytes;
  }

  // Serial types of whole numbers, by their bytes.
  const SIZES = [[1, 1], [2, 2], [3, 3], [4, 4], [6, 5], [8, 6]];

  /** [serial type, bytes] of null, a whole number or a text. */
  function stored(value) {
    if (value === null) return [0, big(0, 0)];
    if (value === 0 || value === 1) return [8 + value, big(0, 0)];
    if (typeof value === "number") {
      const [size, type] = SIZES.find(([bytes]) => value >= -(256 ** bytes / 2) && value < 256 ** bytes / 2);
      return [type, big(value, size)];
    }
    const text = encoder.encode(value);
    return [13 + 2 * text.length, text];
  }

  function record(values) {
    const all = values.map(stored);
    const types = joined(all.map(([type]) => varint(type)));
    const size = types.length + (types.length < 127 ? 1 : 2); // the header counts itself
    return joined([varint(size), types, ...all.map(([, bytes]) => bytes)]);
  }

  /** The bytes of a page: what is before its cells, where each is, and they themselves from the end. */
  function page(size, before, { type, cells, right = null }) {
    const bytes = new Uint8Array(size);
    const at = before + (right === null ? 8 : 12);
    let end = size;
    cells.forEach((cell, index) => {
      end -= cell.length;
      bytes.set(cell, end);
      bytes.set(big(end, 2), at + 2 * index);
    });
    bytes.set(joined([big(type, 1), big(0, 2), big(cells.length, 2), big(end % 65536, 2), big(0, 1)]), before);
    if (right !== null) bytes.set(big(right, 4), before + 8);
    return bytes;
  }

  /** Part the cells of a level into pages: [{ cells, last }], `last`: the cell after which the next page
      begins; it stands in the page above, except in `isTwice`, where its page has it as well. */
  function parted(items, room, isTwice) {
    const pages = [{ cells: [], last: null }];
    let left = room;
    items.forEach((item, index) => {
      const needs = item.bytes + 2;
      const now = pages.at(-1);
      if (needs <= left) {
        now.cells.push(item);
        left -= needs;
        return;
      }
      left = room;
      if (isTwice || index === items.length - 1) {
        // No page may be without cells, so that the last cell of all stays one of them.
        now.last = isTwice ? now.cells.at(-1) : now.cells.pop();
        pages.push({ cells: [item], last: null });
        left -= needs;
      } else {
        now.last = item;
        pages.push({ cells: [], last: null });
      }
    });
    return pages;
  }

  /** Put a tree of sorted items onto pages; `add(page)` gives the number of one. Returns the root's.
      An item: { key: what a page above says of it, cell: its bytes on a leaf }. */
  function tree(kind, items, size, add) {
    let level = parted(items.map((one) => ({ ...one, bytes: one.cell.length })), size - 8, kind === TABLE).map(({ cells, last }) => ({
      number: add({ type: kind.leaf, cells: cells.map((one) => one.cell) }),
      last,
    }));
    while (level.length > 1) {
      const between = level.slice(0, -1).map(({ number, last }) => ({ ...last, number, bytes: 4 + last.key.length }));
      let child = 0;
      level = parted(between, size - 12, false).map(({ cells, last }) => {
        child += cells.length;
        const made = { type: kind.interior, cells: cells.map((one) => joined([big(one.number, 4), one.key])), right: level[child++].number };
        return { number: add(made), last };
      });
    }
    return level[0].number;
  }

  const rowItem = ([id, values]) => {
    const row = record(values);
    const key = varint(id);
    return { key, cell: joined([varint(row.length), key, row]), row: row.length };
  };

  function indexItems(rows, columns) {
    const keys = rows.map(([id, values]) => [...columns.map((column) => values[column]), id]);
    keys.sort((one, other) => one.map((value, at) => value - other[at]).find(Boolean) ?? 0);
    return keys.map((values) => {
      const row = record(values);
      const cell = joined([varint(row.length), row]);
      return { key: cell, cell };
    });
  }

  /** The file. `tables`: [{ name, sql, rows: [[id, values]], indices: [{ name, sql, columns }] }], the ids
      whole numbers from 1 in rising order, null as the value of a column that is the id; an index is on
      columns of whole numbers, by their places. Throws RangeError for a row that no page has room for. */
  window.dwSqlite = (tables) => {
    const made = tables.map((table) => ({ ...table, items: table.rows.map(rowItem) }));
    const longest = made.reduce((most, { items }) => items.reduce((sum, { row }) => Math.max(sum, row), most), 0);
    let size = SMALLEST;
    while (size < longest + ROOM) size *= 2;
    if (size > LARGEST) throw new RangeError("a row is too long for a page");
    const pages = [];
    const add = (one) => pages.push(page(size, 0, one)) + 1; // the first page comes last
    const schema = [];
    for (const { name, sql, rows, items, indices = [] } of made) {
      schema.push(["table", name, name, tree(TABLE, items, size, add), sql]);
      for (const index of indices)
        schema.push(["index", index.name, name, tree(INDEX, indexItems(rows, index.columns), size, add), index.sql]);
    }
    const first = page(size, HEADER, { type: TABLE.leaf, cells: schema.map((values, at) => rowItem([at + 1, values]).cell) });
    const count = pages.length + 1;
    first.set(joined([
      encoder.encode("SQLite format 3\0"), big(size % 65536 || 1, 2), Uint8Array.of(1, 1, 0, 64, 32, 32),
      // changes, pages, none of them free; version and format of the schema; text is UTF-8
      ...[1, count, 0, 0, 1, 4, 0, 0, 1, 0, 0, 0].map((value) => big(value, 4)),
      new Uint8Array(20), big(1, 4), big(VERSION, 4),
    ]));
    return joined([first, ...pages]);
  };
})();
