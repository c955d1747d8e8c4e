// The one catalogue of what a call can be refused for: code, HTTP status, and words in both languages.

/** One reason; `{name}` in the words is filled from the refusal's values. */
export interface ErrorEntry {
  readonly status: number;
  readonly zh: string;
  readonly en: string;
}

/** Codes in alphabetical order. */
export const errors = {
  'agent-cannot-manage': { status: 403, zh: '您能替单位办事，但不能管理经办人；请找能管理的那一位。', en: 'You act for the organisation but do not manage its agents; ask the agent who does.' },
  'already-claimed': { status: 409, zh: '这个账号已经认领过，或者正在核对，不用再提交。', en: 'This account has made its claim already, or it is being checked; there is no need to submit it again.' },
  'body-malformed': { status: 400, zh: '发来的内容不是完整的 JSON，请检查后再发。', en: 'The body is not valid JSON; check it and send it again.' },
  'body-too-large': { status: 413, zh: '发来的内容超过 {limit}，请分开发。', en: 'The body is larger than {limit}; send it in parts.' },
  'capacity-missing': { status: 404, zh: '您没有这个身份，或者它已经到期。请重新查看可以用的身份。', en: 'You do not have this capacity, or it has ended. Look again at which you have.' },
  'changed-meanwhile': { status: 412, zh: '这条记录刚被别人改过。请重新打开，看过新内容再改。', en: 'This record was changed by somebody else meanwhile. Open it again before you change it.' },
  'code-refused': { status: 401, zh: '验证码不对、已用过或者已过期，请重新获取。', en: 'The code is wrong, used or expired; ask for a new one.' },
  'consent-withdrawn': { status: 409, zh: '这份同意已经撤回。', en: 'This consent has been withdrawn already.' },
  'correction-too-weak': { status: 409, zh: '这条事实来自可信等级 {class} 的来源，只能由同等或更可信的来源更正。请提出更正请求，由工作人员核对。', en: 'This fact comes from a source of trust class {class} and is corrected only by one as trusted. Ask for a correction and staff will check it.' },
  'cross-site': { status: 403, zh: '请求来自别的网站，没有执行。请在本系统的页面里操作。', en: 'The call came from another site and was not carried out. Use the pages of this system.' },
  'cursor-invalid': { status: 400, zh: '翻页标记无效，请从第一页重新开始。', en: 'The cursor is not valid; start again from the first page.' },
  'department-code-taken': { status: 409, zh: '代码“{code}”已经用于另一个部门。', en: 'The code "{code}" belongs to another department.' },
  'disagreement-bounds-wrong': { status: 422, zh: '两个值各管一段时间，两段不能重叠，起不晚于止。请检查日期。', en: 'Each value holds for a time of its own: the two must not overlap, and the first day is not after the last. Check the dates.' },
  'disagreement-not-asked': { status: 409, zh: '这一项没有在问您，或者已经处理完了。', en: 'You were not asked about this, or it has been settled.' },
  'disagreement-settled': { status: 409, zh: '这一项已经处理完了，结果和理由在记录里。', en: 'This has been settled already; the record says how and why.' },
  'disagreement-unreachable': { status: 409, zh: '本人还没有账号，问不到。请打电话或发函核实，再写明理由处理。', en: 'Nobody with an account can be asked. Verify by telephone or letter, and settle it with your reason.' },
  'duplicate-decided': { status: 409, zh: '这一对已经核对过了，请刷新后再看。', en: 'This pair has been decided already; refresh to see how.' },
  'duty-conflict': { status: 409, zh: '这个账号的用途不允许：系统、安全、审计管理员和工作人员不能是同一个账号。', en: 'The account is for something else: system, security and audit administrators and officers are never one account.' },
  'evidence-damaged': { status: 500, zh: '这份材料的文件损坏了，没有给出任何内容。请告诉管理员编号 {requestId}。', en: 'The file of this paper is damaged and nothing of it was given out. Tell the administrator the number {requestId}.' },
  'evidence-in-use': { status: 409, zh: '有 {count} 处正在用这份材料，现在不能撤回。', en: 'This paper cannot be withdrawn: {count} things rest on it.' },
  'evidence-kind-unknown': { status: 422, zh: '没有“{kind}”这种材料，请从材料种类里选。', en: 'There is no kind of paper called "{kind}"; choose one of the list.' },
  'evidence-no-preview': { status: 409, zh: '这种文件没有预览，请下载查看。', en: 'Files of this kind have no preview; download it.' },
  'evidence-not-ready': { status: 409, zh: '这份材料现在的状态是 {status}，还不能这样做。', en: 'The state of this paper is {status}, which does not allow this.' },
  'evidence-page-missing': { status: 404, zh: '这份材料只有 {pages} 页。', en: 'This paper has {pages} pages.' },
  'evidence-trust-unfit': { status: 422, zh: '这份材料现在是 {from} 级，按这个理由不用改。', en: 'This paper is of class {from}, which that ground does not change.' },
  'evidence-unfit': { status: 422, zh: '材料 {evidenceId} 不能作为依据，没有保存。原因和办法写在下面。', en: 'The paper {evidenceId} cannot be rested on and nothing was saved; see why, and what to do.' },
  'export-too-large': { status: 422, zh: '符合条件的有 {count} 条，一次最多导出 {limit} 条。请把条件收窄，分几次导出。', en: '{count} rows match and at most {limit} can be exported at once. Narrow the filter and export in parts.' },
  'feed-as-of-missing': { status: 422, zh: '请写明截至日期（asOf）：这批数据是哪一天的。', en: 'Say as of which day the delivery speaks (asOf).' },
  'feed-as-of-wrong': { status: 422, zh: '截至日期应当写成 2026-06-30 这样，而且不能晚于今天。', en: 'The as-of date is written like 2026-06-30 and is not later than today.' },
  'feed-column-missing': { status: 422, zh: '表里缺“{column}”这一列，没有收。', en: 'The column "{column}" is missing; nothing was taken.' },
  'feed-columns-wrong': { status: 422, zh: '有 {count} 列不对，整份没有收，逐列说明见 details。', en: '{count} columns are not right and nothing was taken; details say which and why.' },
  'feed-empty': { status: 422, zh: '里面一行也没有，没有收。', en: 'There is not a single row; nothing was taken.' },
  'feed-facts-wrong': { status: 422, zh: '这些事实不能报送：{facts}。请用词汇表里的名称，推算出来的不用报。', en: 'These facts cannot be delivered: {facts}. Use names of the vocabulary; what is derived need not be delivered.' },
  'feed-not-utf8': { status: 422, zh: '第 {line} 行不是 UTF-8 文字。NDJSON 请存成 UTF-8。', en: 'Line {line} is not text in UTF-8; NDJSON has to be.' },
  'feed-number-reused': { status: 409, zh: '批次编号 {number} 已经用过，内容和这次不一样。请换一个编号。', en: 'The delivery number {number} was used for other content; take a new one.' },
  'feed-stopped': { status: 409, zh: '这一路数据已经停用，没有收。要恢复请找系统管理员。', en: 'This feed is stopped and nothing was taken. Ask the system administrator to start it again.' },
  'feed-too-many-rows': { status: 422, zh: '一批最多 {limit} 行，请分成几批送。', en: 'A delivery holds {limit} rows at most; send it in parts.' },
  'guardian-of-age': { status: 409, zh: '对方已满 18 周岁，要由本人同意，不能凭监护关系确认。', en: 'The person is of age and has to agree; guardianship does not confirm it.' },
  'idempotency-key-reused': { status: 422, zh: '这个 Idempotency-Key 已经用于另一份内容，请换一个。', en: 'This Idempotency-Key was used for other content; choose a new one.' },
  'identity-differs': { status: 401, zh: '姓名或证件号码和登记的不一样，请照着证件再填一次。仍不行，或者手机号是刚办的、账号不是您的，请到窗口办理。', en: 'Name or number differ from what is registered; type them as they stand on the document. If that does not help, or the account came with a new telephone and is not yours, come to a service window.' },
  'import-failed': {
    status: 500,
    zh: '导入试了 {attempts} 次都没有成功，已经停下。停下以前写入的都保留，其余的没有写入。请告诉管理员查看服务器日志；问题解决后重新上传这个文件，写过的行不会重复。',
    en: 'The import was tried {attempts} times without success and has been stopped. What had been written by then stays; nothing else was. Ask the administrator to look into the log of the server; once that is mended, upload the file again: no row is written twice.',
  },
  'import-file-gone': { status: 410, zh: '这次导入的文件已按期删除，请重新上传。', en: 'The file of this import was deleted when its time was over; upload it again.' },
  'import-not-checked': { status: 409, zh: '文件还没有检查完，检查完才能确认。', en: 'The file is still being checked; it can be confirmed after that.' },
  'import-not-found': { status: 404, zh: '没有找到这次导入，或者您不能查看。', en: 'No such import, or not yours to see.' },
  'import-nothing-to-do': { status: 409, zh: '检查下来没有要写入的内容。', en: 'The check found nothing to write.' },
  'import-nothing-wrong': { status: 404, zh: '这次导入没有填错的行。', en: 'No row of this import is wrong.' },
  'import-over': { status: 409, zh: '这次导入已经结束，不用取消了。', en: 'This import is over; there is nothing to cancel.' },
  'input-invalid': { status: 422, zh: '有 {count} 处填写不对，逐处说明见 details。', en: '{count} entries are not right; details say which and why.' },
  'internal': { status: 500, zh: '系统出了问题，没有改动任何数据。请稍后再试；仍不行请告诉管理员编号 {requestId}。', en: 'Something went wrong and nothing was changed. Try again later; if it persists, tell the administrator the number {requestId}.' },
  'jurisdiction-unknown': { status: 422, zh: '辖区“{code}”不在本市的名单里。', en: 'The jurisdiction "{code}" is not one of this city.' },
  'login-taken': { status: 409, zh: '这个登录名或手机号已经用于别的工作人员账号，请核对。', en: 'This login or telephone belongs to another account of staff; check it.' },
  'media-type-unsupported': { status: 415, zh: '这里只收 {expected}。', en: 'Only {expected} is accepted here.' },
  'merge-impossible': { status: 409, zh: '只能合并两条同类的、在用的、不相同的记录。', en: 'Only two different records of one kind that are both in use can be merged.' },
  'merge-undone': { status: 409, zh: '这次合并已经撤销。', en: 'This merge has been undone already.' },
  'message-not-dead': { status: 409, zh: '这条消息没有停发，不用重发。', en: 'This message has not been given up; there is nothing to send again.' },
  'not-found': { status: 404, zh: '没有找到，或者您不能查看。', en: 'Not found, or not yours to see.' },
  'not-permitted': { status: 403, zh: '您现在的身份不能做这件事（{permission}）。', en: 'Your present capacity does not allow this ({permission}).' },
  'notice-needed': { status: 422, zh: '注册前请先阅读并同意个人信息处理告知（版本 {version}）。', en: 'Read and accept the notice on personal information (version {version}) before you register.' },
  'organisation-exists': { status: 409, zh: '这个统一社会信用代码已经登记过，请使用已有的单位。', en: 'This credit code is registered already; use the organisation that has it.' },
  'own-hands-refused': { status: 403, zh: '不能给自己办，也不能复核自己办的；请换一个人。', en: 'Nobody does this for themselves or confirms what they did themselves; ask somebody else.' },
  'password-unfit': { status: 422, zh: '这个密码不能用，原因见 details。', en: 'This password cannot be used; details say why.' },
  'person-exists': { status: 409, zh: '这个证件号码已经登记过，请使用已有的记录；如果不是同一个人，请交数据管理员核对。', en: 'This identity number is registered already; use that record, or let a data steward look if it is somebody else.' },
  'person-must-act': { status: 403, zh: '这件事要本人办，家人不能代办。请让本人登录后办理，或者一起到窗口。', en: 'The person has to do this; a relative cannot. Let them sign in and do it, or come to a service window together.' },
  'phone-taken': { status: 409, zh: '这个手机号已经是另一个账号的，请用它登录，或者换一个号码。', en: 'This telephone belongs to another account; sign in with it or use another one.' },
  'precondition-required': { status: 428, zh: '修改前请带上 If-Match，避免盖掉别人的改动。', en: 'Send If-Match with a change, so that nobody else’s change is lost.' },
  'proof-needed': { status: 403, zh: '为了您的安全，请先再验证一次，然后继续。', en: 'For your safety, prove once more that it is you, then continue.' },
  'provider-issuer-unfit': { status: 422, zh: '身份系统的地址要以 https:// 开头，而且不能是本机或内网的 IP 地址。请填它对外的域名。', en: 'The issuer has to begin with https:// and must not be this machine or a private IP address. Give its public host name.' },
  'provider-refused': { status: 401, zh: '外部身份系统没有确认这次登录，请重新开始；仍不行请换一种方式登录。', en: 'The identity provider did not confirm this sign-in. Start again, or sign in another way.' },
  'provider-unreachable': { status: 502, zh: '暂时连不上外部身份系统，请稍后再试，或者换一种方式登录。', en: 'The identity provider cannot be reached at the moment. Try again later, or sign in another way.' },
  'records-doubled': { status: 409, zh: '登记库里有几条记录是这个号码，请先合并，再核对认领。', en: 'Several records have this number; merge them before deciding the claim.' },
  'recovery-needed': { status: 403, zh: '这个账号很久没有登录了。手机号可能已经换了主人，请用“找回账号”核对姓名和证件号码；不是您的账号，请到窗口办理。', en: 'Nobody has used this account for a long time, and telephones change hands. Recover it with name and identity number; if it is not yours, come to a service window.' },
  'request-answered': { status: 409, zh: '这个请求已经答复。', en: 'This request has been answered already.' },
  'second-factor-refused': { status: 401, zh: '动态码不对或已用过，请等下一个；也可以用恢复码。', en: 'The code is wrong or was used; wait for the next one, or use a recovery code.' },
  'settled-already': { status: 409, zh: '这一件已经办结，请刷新查看。', en: 'This has been settled already; look at it again.' },
  'sheet-calls-out': { status: 422, zh: '文件在 {place} 引用了别处的内容（{what}）。请把它改成值，再传一次。', en: 'At {place} the file calls on something outside itself ({what}). Replace it by its value and send the file again.' },
  'sheet-cell-too-long': { status: 422, zh: '{place} 这一格超过 {limit} 个字，请缩短。', en: 'The cell {place} holds more than {limit} characters; shorten it.' },
  'sheet-columns-missing': { status: 422, zh: '表里缺这几列：{columns}。请用最新的模板。', en: 'These columns are missing: {columns}. Use the newest template.' },
  'sheet-damaged': { status: 422, zh: '文件打不开：{part} 不完整或被改过。请用 Excel 或 WPS 打开，另存为 xlsx 再传。', en: 'The file cannot be read: {part} is incomplete or was altered. Open it in Excel or WPS, save it as xlsx and send that.' },
  'sheet-empty': { status: 422, zh: '表里没有内容。请把内容填在表头下面再传。', en: 'The sheet is empty. Fill in rows below the heading and send it again.' },
  'sheet-encrypted': { status: 422, zh: '文件设了密码。请取消密码，另存后再传。', en: 'The file is protected by a password. Remove the password, save it and send it again.' },
  'sheet-entities': { status: 422, zh: '{part} 里有不该有的声明（DOCTYPE），这样的文件不读。请用 Excel 或 WPS 另存为 xlsx。', en: '{part} holds a declaration (DOCTYPE) that no spreadsheet needs; such a file is not read. Save it as xlsx in Excel or WPS.' },
  'sheet-has-macros': { status: 422, zh: '文件带宏或控件。请另存为不带宏的 xlsx 再传。', en: 'The file holds macros or controls. Save it as xlsx without macros and send that.' },
  'sheet-inflates': { status: 422, zh: '文件解开以后大得不合常理（{part}），没有读。请只留下要传的那张表，另存后再传。', en: 'Unpacked, the file is unreasonably large ({part}) and was not read. Keep only the sheet to be sent, save it and send that.' },
  'sheet-is-csv': { status: 422, zh: '文件名写的是 xlsx，里面是 CSV 文本。请把文件名改成 .csv，或者另存为 xlsx。', en: 'The file is named xlsx but holds CSV text. Rename it to .csv, or save it as xlsx.' },
  'sheet-is-html': { status: 422, zh: '文件里是网页，不是表格。请用 Excel 或 WPS 打开，另存为 xlsx 再传。', en: 'The file holds a web page, not a spreadsheet. Open it in Excel or WPS, save it as xlsx and send that.' },
  'sheet-is-old-excel': { status: 422, zh: '这是旧格式（{format}）。请用 Excel 或 WPS 打开，另存为 xlsx 再传。', en: 'This is another format ({format}). Open it in Excel or WPS, save it as xlsx and send that.' },
  'sheet-not-a-table': { status: 422, zh: '这不是表格文件（像是 {format}）。这里收 xlsx 和 CSV。', en: 'This is not a spreadsheet (it looks like {format}). xlsx and CSV are accepted here.' },
  'sheet-parts-forged': { status: 422, zh: '压缩包的目录和内容对不上（{part}），没有读。请用 Excel 或 WPS 另存为 xlsx。', en: 'The directory of the zip file does not match its content ({part}); it was not read. Save it as xlsx in Excel or WPS.' },
  'sheet-text-unreadable': { status: 422, zh: '第 {row} 行的文字认不出来。CSV 请存成 UTF-8，或者改用 xlsx。', en: 'The text of record {row} cannot be read. Save CSV as UTF-8, or use xlsx.' },
  'sheet-too-large': { status: 413, zh: '文件超过 {limit} MB，请分成几个文件传。', en: 'The file is larger than {limit} MB; send it in parts.' },
  'sheet-too-many-columns': { status: 422, zh: '{place} 已经超出 {limit} 列。请删掉用不到的列再传。', en: '{place} lies beyond {limit} columns. Delete the columns that are not needed.' },
  'sheet-too-many-parts': { status: 422, zh: '文件由 {count} 个部分组成，超过 {limit} 个，没有读。请只留下要传的那张表，另存后再传。', en: 'The file has {count} parts, more than {limit}, and was not read. Keep only the sheet to be sent and save it.' },
  'sheet-too-many-rows': { status: 422, zh: '内容超过 {limit} 行，请分成几个文件传。', en: 'There are more than {limit} rows; send them in parts.' },
  'sign-in-refused': { status: 401, zh: '登录名、密码或验证码不对。请核对；忘记密码可以找回。', en: 'Login, password or code is not right. Check them; a forgotten password can be recovered.' },
  'sign-in-required': { status: 401, zh: '请先登录。', en: 'Sign in first.' },
  'step-expired': { status: 401, zh: '这次登录已过期，请从头登录。', en: 'This sign-in has expired; begin again.' },
  'tenant-unknown': { status: 404, zh: '这个网址没有对应的城市。', en: 'No city belongs to this address.' },
  'too-many-attempts': { status: 429, zh: '试的次数太多，请 {seconds} 秒后再试。', en: 'Too many attempts; try again in {seconds} seconds.' },
  'too-many-requests': { status: 429, zh: '请求太密，请 {seconds} 秒后再试。', en: 'Too many requests; try again in {seconds} seconds.' },
  'unavailable': { status: 503, zh: '数据库暂时连不上，没有改动任何数据，请稍后再试。', en: 'The database cannot be reached at the moment; nothing was changed. Try again soon.' },
  'upload-beyond-end': { status: 422, zh: '收到的内容比说好的 {size} 字节多。请重新上传。', en: 'More arrived than the {size} bytes that were announced. Upload it again.' },
  'upload-empty': { status: 422, zh: '这一段没有内容，请从第 {offset} 字节继续传。', en: 'This piece is empty; go on from byte {offset}.' },
  'upload-expired': { status: 410, zh: '这次上传放得太久，已经清掉。请重新上传。', en: 'This upload was left too long and has been removed. Upload it again.' },
  'upload-finished': { status: 409, zh: '这份材料已经传完，不用再传。', en: 'This paper has arrived; there is nothing more to send.' },
  'upload-incomplete': { status: 409, zh: '还没有传完，请从第 {offset} 字节继续。', en: 'Not everything has arrived; go on from byte {offset}.' },
  'upload-offset-wrong': { status: 409, zh: '已经收到 {offset} 字节，请从那里继续传。', en: '{offset} bytes have arrived; go on from there.' },
  'upload-piece-too-small': { status: 422, zh: '除了最后一段，每段至少 {least} KiB。请从第 {offset} 字节起，一次多传一些。', en: 'Every piece but the last has at least {least} KiB. Go on from byte {offset} with larger pieces.' },
  'upload-too-large': { status: 413, zh: '文件超过 {limit} MB。请压缩，或者分成几份传。', en: 'The file is larger than {limit} MB. Make it smaller or split it.' },
  'upload-too-many': { status: 409, zh: '还有 {count} 份没传完，请先传完或等它们过期。', en: '{count} uploads are unfinished; finish them first, or wait until they expire.' },
} as const satisfies Readonly<Record<string, ErrorEntry>>;

/** The code of an error. */
export type ErrorCode = keyof typeof errors;

/** Values that fill the words; never personal data. */
export type ErrorValues = Readonly<Record<string, string | number>>;

/** One wrong entry of a call's input. */
export interface ErrorDetail {
  /** Where: names and indexes joined by dots, such as `people.3.name`. */
  readonly field: string;
  readonly zh: string;
  readonly en: string;
}

/** Thrown where a call cannot be carried out for a reason that the caller should know. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: ErrorCode;
  readonly values: ErrorValues;
  readonly details: readonly ErrorDetail[];

  constructor(code: ErrorCode, values: ErrorValues = {}, details: readonly ErrorDetail[] = []) {
    super(code);
    this.code = code;
    this.values = values;
    this.details = details;
  }
}

/** The words of an error in a language. */
export function tellError(code: ErrorCode, values: ErrorValues, language: 'zh' | 'en'): string {
  const words: string = errors[code][language];
  return words.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}
