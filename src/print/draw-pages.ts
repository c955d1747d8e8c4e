// Draws filled pages as a PDF: glyphs, rules and paths, with tags, links, places, outline, and the running heads and feet.

import type { FilledPage, PlacedSlice } from './fill-pages.ts';
import type { SetRun, TextSetter } from './set-text.ts';
import type { Mark, Tag } from './slices.ts';
import { colours, page as sheet, styles, type TextStyle } from './style.ts';
import type { Typeface } from './typeface.ts';

/** What stands on every page. */
export interface Running {
  /** At the left of the head. */
  readonly title: string;
  /** At the left of the foot. */
  readonly foot: string;
  /** The number of a page of how many. */
  readonly number: (page: number, pages: number) => string;
}

/** How far a place is above what it names, so that it does not stick to the window's edge. */
const PLACE_MARGIN = 12;

/** Draws all pages. The document is left open: whoever made it ends it. */
export function drawPages(document: PDFKit.PDFDocument, typeface: Typeface, setter: TextSetter, pages: readonly FilledPage[], running: Running): void {
  new PageDrawer(document, typeface, setter, pages, running).draw();
}

class PageDrawer {
  private readonly document: PDFKit.PDFDocument;
  private readonly typeface: Typeface;
  private readonly setter: TextSetter;
  private readonly pages: readonly FilledPage[];
  private readonly running: Running;
  private readonly elements = new Map<Tag, PDFKit.PDFStructureElement>();
  private readonly root: PDFKit.PDFStructureElement;
  private readonly pageOfPlace = new Map<string, number>();

  constructor(document: PDFKit.PDFDocument, typeface: Typeface, setter: TextSetter, pages: readonly FilledPage[], running: Running) {
    this.document = document;
    this.typeface = typeface;
    this.setter = setter;
    this.pages = pages;
    this.running = running;
    this.root = document.struct('Document');
    document.addStructure(this.root);
    pages.forEach(({ slices }, at) => {
      for (const { slice } of slices) for (const place of slice.places ?? []) if (!this.pageOfPlace.has(place)) this.pageOfPlace.set(place, at + 1);
    });
  }

  draw(): void {
    const parents: PDFKit.PDFOutline[] = [this.document.outline];
    const drawnPlaces = new Set<string>();
    this.pages.forEach((page, at) => {
      this.document.addPage();
      if (!page.isBare) this.drawRunning(page, at + 1);
      for (const placed of page.slices) {
        const { slice, y } = placed;
        if (placed.isRepeated !== true) {
          for (const place of slice.places ?? []) {
            if (drawnPlaces.has(place)) continue;
            drawnPlaces.add(place);
            this.document.addNamedDestination(place, 'XYZ', 0, Math.max(0, y - PLACE_MARGIN), null as unknown as number);
          }
          if (slice.outline !== undefined) {
            const { level, title } = slice.outline;
            // pdfkit counts `left` from the right edge.
            const options = { top: Math.max(0, y - PLACE_MARGIN), left: sheet.width, zoom: 0 } as unknown as Parameters<PDFKit.PDFOutline['addItem']>[1];
            const entry = (parents[level] ?? this.document.outline).addItem(title, options);
            parents.splice(level + 1, parents.length, entry);
          }
        }
        this.drawSlice(placed);
      }
    });
    this.root.end();
  }

  /** Marks in their order, those of one tag as one piece of content; shapes are ornament. */
  private drawSlice({ slice, y, isRepeated }: PlacedSlice): void {
    // Shapes first: nothing that is read is covered.
    const shapes = slice.marks.filter((mark) => mark.kind === 'box' || mark.kind === 'path');
    if (shapes.length > 0) {
      this.document.markContent('Artifact', { type: 'Layout' });
      for (const mark of shapes) this.drawShape(mark, y);
      this.document.endMarkedContent();
    }
    const words = slice.marks.filter((mark) => mark.kind === 'text' || mark.kind === 'page-of');
    for (let at = 0; at < words.length; ) {
      const first = words[at];
      if (first === undefined) break;
      const { tag } = first;
      const link = linkOf(first);
      let end = at + 1;
      while (end < words.length && words[end]?.tag === tag && linkOf(words[end]) === link) end++;
      this.drawTagged(words.slice(at, end), y, isRepeated === true ? undefined : tag, link);
      at = end;
    }
  }

