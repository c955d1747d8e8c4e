// People who use the calculator, by what each knows of herself on 30 June 2026.
import type { Known } from './answer-questions.ts';

/** A master of a 985 university in the sixth year of her contract with a private enterprise above designated size; she bought a home. */
export const master: Known = {
  学历: '硕士研究生', 全日制: true, 毕业院校: '吉林大学', 毕业日期: '2020-06-30', 应届: false, 在校生: false, 留学回国: false, 初次就业: true, 缴纳社保: true,
  合同起始日: '2021-03-01', 合同年限: 8, 全职: true, 入住人才公寓: false, 本人名下购房: true, 购房地: '昌邑区', 购房日期: '2025-10-18', 籍贯: '昌邑区', 原户籍地: '昌邑区',
  国籍: '中国', 创业身份: '无', 职称: '无', 国际执业资格: false, 技能等级: '无', 家庭城区住房套数: 0, 享受政策性住房补贴: false, 选调生: false, 乡镇以下工作年限: 0,
  年薪: 100000, '用人单位.单位类型': '企业', '用人单位.所有制': '民营', '用人单位.规上': true, '用人单位.所在地': '昌邑区',
};

/** A senior worker in a village of Jiaohe, who has not been recognised yet. */
export const craftsman: Known = {
  '用人单位.单位类型': '无', 学历: '高中', 全日制: true, 技能等级: '高级工', 技能取得日期: '2023-05-01', 职称: '无', 国际执业资格: false, 籍贯: '蛟河市', 原户籍地: '蛟河市',
  亲属常驻地: ['蛟河市'], 国籍: '中国', 全职: false, 留学回国: false, 创业身份: '无', 家庭城区住房套数: 0, 享受政策性住房补贴: false, 乡镇以下工作年限: 10, 应届: false, 在校生: false,
};

/** She works in another city, and her contract is short. */
export const stranger: Known = {
  ...master, 学历: '专科', 合同年限: 3, '用人单位.所在地': '长春市', '用人单位.规上': false, 本人名下购房: false, 籍贯: '北京市', 原户籍地: '北京市', 出生日期: '1995-02-03',
  家庭城区住房套数: 1, 亲属常驻地: ['北京市'], 户籍地: '北京市',
};

/** She knows her degree, her contract and her district, and little else. */
export const unknowing: Known = {
  学历: '硕士研究生', 全日制: true, 毕业日期: '2020-06-30', 初次就业: true, 缴纳社保: true, 合同起始日: '2021-03-01', 合同年限: 8, 入住人才公寓: false,
  '用人单位.单位类型': '企业', '用人单位.所有制': '民营', '用人单位.所在地': '昌邑区',
};

/** A graduate who founded her first company in Changyi last year. */
export const founder: Known = {
  '用人单位.单位类型': '无', 学历: '本科', 全日制: true, 毕业院校: '北华大学', 毕业日期: '2024-06-30', 应届: false, 在校生: false, 留学回国: false, 国籍: '中国', 创业身份: '法定代表人',
  首次创业: true, 创业地: '昌邑区', 创业注册日期: '2025-03-01', 仍在经营: true, 籍贯: '昌邑区', 职称: '无', 国际执业资格: false, 技能等级: '无', 全职: true, 家庭城区住房套数: 1,
  享受政策性住房补贴: false, 乡镇以下工作年限: 0,
};

/** A doctor who works at an enterprise in 二道区 of Changchun since last year; she comes from Jilin Province, and wants to found something one day. */
export const doctor: Known = {
  ...master, 学历: '博士研究生', 毕业日期: '2025-06-30', 合同起始日: '2025-09-01', 合同年限: 5, '用人单位.所在地': '二道区', 本人名下购房: false, 籍贯: '昌邑区', 原户籍地: '昌邑区',
};

/** A master of this year who works at an enterprise in Siping, where she bought a home at the home fair in spring, and lives in Jilin City. */
export const commuter: Known = {
  ...master, 毕业日期: '2026-06-20', 应届: true, 合同起始日: '2026-07-01', 合同年限: 5, '用人单位.所在地': '铁西区', 购房地: '铁西区', 购房日期: '2026-04-18', 房交会购房: true,
};
