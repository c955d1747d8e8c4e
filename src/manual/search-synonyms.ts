// What people ask for in words that no document uses, and the words under which it is found; Chinese words also part a question that has no spaces.

/** Words that mean the same to whoever asks, and after the arrow what else is looked for. */
const lines = [
  '博士生 博士研究生 博士后 博士 phd doctorate doctoral > 博士 doctor 毕业生',
  '硕士生 硕士研究生 研究生 硕士 > 硕士 研究生 毕业生 master',
  '本科生 本科毕业 学士 bachelor > 本科 毕业生 大学生 graduate',
  '大学生 毕业生 应届生 毕业 students > 毕业生 大学生 学子 graduate student',
  '医生 大夫 医师 护士 医护 > 医疗 医 卫生健康',
  'physician nurse > medic health',
  '老师 教师 教员 > 教育 教授 导师 教',
  'teacher > teach professor mentor education',
  '老家 家乡 返乡 回乡 > 返乡 回归 回巢 回引 回流',
  'hometown > return returnee',
  '公租房 廉租房 保障房 > 惠民住房 公寓 租房 驿站',
  '租房 房租 租金 > 公寓 租房 驿站 惠民住房',
  'houses house home flat > home housing apartment',
  'rent rental renting > apartment housing rent',
  '购房 买房 > 购房 住房补贴',
  '孩子 小孩 子女 上学 入学 > 子女 入学',
  'kids child children school > child school family',
  '爱人 老婆 老公 妻子 丈夫 配偶 > 配偶',
  'wife husband spouse partner > spouse family',
  '落户 户口 户籍 > 落户 户口',
  '看病 就医 医保 > 医疗',
  '创业 开店 开公司 > 创业',
  'startup start-up entrepreneur > founder startup creation loan entrepreneur',
  '农民 农村 乡村 > 乡村 农村 乡土',
  'farmer > rural farm',
  '工人 技工 技师 技能 > 技能 工匠 技师',
  '海归 留学生 留学 > 留学',
  '当兵 参军 入伍 > 入伍',
  '找工作 求职 > 招聘 编制',
  'job jobs work hiring > recruitment hiring post',
] as const;

/** Of each word that is asked with, the words that are looked for besides. */
export const synonymsOf: ReadonlyMap<string, readonly string[]> = new Map(
  lines.flatMap((line) => {
    const [asked = '', found = ''] = line.split(' > ');
    return asked.split(' ').map((word) => [word, found.split(' ').filter((one) => one !== word)] as const);
  }),
);

/** The Chinese ones, the longest first. */
export const chineseWords: readonly string[] = [...synonymsOf.keys()].filter((word) => /^\p{Script=Han}/u.test(word)).sort((a, b) => b.length - a.length);