  private drawTagged(marks: readonly Exclude<Mark, { kind: 'box' | 'path' }>[], y: number, tag: Tag | undefined, link: string | undefined): void {
    const target = link !== undefined && this.pageOfPlace.has(link) ? link : undefined;
    const paint = (): void => {
      for (const mark of marks) this.drawWords(mark, y);
    };
    if (tag === undefined) {
      this.document.markContent('Artifact', { type: 'Pagination' });
      paint();
      this.document.endMarkedContent();
      return;
    }
    const owner = this.elementOf(tag);
    const element = target === undefined ? owner : this.document.struct('Link');
    if (target !== undefined) owner.add(element);
    const content = this.document.markStructureContent(target === undefined ? tag.type : 'Link');
    paint();
    this.document.endMarkedContent();
    element.add(content);
    if (target === undefined) return;
    const { left, top, width, height, text } = extentOf(marks, y);
    // Typed as options of text, taken as those of an annotation: the tag that it belongs to, and what it says.
    const options = { structParent: element, Contents: new String(text) } as unknown as PDFKit.Mixins.AnnotationOption;
    this.document.goTo(left, top, width, height, target, options);
  }

  private elementOf(tag: Tag): PDFKit.PDFStructureElement {
    let element = this.elements.get(tag);
    if (element === undefined) {
      const options = { ...(tag.alternative === undefined ? {} : { alt: tag.alternative }), ...(tag.scope === undefined ? {} : { scope: tag.scope }) };
      element = this.document.struct(tag.type, options as PDFKit.Mixins.StructureElementOptions);
      (tag.parent === undefined ? this.root : this.elementOf(tag.parent)).add(element);
      this.elements.set(tag, element);
    }
    return element;
  }

  private drawWords(mark: Exclude<Mark, { kind: 'box' | 'path' }>, top: number): void {
    if (mark.kind === 'text') {
      this.showRun(mark.run, mark.x, top + mark.y);
      return;
    }
    const number = this.pageOfPlace.get(mark.place);
    if (number === undefined) return;
    const left = this.showRight(`${number}`, mark.x, top + mark.y, mark.style);
    if (mark.dotsFrom === undefined) return;
    this.document.fillColor(colours.hairline);
    for (let x = left - 8; x > mark.dotsFrom + 6; x -= 4.5) this.document.circle(x, top + mark.y - 1, 0.55);
    this.document.fill();
  }

  /** One line of text that ends at `right`. @returns where it begins */
  private showRight(text: string, right: number, y: number, style: TextStyle): number {
    const [line] = this.setter.set([{ text, style }], Number.POSITIVE_INFINITY);
    for (const run of line?.runs ?? []) this.showRun(run, right - (line?.width ?? 0) + run.x, y);
    return right - (line?.width ?? 0);
  }

  /** Shows glyphs by their codes, with every distance as it was set; each stretch of one face goes on where the last ended. */
  private showRun({ glyphs, style }: SetRun, x: number, y: number): void {
    const { document, typeface } = this;
    const shown: string[] = [];
    for (let at = 0; at < glyphs.length; ) {
      const face = glyphs[at]?.face ?? style.weight;
      const parts: string[] = [];
      let codes = '';
      for (let each = glyphs[at]; each !== undefined && each.face === face; each = glyphs[++at]) {
        codes += typeface.encode(each);
        const less = each.width - each.advance;
        if (Math.abs(less) > 0.05) {
          parts.push(`<${codes}> ${decimal(less)}`);
          codes = '';
        }
      }
      if (codes !== '') parts.push(`<${codes}>`);
      shown.push(`/${typeface.useOnPage(face)} ${decimal(style.size)} Tf${shown.length === 0 ? ` 1 0 0 -1 ${decimal(x)} ${decimal(y)} Tm` : ''} [${parts.join(' ')}] TJ`);
    }
    document.fillColor(style.colour);
    // The page's y grows downwards here, so that letters are turned over once more.
    document.addContent(`BT ${shown.join(' ')} ET`);
  }

