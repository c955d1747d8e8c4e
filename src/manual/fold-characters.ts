// Makes characters alike that people write for one another: traditional forms become simplified, look-alikes that a slip of the hand gives become one.

// A traditional character and its simplified one, for the characters that the menus hold.
const traditional =
  '並并乾干佈布佔占併并來来係系俱具倉仓個个傑杰備备傢家傳传傾倾價价億亿優优儲储兌兑內内兩两冊册別别則则創创劃划動动務务勛勋勞劳勳勋勵励區区協协參参員员問问單单嚮向國国圍围園园圖图團团執执報报場场壇坛夠够婦妇學学實实審审寫写寬宽專专對对導导屆届' +
  '層层屬属崗岗帥帅師师帶带幫帮幹干幾几庫库廣广廳厅張张強强後后從从復复愛爱憑凭應应戰战戶户掛挂採采換换搆构摺折撐撑擇择擔担據据數数斷断於于昇升時时曆历書书會会東东條条棄弃業业榮荣構构樂乐標标樣样機机檔档檢检檯台檻槛權权歲岁歷历歸归殘残決决沒没' +
  '減减準准滿满濟济瀋沈為为煉炼營营獎奖獲获獸兽獻献現现環环產产畢毕異异當当療疗發发監监眾众瞭了碩硕確确碼码礎础稅税種种稱称積积穫获窮穷競竞筆笔箇个節节範范築筑簡简簽签籌筹籤签糰团紀纪約约納纳級级細细組组結结給给統统經经綜综綠绿網网緊紧線线編编' +
  '縣县總总績绩織织繫系繳缴續续纔才罈坛習习聯联職职腦脑臺台與与興兴華华萬万著着薦荐藝艺處处號号術术衛卫補补裡里製制複复見见規规親亲訂订計计討讨訓训記记設设許许註注証证評评試试認认誰谁課课誼谊調调請请論论證证識识議议護护譽誉變变讓让豐丰負负財财' +
  '貢贡貧贫貫贯責责貴贵買买貸贷費费貼贴資资賓宾賣卖質质賬账購购賽赛踐践車车軍军軟软輕轻輪轮輸输轉转辦办辯辩農农這这連连週周進进運运過过適适遷迁選选還还鄉乡醫医鉤钩銷销錄录錢钱鍊炼鍛锻鍵键鎮镇鐵铁長长門门開开間间關关陞升陽阳隊队階阶際际隨随險险' +
  '隻只雙双離离難难電电靈灵頂顶項项預预領领頭头題题額额願愿類类顧顾颱台飛飞養养餘余馬马駐驻驗验驛驿驟骤體体髮发麼么點点齡龄齣出徵征産产飯饭嬰婴孫孙絡络診诊紅红黨党聽听嗎吗妳你';

// What is easily written for another: 硕土 for 硕士. Both sides of a search are folded, so that nothing else is lost.
const lookAlikes = '土士帖贴末未己已';

const folded = new Map([...`${traditional}${lookAlikes}`.matchAll(/(.)(.)/gu)].map(([, from = '', to = '']) => [from, to]));
const foldable = new RegExp(`[${[...folded.keys()].join('')}]`, 'gu');

/** The text with each such character as the one that is searched for. */
export function foldCharacters(text: string): string {
  return text.replace(foldable, (character) => folded.get(character) ?? character);
}
