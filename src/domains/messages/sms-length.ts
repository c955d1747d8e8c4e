// How long a text message is: characters as a carrier counts them, and how many messages it is charged as.

/** The characters of GSM 03.38 that take one septet. */
const gsm = new Set('@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà');
/** Those that take two. */
const gsmExtended = new Set('\f^{}\\[~]|€');

/** The length of an SMS. */
export interface SmsLength {
  /** Septets of GSM 03.38, or UTF-16 units where a character is beyond it. */
  readonly units: number;
  /** How many messages are sent and charged: 160 or 70 units fit one; in a longer text each part gives up room for its number, 153 or 67. */
  readonly segments: number;
}

/** Measures `text`, signature included (3GPP TS 23.038, 23.040). */
export function measureSms(text: string): SmsLength {
  let septets = 0;
  for (const char of text) {
    if (gsm.has(char)) septets += 1;
    else if (gsmExtended.has(char)) septets += 2;
    else return segmentsOf(text.length, 70, 67);
  }
  return segmentsOf(septets, 160, 153);
}

function segmentsOf(units: number, single: number, part: number): SmsLength {
  return { units, segments: units === 0 ? 0 : units <= single ? 1 : Math.ceil(units / part) };
}
