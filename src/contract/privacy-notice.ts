// The notice on personal information that people accept when they register: what is held, what for, how long, and what they may ask.
// Points that it has to tell: Personal Information Protection Law, articles 17, 23, 29, 30.

/** Changes with every change of the notice's meaning; whoever registers accepts this version. */
export const privacyNoticeVersion = '2026-11-21';

/** The notice, paragraph by paragraph, in both languages. */
export const privacyNotice = {
  zh: [
    { title: '谁在用', text: '本市办人才政策的各个部门。每一步在哪个部门手里，办件页上都写着。' },
    { title: '用什么，做什么用', text: '姓名、证件号码、手机号，用来确认是您本人；学历、工作、社保、住房等事实，用来判断您能享受什么、办理和发放；收款账户只用来发钱。用不到的不问。' },
    { title: '从哪里来', text: '您自己填的、交的材料，还有别的部门依职责共享的。每一项都写着来源，您随时能看，觉得不对可以要求更正。' },
    { title: '敏感信息另外问', text: '健康、家庭、账户这些敏感信息，用之前单独问您同意，写明用途和期限，可以撤回。' },
    { title: '给谁看', text: '只给办这件事的工作人员看，谁看过都有记录。依法公示时只有姓名、单位和遮住中间的证件号码，没有电话和账户，期满撤下。不卖，不作别的用途。' },
    { title: '存多久', text: '办完以后按档案和财务的规定保存，到期删除。证件号码和账户加密存放。' },
    { title: '您能要求什么', text: '查看、复制、更正、删除，注销账号，要求人工复核机器的判断。登录后在“我的信息”里提出，三十天内答复。' },
  ],
  en: [
    { title: 'Who uses it', text: 'The departments of this city that run its talent policies. Every case says which of them has it at each step.' },
    { title: 'What, and what for', text: 'Name, identity number and telephone show that it is you; facts on education, work, insurance and housing settle what you are entitled to and let it be handled and paid; your account is used for paying alone. What is not needed is not asked.' },
    { title: 'Where it comes from', text: 'From you and your papers, and from other departments within their duties. Each item names its source; you can see it at any time and ask for a correction.' },
    { title: 'Sensitive data are asked for apart', text: 'For health, family and accounts you are asked for a separate consent that names purpose and term, and that you can withdraw.' },
    { title: 'Who sees it', text: 'Only staff who handle your case, and every look is written down. Lists that law wants published show name, employer and a masked identity number, no telephone and no account, and are withdrawn afterwards. Nothing is sold or used for anything else.' },
    { title: 'For how long', text: 'After a case is closed, as long as the rules on records and finance ask, then it is deleted. Identity numbers and accounts are stored sealed.' },
    { title: 'What you may ask', text: 'To see, copy, correct and delete; to close your account; to have a person check what a machine judged. Ask under “About me” once signed in; the answer comes within thirty days.' },
  ],
} as const;
