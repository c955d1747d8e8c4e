// Words that guessing begins with: what lists of leaked passwords have in common, and what is tried first in a Chinese office.

/** In small letters; figures and signs around them are taken away before the comparison. */
export const wellKnownWords: ReadonlySet<string> = new Set(
  `
  123456 1234567 12345678 123456789 1234567890 0123456789 111111 11111111 1111111111 000000 00000000 0000000000 888888 88888888 8888888888 666666 66666666
  123123 123123123 123321 112233 11223344 1122334455 147258369 789456123 520520 5201314 52013145201314 1314520 1314521 7758521 7758258 woaini woaini1314 woaini520
  a1b2c3 a1b2c3d4 abc123 abcd1234 abc123456 a123456 a12345678 a123456789 aa123456 aa12345678 qq123456 qq123456789 zxcvbnm asdfghjkl qwertyuiop qwerty qwer1234
  qwer asdf zxcv asdfgh qweasd qweasdzxc qazwsx qazwsxedc 1qaz2wsx 1qaz2wsx3edc 1qazxsw2 q1w2e3r4 q1w2e3r4t5 zaq12wsx
  password passwd passw0rd p@ssword p@ssw0rd pa55word pass pass1234 mypassword newpassword password1 letmein welcome changeme default secret trustno
  iloveyou loveyou princess sunshine monkey dragon master shadow superman batman football baseball michael jordan charlie
  admin admin123 admin1234 admin12345 admin123456 administrator root toor test testtest test1234 testing guest user username login system manager sysadmin superuser
  oracle mysql postgres postgresql huawei h3c cisco tomcat server service operator
  aaaaaa aaaaaaaa abcdef abcdefg abcdefgh abcabc asdasd zxczxc qweqwe
  wutong wutongshu fenghuang rencai rencaiban rencaizhengce zhengce renshe renshejv rensheju zuzhibu zuzhi zhengfu shizhengfu gongwu gongwuyuan jiguan bangong bangongshi
  jilin jilinshi jilinsheng changchun changchunshi siping erdao songyuan baicheng tonghua baishan liaoyuan yanbian beijing shanghai shenzhen guangzhou
  china zhongguo zhonghua woaizhongguo woaizuguo aizuguo zuguo renmin dang gongchandang
  mima mimamima wodemima nihao nihaoma nihaonihao wangluo diannao dianhua shouji qingshuru
  zhangsan lisi wangwu zhaoliu xiaoming laoban laogong laopo baobao baobei jiayou facai gongxifacai yifanfengshun wanshiruyi
  spring summer autumn winter january february march april june july august september october november december monday friday
  梧桐 密码 我的密码 管理员 人才办 人社局 组织部 中国 我爱你 我爱中国 恭喜发财
  `
    .trim()
    .split(/\s+/),
);
