// The reader of XML hears what a general parser hears, wherever the pieces are cut, and refuses what is not well-formed.
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { expect, it } from 'vitest';
import { Refusal } from '../contract/errors.ts';
import { readXml } from './read-xml.ts';

type Heard = string[];

/** Texts that follow each other are one. */
function joined(heard: Heard): Heard {
  const whole: Heard = [];
  for (const one of heard) {
    const last = whole.at(-1);
    if (one.startsWith('text ') && last?.startsWith('text ') === true) whole[whole.length - 1] = last + one.slice(5);
    else whole.push(one);
  }
  return whole;
}

function hear(xml: string, pieceBytes = 7): Heard {
  const heard: Heard = [];
  const reader = readXml('样例', {
    open: (name, attributes) => heard.push(`open ${name} ${JSON.stringify(attributes)}`),
    close: (name) => heard.push(`close ${name}`),
    text: (text) => heard.push(`text ${text}`),
  });
  const bytes = Buffer.from(xml);
  for (let at = 0; at < bytes.length; at += pieceBytes) reader.write(bytes.subarray(at, at + pieceBytes));
  reader.end();
  return joined(heard);
}

function hearGenerally(xml: string): Heard {
  const heard: Heard = [];
  const parser = new SaxesParser();
  const local = (name: string): string => name.slice(name.indexOf(':') + 1);
  parser.on('opentag', (tag) => heard.push(`open ${local(tag.name)} ${JSON.stringify(tag.attributes)}`));
  parser.on('closetag', (tag) => heard.push(`close ${local(tag.name)}`));
  const text = (words: string): void => void (words === '' || heard.push(`text ${words}`));
  parser.on('text', text);
  parser.on('cdata', text);
  parser.write(xml).close();
  return joined(heard.filter((one, at) => !(one.startsWith('text ') && (at === 0 || at === heard.length - 1))));
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
// XML's own characters; ends of lines and tabs inside attributes are normalised by a general parser.
const someText = fc.string({ unit: fc.constantFrom('a', '张', '𠮷', '&', '<', '>', '"', "'", ' ', ';', '#', 'x', ']', '-', '='), maxLength: 12 });
const name = fc.constantFrom('row', 'c', 'x:v', 't', '姓名', 'is_1');
const { element } = fc.letrec<{ element: string }>((tie) => ({
  element: fc
    .tuple(
      name,
      fc.uniqueArray(fc.tuple(fc.constantFrom('r', 's', 'x:id', '名'), someText), { selector: ([key]) => key, maxLength: 3 }),
      fc.array(fc.oneof({ depthSize: 'small' }, someText.map(escaped), fc.constantFrom('<!-- <注> -->', '<?a b?>', '<![CDATA[<a>&amp;]]>', '&#24352;&#x5F20;&apos;'), tie('element')), { maxLength: 4 }),
      fc.boolean(),
    )
    .map(([tag, attributes, inner, isTight]) => {
      const written = attributes.map(([key, value]) => (isTight ? ` ${key}="${escaped(value)}"` : `\n ${key} = '${escaped(value).replaceAll("'", '&apos;')}'`)).join('');
      return inner.length === 0 ? `<${tag}${written}/>` : `<${tag}${written}>${inner.join('')}</${tag}${isTight ? '' : ' '}>`;
    }),
}));

it('hears what a general parser hears', () => {
  fc.assert(
    fc.property(element, fc.integer({ min: 1, max: 40 }), (xml, pieceBytes) => {
      expect(hear(`<?xml version="1.0" encoding="UTF-8"?>\n${xml}\n`, pieceBytes)).toEqual(hearGenerally(xml));
    }),
    { numRuns: 2000 },
  );
});

it.each([
  '', 'a', '<a>', '<a></b>', '</a>', '<a/><b/>', '<a/>b', '<a b=c/>', '<a b="1" b="2"/>', '<a b="<"/>', '<a b="1"c="2"/>', '<1a/>', '<a 1="2"/>', '< a/>', '<a>&nbsp;</a>', '<a>&</a>', '<a>&amp</a>',
  '<a>&#0;</a>', '<a>&#x110000;</a>', '<a', '<a b="', '<a><![CDATA[x', '<a><!-- ', '<?xml version="1.0" encoding="gb2312"?><a/>', '<![CDATA[x]]><a/>', '<a:b:c/>',
])('refuses %j', (xml) => {
  expect(() => hear(xml, 3)).toThrow(new Refusal('sheet-damaged', { part: '样例' }));
});

it.each(['<!DOCTYPE a><a/>', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', '<a><!ENTITY b "c"></a>', '<!doctype a>'])('refuses the declaration %j', (xml) => {
  expect(() => hear(xml, 2)).toThrow(new Refusal('sheet-entities', { part: '样例' }));
});
