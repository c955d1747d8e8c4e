// How Chinese names are read aloud: surnames that have a reading of their own, and the readings people also use for them.

/**
 * Surnames whose reading as a surname differs from what the dictionary of readings gives (checked against 现代汉语词典): toneless pinyin
 * and tone. Everything else comes from the dictionary's own surname mode.
 */
export const surnameReadings: Readonly<Record<string, string>> = {
  召: 'shao4',
  秘: 'bi4',
  洗: 'xian3',
  佴: 'nai4',
  种: 'chong2',
  祭: 'zhai4',
  郇: 'xun2',
  撒: 'sa4',
  藏: 'zang4',
  过: 'guo1',
  粘: 'nian2',
  黑: 'he4',
  郗: 'xi1',
};

/** Surnames that families read in more than one way: both are found, the first of the table above or of the dictionary sorts. */
export const otherSurnameReadings: Readonly<Record<string, readonly string[]>> = {
  翟: ['di'],
  覃: ['tan'],
  牟: ['mu'],
  隗: ['kui'],
  缪: ['mou'],
  谌: ['shen'],
  郇: ['huan'],
  郗: ['chi'],
  尉: ['yu'],
  乜: ['mie'],
  宓: ['fu'],
  葛: ['he'],
};

/** Compound surnames of two characters, with both readings; a name of three characters or more that begins with one is read so. */
export const compoundSurnames: Readonly<Record<string, readonly [string, string]>> = {
  万俟: ['mo4', 'qi2'],
  尉迟: ['yu4', 'chi2'],
  澹台: ['tan2', 'tai2'],
  长孙: ['zhang3', 'sun1'],
  单于: ['chan2', 'yu2'],
  令狐: ['ling2', 'hu2'],
  拓跋: ['tuo4', 'ba2'],
  乐正: ['yue4', 'zheng4'],
  亓官: ['qi2', 'guan1'],
  夹谷: ['jia2', 'gu3'],
  宰父: ['zai3', 'fu3'],
  子车: ['zi3', 'ju1'],
  鲜于: ['xian1', 'yu2'],
  欧阳: ['ou1', 'yang2'],
  上官: ['shang4', 'guan1'],
  司马: ['si1', 'ma3'],
  司徒: ['si1', 'tu2'],
  诸葛: ['zhu1', 'ge3'],
  皇甫: ['huang2', 'fu3'],
  宇文: ['yu3', 'wen2'],
  慕容: ['mu4', 'rong2'],
  夏侯: ['xia4', 'hou2'],
  公孙: ['gong1', 'sun1'],
  轩辕: ['xuan1', 'yuan2'],
  东方: ['dong1', 'fang1'],
  钟离: ['zhong1', 'li2'],
  呼延: ['hu1', 'yan2'],
  端木: ['duan1', 'mu4'],
  南宫: ['nan2', 'gong1'],
  赫连: ['he4', 'lian2'],
  申屠: ['shen1', 'tu2'],
  闻人: ['wen2', 'ren2'],
  西门: ['xi1', 'men2'],
  独孤: ['du2', 'gu1'],
  完颜: ['wan2', 'yan2'],
  纳兰: ['na4', 'lan2'],
};
