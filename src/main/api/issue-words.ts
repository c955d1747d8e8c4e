// What is wrong with an entry, in plain words of both languages; what was given is never repeated.
import type { z } from 'zod';
import type { Words } from '../../policy/index.ts';

const kinds: Readonly<Record<string, Words>> = {
  string: { zh: '文字', en: 'text' },
  number: { zh: '数', en: 'a number' },
  int: { zh: '整数', en: 'a whole number' },
  boolean: { zh: '“是”或“否”（true、false）', en: 'true or false' },
  array: { zh: '一组（数组）', en: 'a list' },
  object: { zh: '一组字段', en: 'an object' },
  record: { zh: '一组字段', en: 'an object' },
};

const formats: Readonly<Record<string, Words>> = {
  uuid: { zh: '不是编号（UUID）。', en: 'This is no id (UUID).' },
  date: { zh: '要写成 2026-06-30 这样，而且真有这一天。', en: 'Write a day that there is, like 2026-06-30.' },
  datetime: { zh: '要写成 2026-06-30T08:00:00Z 这样。', en: 'Write an instant like 2026-06-30T08:00:00Z.' },
};

/** Words for what goes wrong most; undefined for the rest, which the reader of schemas tells. */
export function tellIssueWords(issue: z.core.$ZodIssue): Words | undefined {
  switch (issue.code) {
    case 'invalid_type': {
      if (issue.input === undefined || issue.input === null) return { zh: '没有填。', en: 'This is missing.' };
      const kind = kinds[issue.expected];
      return kind && { zh: `应当是${kind.zh}。`, en: `This should be ${kind.en}.` };
    }
    case 'invalid_format':
      return formats[issue.format];
    case 'invalid_value':
      return { zh: `只能是 ${issue.values.map(String).join('、')}。`, en: `This can be ${issue.values.map(String).join(', ')} only.` };
    case 'too_small':
      return tellBound(issue.origin, Number(issue.minimum), 'least', issue.inclusive !== false);
    case 'too_big':
      return tellBound(issue.origin, Number(issue.maximum), 'most', issue.inclusive !== false);
    case 'unrecognized_keys':
      return { zh: `没有 ${issue.keys.join('、')} 这一项。`, en: `There is no ${issue.keys.join(', ')} here.` };
    default:
      return undefined;
  }
}

function tellBound(origin: string, bound: number, side: 'least' | 'most', isInclusive: boolean): Words | undefined {
  const atLeast = side === 'least';
  if (origin === 'string') return atLeast && bound === 1 ? { zh: '没有填。', en: 'This is missing.' } : { zh: `${atLeast ? '最少' : '最多'} ${bound} 个字。`, en: `At ${side} ${bound} characters.` };
  if (origin === 'array') return { zh: `${atLeast ? '最少' : '最多'} ${bound} 项。`, en: `At ${side} ${bound} entries.` };
  if (origin !== 'number' && origin !== 'int') return undefined;
  if (isInclusive) return { zh: `不能${atLeast ? '小于' : '大于'} ${bound}。`, en: `At ${side} ${bound}.` };
  return { zh: `要${atLeast ? '大于' : '小于'} ${bound}。`, en: `${atLeast ? 'More' : 'Less'} than ${bound}.` };
}
