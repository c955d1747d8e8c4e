// The person of the READMEs' worked example and picture: who it is, and what the calculator is told of them.

/** What the calculator asks such a person, in its order. */
export const facts: readonly string[] = [
  '用人单位.单位类型',
  '学历',
  '全日制',
  '用人单位.所在地',
  '用人单位.所有制',
  '用人单位.规上',
  '初次就业',
  '缴纳社保',
  '合同年限',
  '合同起始日',
  '毕业院校',
  '毕业日期',
  '入住人才公寓',
  '本人名下购房',
  '购房地',
  '购房日期',
];
export const homeFacts: readonly string[] = ['本人名下购房', '购房地', '购房日期'];
export function findPerson(list: string, id: string): Record<string, unknown> {
  const found = list.trim().split('\n').map((line) => JSON.parse(line) as { id: string; facts: Record<string, unknown> }).find((one) => one.id === id);
  if (found === undefined) throw new Error(`${id} 不在样例里 / is not among the examples`);
  return found.facts;
}
export function answersOf(all: Record<string, unknown>): Record<string, unknown> {
  const { 用人单位: employer, ...own } = all;
  return { ...own, ...Object.fromEntries(Object.entries(employer as Record<string, unknown>).map(([name, value]) => [`用人单位.${name}`, value])) };
}
export const totalOf = 1;
