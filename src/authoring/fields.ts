// Reads the keys of a YAML map: tells which are missing, unknown or written twice, and what each should hold.

import { parseDate } from '../policy/calendar.ts';
import type { Words } from '../policy/model.ts';
import { nearest } from '../policy/problems.ts';
import type { Diagnostics, Place } from './diagnostics.ts';
import type { Part, Spot, YamlFile } from './yaml-source.ts';

/** A map of a pack's file, read key by key. */
export class Fields {
  readonly yaml: YamlFile;
  readonly place: Place;
  readonly diagnostics: Diagnostics;
  /** False where there is no map at all; then the missing keys are not told of besides. */
  private readonly isMap: boolean;
  private readonly found = new Map<string, { readonly at: Place; readonly value: Part }>();

  /**
   * Opens a map. Keys outside `known` are reported, as are keys written twice.
   * @param name what the map is, for messages
   */
  constructor(yaml: YamlFile, part: Part, name: string, known: readonly string[], diagnostics: Diagnostics) {
    this.yaml = yaml;
    this.place = part.place;
    this.diagnostics = diagnostics;
    this.isMap = yaml.isMap(part);
    if (!this.isMap) {
      diagnostics.add('wrong-shape', part.place, { key: name, expected: '“名称: 内容”的几行', expectedEn: 'lines of "name: content"' });
      return;
    }
    for (const { key, at, value } of yaml.entries(part)) {
      if (!known.includes(key)) diagnostics.add('unknown-key', at, { key, near: nearest(key, known) ?? '', known: known.join('、') });
      else if (this.found.has(key)) this.reportTwice(key, at);
      else this.found.set(key, { at, value });
    }
  }

  private reportTwice(key: string, at: Place): void {
    const first = this.found.get(key)?.at;
    this.diagnostics.add('duplicate-id', at, { id: key, first: `${first?.line ?? ''}:${first?.column ?? ''}` });
  }

  has(key: string): boolean {
    return this.found.has(key);
  }

  /** The part under a key; a missing required key is reported. */
  part(key: string, isRequired = false): Part | undefined {
    const entry = this.found.get(key);
    if (entry === undefined || this.yaml.isNothing(entry.value)) {
      if (isRequired && this.isMap) this.diagnostics.add('missing-key', entry?.at ?? this.place, { key });
      return undefined;
    }
    return entry.value;
  }

  /** Where a key stands, else where the map begins. */
  at(key: string): Place {
    return this.found.get(key)?.at ?? this.place;
  }

  /** Where what stands under a key begins, else where the key or the map does. */
  valueAt(key: string): Place {
    return this.found.get(key)?.value.place ?? this.place;
  }

  /** The text under a key with the place of each character. */
  spot(key: string, isRequired = false): Spot | undefined {
    const part = this.part(key, isRequired);
    if (part === undefined) return undefined;
    const spot = this.yaml.spot(part);
    if (spot === undefined) this.diagnostics.add('wrong-shape', part.place, { key, expected: '一行文字', expectedEn: 'one line of text' });
    return spot;
  }

  text(key: string, isRequired = false): string | undefined {
    return this.spot(key, isRequired)?.text.trim();
  }

  /** A text in both languages under two keys; the Chinese one may be required. */
  words(isRequired: boolean, zh = '说明', en = '英文'): Words | undefined {
    const [chinese, english] = [this.text(zh, isRequired), this.text(en, isRequired)];
    if (chinese !== undefined && english === undefined && !isRequired) this.diagnostics.add('missing-words', this.at(zh), { key: en });
    return chinese === undefined || english === undefined ? undefined : { zh: chinese, en: english };
  }

  date(key: string, isRequired = false): number | undefined {
    const spot = this.spot(key, isRequired);
    if (spot === undefined) return undefined;
    const date = parseDate(spot.text.trim());
    if (date === undefined) this.diagnostics.add('bad-date', spot.place(0), { found: spot.text });
    return date;
  }

  /** A whole number of one or more. */
  count(key: string, isRequired = false): number | undefined {
    const spot = this.spot(key, isRequired);
    if (spot === undefined) return undefined;
    if (/^[1-9]\d{0,5}$/.test(spot.text)) return Number(spot.text);
    this.diagnostics.add('wrong-shape', spot.place(0), { key, expected: '一个正整数', expectedEn: 'a whole number of one or more' });
    return undefined;
  }

  /** One of a few words, each standing for a value. */
  choice<T>(key: string, choices: Readonly<Record<string, T>>, isRequired = false): T | undefined {
    const spot = this.spot(key, isRequired);
    if (spot === undefined) return undefined;
    const found = Object.hasOwn(choices, spot.text) ? choices[spot.text] : undefined;
    if (found === undefined) this.diagnostics.add('unknown-choice', spot.place(0), { key, found: spot.text, known: Object.keys(choices).join('、') });
    return found;
  }

  /** The items of a list; a single text counts as a list of one. */
  list(key: string, isRequired = false): Part[] {
    const part = this.part(key, isRequired);
    if (part === undefined) return [];
    if (this.yaml.isList(part)) return this.yaml.items(part);
    if (this.yaml.spot(part) !== undefined) return [part];
    this.diagnostics.add('wrong-shape', part.place, { key, expected: '一个列表', expectedEn: 'a list' });
    return [];
  }

  /** The texts of a list, each with its place. */
  texts(key: string, isRequired = false): { readonly text: string; readonly place: Place }[] {
    return this.list(key, isRequired).flatMap((part) => {
      const spot = this.yaml.spot(part);
      if (spot !== undefined) return [{ text: spot.text.trim(), place: part.place }];
      this.diagnostics.add('wrong-shape', part.place, { key, expected: '文字的列表', expectedEn: 'a list of texts' });
      return [];
    });
  }

  /** The entries of a map under a key; names written twice are reported. */
  named(key: string, isRequired = false): { readonly name: string; readonly at: Place; readonly value: Part }[] {
    const part = this.part(key, isRequired);
    if (part === undefined) return [];
    if (!this.yaml.isMap(part)) {
      this.diagnostics.add('wrong-shape', part.place, { key, expected: '“名称: 内容”的几行', expectedEn: 'lines of "name: content"' });
      return [];
    }
    const seen = new Map<string, Place>();
    return this.yaml.entries(part).flatMap(({ key: name, at, value }) => {
      const first = seen.get(name);
      if (first !== undefined) {
        this.diagnostics.add('duplicate-id', at, { id: name, first: `${first.line}:${first.column}` });
        return [];
      }
      seen.set(name, at);
      return [{ name, at, value }];
    });
  }
}
