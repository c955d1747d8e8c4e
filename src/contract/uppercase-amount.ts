// 人民币大写: an amount in Chinese capitals, as bills, vouchers and letters have it (支付结算办法附件一《正确填写票据和结算凭证的基本规定》).

const digits = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'] as const;
const places = ['', '拾', '佰', '仟'] as const;

/**
 * An amount in capitals, 人民币 before it: 整 after 元, nothing after 角 and 分. Where the rule leaves a choice about 零, the form that it names
 * first is taken: 1,680.32 is 壹仟陆佰捌拾元零叁角贰分, 107,000.53 is 壹拾万柒仟元零伍角叁分.
 * @param fen a whole number of fen, zero or more
 * @throws RangeError for anything else
 */
export function uppercaseAmount(fen: number): string {
  if (!Number.isSafeInteger(fen) || fen < 0) throw new RangeError('an amount in capitals is a whole number of fen, zero or more');
  const yuan = Math.floor(fen / 100);
  const [jiao, odd] = [Math.floor((fen % 100) / 10), fen % 10];
  const whole = yuan === 0 && fen > 0 ? '' : `${writeWhole(yuan)}元`;
  if (jiao === 0 && odd === 0) return `人民币${whole}整`;
  // 元位是零, or 角位 is: the gap is written once.
  const gap = whole !== '' && (jiao === 0 || yuan % 10 === 0) ? '零' : '';
  return `人民币${whole}${gap}${jiao === 0 ? '' : `${digits[jiao] ?? ''}角`}${odd === 0 ? '' : `${digits[odd] ?? ''}分`}`;
}

/** What a group of digits counts, the largest first. */
const groups = [
  [100_000_000, '亿'],
  [10_000, '万'],
] as const;

/** A whole number of yuan, without 元. */
function writeWhole(yuan: number): string {
  for (const [unit, name] of groups) {
    if (yuan < unit) continue;
    const rest = yuan % unit;
    // What is below fills its places, or a 零 stands for those that are empty.
    const gap = rest > 0 && rest < unit / 10 ? digits[0] : '';
    return `${writeWhole(Math.floor(yuan / unit))}${name}${gap}${rest === 0 ? '' : writeWhole(rest)}`;
  }
  return yuan === 0 ? digits[0] : writeThousands(yuan);
}

/** 1 to 9999. */
function writeThousands(value: number): string {
  let text = '';
  let isGap = false;
  for (let at = places.length - 1; at >= 0; at--) {
    const digit = Math.floor(value / 10 ** at) % 10;
    if (digit === 0) {
      isGap = text !== '';
      continue;
    }
    text += `${isGap ? digits[0] : ''}${digits[digit] ?? ''}${places[at] ?? ''}`;
    isGap = false;
  }
  return text;
}
