// Every message that the system sends: templates as data, in both languages.
import type { PlaceholderKind } from './placeholders.ts';

/** A text in both languages; {name} stands for a placeholder. */
export interface TemplateText {
  readonly zh: string;
  readonly en: string;
}

/** A message. */
export interface Template {
  /**
   * code: somebody waits for it now, so it goes at night too and cannot be switched off · notice: each channel can be switched off ·
   * legal: the law wants it told, so no channel can be switched off.
   */
  readonly kind: 'code' | 'notice' | 'legal';
  /** Without it nothing goes by SMS. */
  readonly sms?: TemplateText;
  /** Without it nothing stands in the inbox. */
  readonly inApp?: { readonly title: TemplateText; readonly body: TemplateText };
  readonly placeholders: Readonly<Record<string, PlaceholderKind>>;
  /** After this time an SMS that has not gone is dropped. */
  readonly usefulMinutes?: number;
}

const code = { code: 'code', minutes: 'minutes' } as const;
const USEFUL_MINUTES = 10;

/** Templates by id, thing.event, in alphabetical order. */
export const templates = {
  'account.exists': {
    kind: 'code',
    placeholders: {},
    usefulMinutes: USEFUL_MINUTES,
    sms: {
      zh: '有人用这个手机号注册，可它已经有账号了。是您的话，请直接登录，忘了密码可以找回；不是您，不用理会。',
      en: 'Somebody tried to register this phone, which has an account already. If it was you, sign in or recover your password; if not, do nothing.',
    },
  },
  'account.locked': {
    kind: 'legal',
    placeholders: { minutes: 'minutes' },
    sms: {
      zh: '您的账号连续输错密码，已锁住 {minutes} 分钟。不是您本人的话，请到时登录改密码。',
      en: 'Wrong passwords were entered for your account; it is locked for {minutes} minutes. If that was not you, change your password afterwards.',
    },
    inApp: {
      title: { zh: '账号锁住过', en: 'Your account was locked' },
      body: {
        zh: '有人连续输错您的密码，账号锁了 {minutes} 分钟。不是您本人的话，请现在改密码，并打开第二道验证。',
        en: 'Wrong passwords were entered for your account, and it was locked for {minutes} minutes. If that was not you, change your password now and switch on the second factor.',
      },
    },
  },
  'account.password-changed': {
    kind: 'legal',
    placeholders: {},
    sms: {
      zh: '您的密码已经改了，别处的登录都已退出。不是您改的话，请马上找回账号。',
      en: 'Your password was changed and every other session signed out. If it was not you, recover your account at once.',
    },
    inApp: {
      title: { zh: '密码已更改', en: 'Password changed' },
      body: {
        zh: '您的密码已经改了，别处的登录都已退出。不是您改的话，请马上用手机号找回账号。',
        en: 'Your password was changed and every other session was signed out. If it was not you, recover your account by phone at once.',
      },
    },
  },
  'account.phone-changed': {
    kind: 'legal',
    placeholders: {},
    sms: {
      zh: '您账号的手机号换了，以后消息发到新号码。不是您换的话，请马上到办事窗口找回账号。',
      en: 'The phone of your account was changed; messages go to the new one. If it was not you, recover your account at a service counter at once.',
    },
    inApp: {
      title: { zh: '手机号已更换', en: 'Phone changed' },
      body: { zh: '账号的手机号换成了新的，以后消息发到新号码。', en: 'Your account has a new phone; messages go there from now on.' },
    },
  },
  'account.recovered': {
    kind: 'legal',
    placeholders: {},
    sms: {
      zh: '您的账号刚被找回，旧密码已作废。不是您本人的话，请马上到办事窗口说明。',
      en: 'Your account was just recovered and the old password is void. If it was not you, tell a service counter at once.',
    },
    inApp: {
      title: { zh: '账号已找回', en: 'Account recovered' },
      body: { zh: '您的账号刚被找回，旧密码和旧的登录都已作废。', en: 'Your account was just recovered; the old password and every old session are void.' },
    },
  },
  'account.second-factor-changed': {
    kind: 'legal',
    placeholders: {},
    sms: {
      zh: '您账号的第二道验证有改动。不是您改的话，请马上找回账号。',
      en: 'The second factor of your account was changed. If it was not you, recover your account at once.',
    },
    inApp: {
      title: { zh: '第二道验证有改动', en: 'Second factor changed' },
      body: { zh: '第二道验证已按您的操作打开、更换或关掉。', en: 'The second factor was switched on, replaced or switched off as you asked.' },
    },
  },
  'agent.asked': {
    kind: 'notice',
    placeholders: { days: 'days' },
    sms: {
      zh: '有单位请您做它的经办人。请在 {days} 天内登录，答应或者回绝。',
      en: 'An organisation asks you to act as its agent. Sign in within {days} days to accept or decline.',
    },
    inApp: {
      title: { zh: '有单位请您做经办人', en: 'An organisation asks you to be its agent' },
      body: {
        zh: '打开看看是哪个单位、要您办什么。{days} 天内不答复就算回绝。',
        en: 'See which organisation it is and what it wants you to do. Without an answer within {days} days it counts as declined.',
      },
    },
  },
  'agent.ended': {
    kind: 'notice',
    placeholders: {},
    inApp: {
      title: { zh: '经办人身份已结束', en: 'You are no longer an agent' },
      body: { zh: '您不再代那个单位办事。以前办的记录还在。', en: 'You no longer act for that organisation. What you did stays on record.' },
    },
  },
  'application.rows-to-check': {
    kind: 'notice',
    placeholders: { count: 'count' },
    inApp: {
      title: { zh: '名单申请里有要核对的人', en: 'A list has people to be checked' },
      body: {
        zh: '一个单位为名单上的人申请待遇，有 {count} 行没有提交：有人另外申请过，或者本人撤回过单位替他提的申请。请打开这份名单申请，按“由受理部门核对”筛选，和本人核实。单位看不到原因。',
        en: 'An organisation applied for the people of a list, and {count} rows were not filed: somebody else asked already, or the person took back what the organisation had asked for. Open the application, filter by "the office looks at it", and ask the person. The organisation is not told why.',
      },
    },
  },
  'case.accepted': {
    kind: 'notice',
    placeholders: {},
    sms: { zh: '您的申请已经受理，登录可以看办到哪一步。', en: 'Your application has been accepted; sign in to follow it.' },
    inApp: {
      title: { zh: '申请已受理', en: 'Application accepted' },
      body: { zh: '您的申请已经受理，正在审核。办到哪一步、哪天办完，打开就能看到。', en: 'Your application has been accepted and is being reviewed. Open it to see where it stands and when it is due.' },
    },
  },
  'case.appeal-answered': {
    kind: 'legal',
    placeholders: {},
    sms: { zh: '您的申诉已经答复，请登录查看。', en: 'Your appeal has been answered; sign in to read it.' },
    inApp: {
      title: { zh: '申诉已答复', en: 'Appeal answered' },
      body: { zh: '您的申诉已经答复，结果和理由在办件里。仍不服的，可以申请行政复议或者提起诉讼。', en: 'Your appeal has been answered; the outcome and the reasons stand with the case. Administrative review or a court remain.' },
    },
  },
  'case.declined': {
    kind: 'legal',
    placeholders: {},
    sms: { zh: '您的申请没有受理，理由请登录查看。', en: 'Your application was not accepted; sign in to read why.' },
    inApp: {
      title: { zh: '申请没有受理', en: 'Application not accepted' },
      body: { zh: '您的申请没有受理，理由在办件里。不服的可以在 60 天内申诉；缺的补上以后，也可以重新申请。', en: 'Your application was not accepted; the reasons stand with the case. You can appeal within 60 days, or apply anew with what was missing.' },
    },
  },
  'case.filed-for-you': {
    kind: 'legal',
    placeholders: {},
    sms: { zh: '有单位替您申请了一项待遇，请登录查看。不是您同意的，可以撤回。', en: 'An organisation applied for a benefit on your behalf; sign in to see it. If you did not agree, you can withdraw it.' },
    inApp: {
      title: { zh: '有单位替您申请了待遇', en: 'An organisation applied for you' },
      body: {
        zh: '一个单位说您在那里工作，替您申请了一项待遇。打开可以看到是哪个单位、申请了什么。您不在那里工作，或者不同意的，可以自己撤回；撤回以后，那个单位再报，由受理部门先向您核实。',
        en: 'An organisation says that you work there and applied for a benefit on your behalf. Open it to see which organisation, and for what. If you do not work there, or do not agree, withdraw it; should that organisation apply again, the office asks you first.',
      },
    },
  },
  'case.lapsed': {
    kind: 'legal',
    placeholders: {},
    sms: { zh: '到期没有收到补正，您的申请按撤回处理，可以重新申请。', en: 'Nothing was supplied in time, so your application counts as withdrawn; you can apply anew.' },
    inApp: {
      title: { zh: '申请按撤回处理', en: 'Application counts as withdrawn' },
      body: { zh: '到期没有收到补正，申请按撤回处理。材料备齐以后可以重新申请。', en: 'Nothing was supplied in time, so the application counts as withdrawn. Apply anew once you have what is missing.' },
    },
  },
  'case.late': {
    kind: 'notice',
    placeholders: { date: 'date' },
    inApp: {
      title: { zh: '有一件要抓紧办', en: 'A case needs you now' },
      body: { zh: '它的期限是 {date}，今天到期或者已经超期。打开就能接着办。', en: 'It is due on {date}: today, or the day has passed. Open it to go on.' },
    },
  },
  'case.supplement-asked': {
    kind: 'legal',
    placeholders: { date: 'date' },
    sms: { zh: '您的申请要补正，请在 {date} 前登录补齐。', en: 'Your application needs a supplement by {date}; sign in to supply it.' },
    inApp: {
      title: { zh: '请补正', en: 'Something is missing' },
      body: { zh: '您的申请还缺一些内容，要补的都列在办件里，请在 {date} 前一次补齐。等您补正的时间不算在办理期限里。', en: 'Something is missing from your application; all of it is listed with the case. Supply it by {date}. The time we wait is not counted.' },
    },
  },
  'code.change-phone': {
    kind: 'code',
    placeholders: code,
    usefulMinutes: USEFUL_MINUTES,
    sms: {
      zh: '验证码 {code}，用来更换手机号，{minutes} 分钟内有效。谁问您都不要给。',
      en: '{code} is your code to change your phone, valid for {minutes} minutes. Give it to nobody.',
    },
  },
  'code.recover': {
    kind: 'code',
    placeholders: code,
    usefulMinutes: USEFUL_MINUTES,
    sms: {
      zh: '验证码 {code}，用来找回账号，{minutes} 分钟内有效。谁问您都不要给。',
      en: '{code} is your code to recover your account, valid for {minutes} minutes. Give it to nobody.',
    },
  },
  'code.register': {
    kind: 'code',
    placeholders: code,
    usefulMinutes: USEFUL_MINUTES,
    sms: {
      zh: '验证码 {code}，用来注册，{minutes} 分钟内有效。谁问您都不要给。',
      en: '{code} is your code to register, valid for {minutes} minutes. Give it to nobody.',
    },
  },
  'code.sign-in': {
    kind: 'code',
    placeholders: code,
    usefulMinutes: USEFUL_MINUTES,
    sms: {
      zh: '验证码 {code}，用来登录，{minutes} 分钟内有效。谁问您都不要给。',
      en: '{code} is your code to sign in, valid for {minutes} minutes. Give it to nobody.',
    },
  },
  'consent.ending': {
    kind: 'notice',
    placeholders: { date: 'date' },
    inApp: {
      title: { zh: '一项同意快到期', en: 'A consent is about to end' },
      body: {
        zh: '您给过的一项单独同意到 {date}为止。愿意的话可以续，不续我们就不再用那些信息。',
        en: 'A separate consent of yours ends on {date}. You may renew it; if you do not, we stop using that information.',
      },
    },
  },
  'decision.made': {
    kind: 'legal',
    placeholders: { department: 'department' },
    sms: {
      zh: '{department}已对您的申请作出决定。请登录查看决定书，里面写着结果、理由和怎么复议。',
      en: '{department} has decided on your application. Sign in to read the letter: result, reasons, and how to appeal.',
    },
    inApp: {
      title: { zh: '决定书已作出', en: 'A decision was made' },
      body: {
        zh: '{department}已对您的申请作出决定。打开决定书可以看到结果、理由、数额和发放日期；不服的，也写明了怎样复议和诉讼。',
        en: '{department} has decided on your application. The letter gives the result, the reasons, amounts and dates of payment, and how to appeal.',
      },
    },
  },
  'delivery.ended': {
    kind: 'notice',
    placeholders: { accepted: 'count', unknown: 'count', invalid: 'count', disagreeing: 'count' },
    inApp: {
      title: { zh: '一批数据处理完了', en: 'A delivery has been worked through' },
      body: {
        zh: '收下 {accepted} 行，没对上人的 {unknown} 行，不对的 {invalid} 行，和已有记录不一致的 {disagreeing} 处。',
        en: 'Rows taken: {accepted}; of unknown people or organisations: {unknown}; not valid: {invalid}; values that disagree with what is held: {disagreeing}.',
      },
    },
  },
  'evidence.ending': {
    kind: 'notice',
    placeholders: { date: 'date' },
    sms: {
      zh: '您交过的一份材料 {date}到期。到期前换成新的，办事就不用再交。',
      en: 'A paper that you handed in expires on {date}. Replace it before then and nobody will ask for it again.',
    },
    inApp: {
      title: { zh: '一份材料快到期', en: 'A paper is about to expire' },
      body: { zh: '它 {date}到期。换成新的，以后办事就不用再交。', en: 'It expires on {date}. Replace it, and nobody will ask for it again.' },
    },
  },
  'family.asked': {
    kind: 'notice',
    placeholders: { days: 'days' },
    sms: {
      zh: '有家人请您答应由他们代您办事。请在 {days} 天内登录，答应或者回绝。',
      en: 'A member of your family asks to act for you. Sign in within {days} days to accept or decline.',
    },
    inApp: {
      title: { zh: '家人想代您办事', en: 'Your family asks to act for you' },
      body: { zh: '打开看看是谁、能代办什么。{days} 天内不答复就算回绝，以后随时可以收回。', en: 'See who it is and what they may do. Without an answer within {days} days it counts as declined; you may take it back at any time.' },
    },
  },
  'feed.late': {
    kind: 'notice',
    placeholders: { date: 'date' },
    inApp: {
      title: { zh: '一路数据晚到', en: 'A feed is late' },
      body: { zh: '它最近一批的截止日期是 {date}，早该有新的了。请问一问送数据的部门。', en: 'Its last delivery was as of {date}, and a new one is overdue. Ask the department that delivers it.' },
    },
  },
  'objection.answered': {
    kind: 'legal',
    placeholders: {},
    sms: {
      zh: '您对公示提出的异议有了答复。请打开提异议的页面，输入回执码查看。',
      en: 'Your objection to a published list was answered. Open the page where you objected and enter the code of your receipt.',
    },
  },
  'payment.cancelled': {
    kind: 'legal',
    placeholders: {},
    sms: {
      zh: '有一期待遇不再发放，原因见我的待遇。您有不同意见，可以提出。',
      en: 'One instalment of a benefit will not be paid; see why in your benefits. You may object.',
    },
    inApp: {
      title: { zh: '有一期待遇不再发放', en: 'An instalment will not be paid' },
      body: {
        zh: '有一期待遇不再发放。原因和办法请看这一期的说明；您有不同意见，可以向办理部门提出。',
        en: 'One instalment will not be paid. See the instalment for the reason; if you disagree, tell the department in charge.',
      },
    },
  },
  'payment.failed': {
    kind: 'notice',
    placeholders: {},
    sms: {
      zh: '有一笔待遇没有付成，请登录核对收款账户。',
      en: 'A payment to you did not go through. Sign in and check your bank account.',
    },
    inApp: {
      title: { zh: '有一笔待遇没有付成', en: 'A payment did not go through' },
      body: {
        zh: '银行没有付成，或者钱退回来了。请核对收款账户的户名和账号，改好以后会再付一次。',
        en: 'The bank could not pay, or the money came back. Check the name and number of your account; once it is right, it is paid again.',
      },
    },
  },
  'payment.made': {
    kind: 'notice',
    placeholders: {},
    sms: {
      zh: '有一笔待遇已经付到您的账户，请查收。',
      en: 'A benefit has been paid to your account.',
    },
    inApp: {
      title: { zh: '待遇已经付出', en: 'A benefit has been paid' },
      body: {
        zh: '有一笔待遇已经付到您登记的账户，请查收。',
        en: 'A benefit has been paid to the account that you registered.',
      },
    },
  },
  'record.asked': {
    kind: 'notice',
    placeholders: { department: 'department' },
    sms: {
      zh: '您的一项记录，两处写得不一样。请登录看一看，告诉{department}哪个对。',
      en: 'Two records about you differ. Please sign in, look, and tell {department} which one is right.',
    },
    inApp: {
      title: { zh: '有一项记录，想问问您', en: 'A question about one of your records' },
      body: {
        zh: '同一件事，两处写得不一样，{department}想听您说。打开可以看到两处各写了什么、从哪里来。',
        en: 'Two places write the same thing differently, and {department} would like to hear from you. Open it to see what each says and where it comes from.',
      },
    },
  },
  'record.corrected': {
    kind: 'legal',
    placeholders: { department: 'department' },
    inApp: {
      title: { zh: '您的一项记录改正了', en: 'One of your records was corrected' },
      body: { zh: '{department}看过两处不同的记录，已经定下来。打开可以看到现在写的是什么、为什么。', en: '{department} looked at two records that differed and has settled it. Open it to see what it says now, and why.' },
    },
  },
  'repayment.demanded': {
    kind: 'legal',
    placeholders: {},
    sms: {
      zh: '有一笔待遇要归还，原因、金额和期限请登录查看。您有不同意见，可以提出。',
      en: 'A benefit has to be paid back. Sign in to see why, how much and by when. You may object.',
    },
    inApp: {
      title: { zh: '有一笔待遇要归还', en: 'A benefit has to be paid back' },
      body: {
        zh: '有一笔付错的待遇要归还。原因、金额和期限请看说明；您有不同意见，可以向办理部门提出。',
        en: 'A benefit that was paid wrongly has to be paid back. See why, how much and by when; if you disagree, tell the department in charge.',
      },
    },
  },
  'rights.answered': {
    kind: 'legal',
    placeholders: {},
    sms: {
      zh: '您要求查看、更正或者删除个人信息，已经有答复。请登录看结果。',
      en: 'Your request to see, correct or delete your personal information has been answered. Sign in to read it.',
    },
    inApp: {
      title: { zh: '您的要求有答复了', en: 'Your request was answered' },
      body: { zh: '您要求查看、更正或者删除个人信息，结果在里面；没能照办的，写明了是哪条法律要留。', en: 'The answer to your request about your personal information is inside; where it could not be done, it says which law keeps it.' },
    },
  },
} as const satisfies Readonly<Record<string, Template>>;

/** The id of a template. */
export type TemplateId = keyof typeof templates;

/** A template with the shape that any may have. */
export function templateOf(id: TemplateId): Template {
  return templates[id];
}

/** What a caller must give for a template: a value for each placeholder. */
export type TemplateValues<Id extends TemplateId> = {
  readonly [Name in keyof (typeof templates)[Id]['placeholders']]: (typeof templates)[Id]['placeholders'][Name] extends 'minutes' | 'days' | 'count' ? number : string;
};
