// What people read about a wrong entry: plain words, what was given never repeated, and no word of a program.
import { expect, test } from 'vitest';
import { z } from 'zod';
import { Refusal } from '../../contract/errors.ts';
import { readInput } from './read-input.ts';

const schema = z.object({
  fen: z.number().int().min(1).max(100),
  reason: z.string().trim().min(1).max(5),
  list: z.array(z.string()).max(1),
  on: z.iso.date(),
  id: z.uuid(),
  as: z.enum(['pay', 'wait']),
  isDone: z.boolean(),
});
const good = { fen: 1, reason: '样例', list: [], on: '2026-06-30', id: '0190a5c2-0000-7000-8000-000000000001', as: 'pay', isDone: true };

function told(change: object): unknown {
  try {
    return readInput(schema, { ...good, ...change });
  } catch (error) {
    return error instanceof Refusal ? error.details : error;
  }
}

test('what is right is given as the schema gives it', () => {
  expect(told({ reason: ' 样例 ' })).toEqual(good);
});

test.each([
  [{ fen: 1.5 }, 'fen', '应当是整数。', 'This should be a whole number.'],
  [{ fen: '12' }, 'fen', '应当是数。', 'This should be a number.'],
  [{ fen: 0 }, 'fen', '不能小于 1。', 'At least 1.'],
  [{ fen: 101 }, 'fen', '不能大于 100。', 'At most 100.'],
  [{ reason: undefined }, 'reason', '没有填。', 'This is missing.'],
  [{ reason: '  ' }, 'reason', '没有填。', 'This is missing.'],
  [{ reason: '张三一张三二' }, 'reason', '最多 5 个字。', 'At most 5 characters.'],
  [{ list: ['张', '三'] }, 'list', '最多 1 项。', 'At most 1 entries.'],
  [{ on: '2026-02-30' }, 'on', '要写成 2026-06-30 这样，而且真有这一天。', 'Write a day that there is, like 2026-06-30.'],
  [{ on: '0000-01-01' }, 'on', '日期要在 1800 年以后', 'a day from 1800 on is expected'],
  [{ id: '张三一' }, 'id', '不是编号（UUID）。', 'This is no id (UUID).'],
  [{ as: '张三一' }, 'as', '只能是 pay、wait。', 'This can be pay, wait only.'],
  [{ isDone: '张三一' }, 'isDone', '应当是“是”或“否”（true、false）。', 'This should be true or false.'],
])('%j', (change, field, zh, en) => {
  expect(told(change)).toEqual([{ field, zh, en }]);
});
