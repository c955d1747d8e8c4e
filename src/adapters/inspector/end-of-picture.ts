// Where the picture in a file ends, and whether what follows is another file in disguise.

/** Marks of files that somebody could hide behind a picture or a PDF; long enough not to turn up in a film by chance. */
const disguises = ['%pdf-', 'rar!\u001a\u0007', '7z\u00bc\u00af\u0027\u001c', '<?php', '<script', '<html', '<!doctype'];
/** A zip is read from its end: its last record stands within so many bytes of it. */
const ZIP_TAIL_BYTES = 65_557;

/** Whether bytes that follow a file's own end hold another file. Telephones append films and depth maps, which are not meant. */
export function holdsAnotherFile(rest: Uint8Array): boolean {
  const bytes = Buffer.from(rest.buffer, rest.byteOffset, rest.length);
  if (bytes.subarray(-ZIP_TAIL_BYTES).includes('PK\u0005\u0006', 0, 'latin1')) return true;
  const text = bytes.toString('latin1').toLowerCase();
  return disguises.some((mark) => text.includes(mark));
}

/** The index after the last byte of a JPEG's first picture; undefined where it has no end. */
export function endOfJpeg(content: Uint8Array): number | undefined {
  let at = 2;
  while (at + 4 <= content.length) {
    if (content[at] !== 0xff) return undefined;
    const marker = content[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
    } else if (marker === 0xd9) {
      return at + 2;
    } else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) {
      at += 2;
    } else {
      const length = ((content[at + 2] ?? 0) << 8) | (content[at + 3] ?? 0);
      if (length < 2) return undefined;
      at += 2 + length;
      // After a start of scan, entropy-coded data follow up to the next marker that is no stuffing and no restart.
      if (marker === 0xda) at = nextMarker(content, at);
    }
  }
  return at + 2 === content.length && content[at] === 0xff && content[at + 1] === 0xd9 ? content.length : undefined;
}

function nextMarker(content: Uint8Array, from: number): number {
  for (let at = from; ; at++) {
    at = content.indexOf(0xff, at);
    if (at < 0) return content.length;
    const next = content[at + 1] ?? 0;
    if (next !== 0 && !(next >= 0xd0 && next <= 0xd7) && next !== 0xff) return at;
  }
}

/** The index after a PNG's last chunk; undefined where it has no end. */
export function endOfPng(content: Uint8Array): number | undefined {
  const view = new DataView(content.buffer, content.byteOffset, content.length);
  for (let at = 8; at + 12 <= content.length; ) {
    const end = at + 12 + view.getUint32(at);
    if (end > content.length) return undefined;
    if (view.getUint32(at + 4) === 0x49454e44) return end;
    at = end;
  }
  return undefined;
}

/** The index after a WebP's RIFF container; undefined where it is cut off. */
export function endOfWebp(content: Uint8Array): number | undefined {
  if (content.length < 12) return undefined;
  const end = 8 + new DataView(content.buffer, content.byteOffset, content.length).getUint32(4, true);
  return end <= content.length ? end : undefined;
}

/** The index after a PDF's last %%EOF; undefined where it has none. */
export function endOfPdf(content: Uint8Array): number | undefined {
  const mark = Buffer.from(content.buffer, content.byteOffset, content.length).lastIndexOf('%%EOF');
  return mark < 0 ? undefined : mark + '%%EOF'.length;
}
