/* Files in one zip file, each as it is (method "stored"), fetched when somebody wants one: APPNOTE 6.3.10.
   The same files give the same bytes. */
(() => {
  "use strict";

  const FIRST_DAY = 0x21; // 1 January 1980, the earliest that a zip file can hold
  const UTF8 = 0x800; // names are in UTF-8
  const MADE_BY = 0x0314; // Unix, version 2.0
  const NEEDS = 10; // version 1.0
  const MODE = 0o100644 * 0x10000; // an ordinary file that all may read
  const [LOCAL, CENTRAL, END] = [0x04034b50, 0x02014b50, 0x06054b50];

  const TABLE = Uint32Array.from({ length: 256 }, (_, value) => {
    let sum = value;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
    return sum;
  });

  function crc32(bytes) {
    let sum = 0xffffffff;
    for (const byte of bytes) sum = (sum >>> 8) ^ TABLE[(sum ^ byte) & 0xff];
    return ~sum >>> 0;
  }

  /** Numbers in the order of their sizes, least byte first: [[size, value], …]. */
  function packed(fields) {
    const bytes = new Uint8Array(fields.reduce((sum, [size]) => sum + size, 0));
    const view = new DataView(bytes.buffer);
    let at = 0;
    for (const [size, value] of fields) {
      if (size === 2) view.setUint16(at, value, true);
      else view.setUint32(at, value, true);
      at += size;
    }
    return bytes;
  }

  /** The zip file of [name, text or bytes] in their order, as a Blob of media type `type`. */
  window.dwZip = (files, type) => {
    const encoder = new TextEncoder();
    const parts = [];
    const listed = [];
    let offset = 0;
    for (const [name, content] of files) {
      const path = encoder.encode(name);
      const data = typeof content === "string" ? encoder.encode(content) : content;
      const shared = [
        [2, NEEDS], [2, UTF8], [2, 0], [2, 0], [2, FIRST_DAY],
        [4, crc32(data)], [4, data.length], [4, data.length], [2, path.length], [2, 0],
      ];
      const local = packed([[4, LOCAL], ...shared]);
      listed.push(packed([[4, CENTRAL], [2, MADE_BY], ...shared, [2, 0], [2, 0], [2, 0], [4, MODE], [4, offset]]), path);
      parts.push(local, path, data);
      offset += local.length + path.length + data.length;
    }
    const size = listed.reduce((sum, one) => sum + one.length, 0);
    const end = packed([[4, END], [2, 0], [2, 0], [2, files.length], [2, files.length], [4, size], [4, offset], [2, 0]]);
    return new Blob([...parts, ...listed, end], { type });
  };
})();