  private drawShape(mark: Extract<Mark, { kind: 'box' | 'path' }>, top: number): void {
    const { document } = this;
    if (mark.kind === 'path') {
      document.save().translate(mark.x, top + mark.y).scale(mark.scale).path(mark.path).lineCap('round').lineJoin('round').lineWidth(mark.thickness);
      if (mark.stroke !== undefined) document.stroke(mark.stroke);
      else document.fill(mark.fill ?? colours.ink);
      document.restore();
      return;
    }
    if (mark.radius === undefined) document.rect(mark.x, top + mark.y, mark.width, mark.height);
    else document.roundedRect(mark.x, top + mark.y, mark.width, mark.height, mark.radius);
    document.lineWidth(mark.thickness ?? 0.6);
    if (mark.fill !== undefined && mark.stroke !== undefined) document.fillAndStroke(mark.fill, mark.stroke);
    else if (mark.stroke !== undefined) document.stroke(mark.stroke);
    else document.fill(mark.fill ?? colours.ink);
  }

  private drawRunning(page: FilledPage, number: number): void {
    const { document, running } = this;
    const style = styles.running;
    const head = sheet.top - 34;
    const foot = sheet.bottom + 32;
    document.markContent('Artifact', { type: 'Pagination' });
    const room = (sheet.right - sheet.left) * 0.55;
    this.showLeft(running.title, sheet.left, head, style, room);
    // The title of what begins on a page stands large on it; here it says where one is.
    const right = this.shorten(page.running, style, sheet.right - sheet.left - room - 20);
    this.showRight(right, sheet.right, head, style);
    this.showLeft(running.foot, sheet.left, foot, style, room + 40);
    this.showRight(running.number(number, this.pages.length), sheet.right, foot, style);
    document.rect(sheet.left, head + 9, sheet.right - sheet.left, 0.5).fill(colours.hairline);
    document.endMarkedContent();
  }

  private showLeft(text: string, x: number, y: number, style: TextStyle, room: number): void {
    const [line] = this.setter.set([{ text: this.shorten(text, style, room), style }], Number.POSITIVE_INFINITY);
    for (const run of line?.runs ?? []) this.showRun(run, x + run.x, y);
  }

  /** A text that fits one line, with dots for what was cut. */
  private shorten(text: string, style: TextStyle, room: number): string {
    if (this.setter.extent([{ text, style }]).width <= room) return text;
    const [line] = this.setter.set([{ text, style }], room - style.size);
    return `${(line?.runs ?? []).map((run) => run.text).join('')}…`;
  }
}

function linkOf(mark: Exclude<Mark, { kind: 'box' | 'path' }> | undefined): string | undefined {
  if (mark === undefined) return undefined;
  return mark.kind === 'text' ? mark.run.link : mark.place;
}

/** The rectangle around words, for a link. */
function extentOf(marks: readonly Exclude<Mark, { kind: 'box' | 'path' }>[], top: number): { left: number; top: number; width: number; height: number; text: string } {
  let [left, right, upper, lower, text] = [Number.POSITIVE_INFINITY, 0, Number.POSITIVE_INFINITY, 0, ''];
  for (const mark of marks) {
    const size = mark.kind === 'text' ? mark.run.style.size : mark.style.size;
    const begin = mark.kind === 'text' ? mark.x : (mark.dotsFrom ?? mark.x - 2 * size);
    left = Math.min(left, begin);
    right = Math.max(right, mark.kind === 'text' ? mark.x + mark.run.width : mark.x);
    upper = Math.min(upper, top + mark.y - size);
    lower = Math.max(lower, top + mark.y + size * 0.35);
    text += mark.kind === 'text' ? mark.run.text : '';
  }
  return { left, top: upper, width: right - left, height: lower - upper, text };
}

function decimal(value: number): string {
  return `${Math.round(value * 1000) / 1000}`;
}
