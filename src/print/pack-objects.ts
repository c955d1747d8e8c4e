// Packs the small objects of a finished PDF into compressed streams: tags, links and outline shrink to a tenth (ISO 32000-1, 7.5.7 and 7.5.8).

import { deflateSync } from 'node:zlib';

/** How many objects one stream holds; a reader unpacks a whole stream for one of them. */
const PER_STREAM = 400;

/** An entry of the cross-reference table: kind 1 stands at a byte, kind 2 in a stream at an index. */
type Entry = readonly [kind: 0 | 1 | 2, where: number, index: number];

/**
 * The same document with its small objects packed.
 * @param pdf as pdfkit writes it: one section, a plain cross-reference table, nothing encrypted
 * @throws Error where the file is not of that sort
 */
export function packObjects(pdf: Buffer): Buffer {
  const text = pdf.toString('latin1');
  const start = Number(/startxref\n(\d+)\n%%EOF\s*$/.exec(text)?.[1]);
  const table = /^xref\n0 (\d+)\n/.exec(text.slice(start, start + 40));
  const trailer = /trailer\n<<\n([^]*)\n?>>\nstartxref/.exec(text.slice(start))?.[1];
  if (table?.[1] === undefined || trailer === undefined) throw new Error('no cross-reference table');
  const count = Number(table[1]);
  const rows = text.slice(start + table[0].length, start + table[0].length + count * 20);
  const offsets = Array.from({ length: count }, (_, at) => Number(rows.slice(at * 20, at * 20 + 10)));
  const chunks: Buffer[] = [];
  let length = 0;
  const write = (chunk: Buffer): void => {
    chunks.push(chunk);
    length += chunk.length;
  };
  const ends = new Map([...offsets.slice(1), start].sort((a, b) => a - b).map((offset, at, sorted) => [offset, sorted[at + 1] ?? start]));
  const entries: Entry[] = [[0, 0, 65535]];
  const packed: { id: number; body: string }[] = [];
  // The header and whatever stands before the first object.
  write(pdf.subarray(0, Math.min(...offsets.slice(1))));
  for (let id = 1; id < count; id++) {
    const from = offsets[id] ?? 0;
    const to = ends.get(from) ?? start;
    const body = text.slice(from, to);
    const own = /^(\d+) 0 obj\n([^]*?)\nendobj\s*$/.exec(body);
    if (own?.[2] === undefined || Number(own[1]) !== id) throw new Error(`object ${id} is not where the table says`);
    if (/\nstream\n/.test(body)) {
      entries[id] = [1, length, 0];
      write(pdf.subarray(from, to));
    } else packed.push({ id, body: own[2] });
  }
  let next = count;
  for (let at = 0; at < packed.length; at += PER_STREAM) {
    const group = packed.slice(at, at + PER_STREAM);
    let place = 0;
    const index = group.map(({ id, body }, order) => {
      entries[id] = [2, next, order];
      const own = `${id} ${place}`;
      place += body.length + 1;
      return own;
    });
    const head = `${index.join(' ')}\n`;
    const content = deflateSync(Buffer.from(head + group.map(({ body }) => `${body}\n`).join(''), 'latin1'), { level: 9 });
    entries[next] = [1, length, 0];
    write(streamObject(next, `/Type /ObjStm /N ${group.length} /First ${head.length}`, content));
    next++;
  }
  const here = length;
  entries[next] = [1, here, 0];
  const rowsOut = Buffer.alloc(entries.length * 7);
  entries.forEach(([kind, where, index], at) => {
    rowsOut.writeUInt8(kind, at * 7);
    rowsOut.writeUInt32BE(where, at * 7 + 1);
    rowsOut.writeUInt16BE(index, at * 7 + 5);
  });
  const kept = trailer.replace(/\/Size \d+/, '').trim().replaceAll('\n', ' ');
  write(streamObject(next, `/Type /XRef /Size ${entries.length} /W [1 4 2] ${kept}`, deflateSync(rowsOut, { level: 9 })));
  write(Buffer.from(`startxref\n${here}\n%%EOF\n`, 'latin1'));
  return Buffer.concat(chunks);
}

function streamObject(id: number, dictionary: string, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${id} 0 obj\n<< ${dictionary} /Filter /FlateDecode /Length ${content.length} >>\nstream\n`, 'latin1'), content, Buffer.from('\nendstream\nendobj\n', 'latin1')]);
}
