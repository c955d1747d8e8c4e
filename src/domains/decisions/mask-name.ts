// A person's name as strangers may see it: enough for whoever holds the letter to recognise it, too little for anybody else.

/** 张三一 is 张*一, 张三 is 张*, Anna Li is A*** L*: the first character of each word, and of a long Chinese name the last. */
export function maskName(name: string): string {
  const words = name.trim().split(/\s+/u);
  return words.map((word) => maskWord(Array.from(word))).join(' ');
}

function maskWord(characters: readonly string[]): string {
  const [first = '', ...rest] = characters;
  const last = rest.at(-1);
  const isChinese = /\p{Script=Han}/u.test(first);
  if (isChinese && rest.length > 1 && last !== undefined) return `${first}${'*'.repeat(rest.length - 1)}${last}`;
  return `${first}${'*'.repeat(Math.max(1, rest.length))}`;
}
