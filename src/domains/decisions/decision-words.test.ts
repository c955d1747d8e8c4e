// Names as strangers see them, and to whom an appeal goes.

import { expect, test } from 'vitest';
import { appealBody } from './appeal-body.ts';
import { maskName } from './mask-name.ts';

test.each([
  ['张三', '张*'],
  ['张三一', '张*一'],
  ['欧阳三一', '欧**一'],
  ['阿卜杜拉·买买提', '阿******提'],
  ['Anna Li', 'A*** L*'],
  ['李', '李*'],
  ['𠮷田三一', '𠮷**一'],
])('%s is shown as %s', (name, masked) => {
  expect(maskName(name)).toBe(masked);
});

test.each([
  ['220202', '昌邑区', '昌邑区人民政府'],
  ['220221', '永吉县', '永吉县人民政府'],
  ['220721', '前郭尔罗斯蒙古族自治县', '前郭尔罗斯蒙古族自治县人民政府'],
  ['220200', '样例市', '样例市人民政府'],
  // Zones have no government that hears appeals.
  ['220272', '高新技术产业开发区', '样例市人民政府'],
  ['220250', '样例高新区', '样例市人民政府'],
  ['220273', '中新食品区', '样例市人民政府'],
])('an appeal against a department of %s %s goes to %s', (code, name, body) => {
  expect(appealBody({ code, name }, '样例市')).toBe(body);
});
