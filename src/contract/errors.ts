// The one catalogue of what a call can be refused for: code, HTTP status, and words in both languages.
import { isPermission, permissionRow } from './permissions.ts';
import { tellState } from './state-words.ts';

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
  'application-benefit-unfit': { status: 422, zh: '政策 {policyId} 现在没有接受这类申请人申请的 {benefitId}。请回到待遇列表重新选。', en: 'Policy {policyId} takes no applications of this kind of applicant for {benefitId} now. Choose again from the list of benefits.' },
  'application-import-unfit': { status: 409, zh: '这次导入还没有写入完成，或者里面没有人可以申请。请先完成导入。', en: 'This import is not finished, or nobody in it can be applied for. Finish the import first.' },
  'application-year-ahead': { status: 422, zh: '{benefitId} 是按年给的，{year} 年还没有到。请等到那一年，或者改申请今年的、以前的。', en: '{benefitId} is given by the year, and {year} has not come. Apply for this year or one before.' },
  'application-year-needless': { status: 422, zh: '{benefitId} 不是按年给的，不能写年份（{year}）。请去掉年份再提交。', en: '{benefitId} is not given by the year, so no year ({year}) can be stated. Leave it out and send it again.' },
  'batch-empty': { status: 422, zh: '没有可以付的分期。还没核对的先核对，有疑点的先处理。', en: 'There is nothing to pay. Check what has not been checked, and settle the doubts first.' },
  'batch-state-unfit': { status: 409, zh: '这个批次现在的状态是“{state}”，不能再这样做。请刷新查看。', en: 'The state of this batch is {state}, which does not allow this. Look at it again.' },
  'batch-too-large': { status: 422, zh: '一个批次最多 {limit} 笔。请把条件收窄，分几个批次。', en: 'A batch holds at most {limit} payments. Narrow the conditions and make several.' },
  'body-malformed': { status: 400, zh: '发来的内容不是完整的 JSON，请检查后再发。', en: 'The body is not valid JSON; check it and send it again.' },
  'body-too-large': { status: 413, zh: '发来的内容超过 {limit}，请分开发。', en: 'The body is larger than {limit}; send it in parts.' },
  'budget-before-changed': { status: 409, zh: '提出以后，这个预算又定过一次。请看过现在的数，重新提出。', en: 'This budget was set again since the proposal. Look at what it is now and propose anew.' },
  'budget-below-committed': { status: 409, zh: '{fund}{year}年已经约定 {committed}，预算不能少于它。请提高预算，或者先放开不再支付的约定。', en: '{committed} of {fund} for {year} are committed already, and the budget cannot be less. Raise it, or release what will not be paid.' },
  'budget-missing': { status: 409, zh: '{fund}{year}年还没有预算，不能支付。请先定预算。', en: '{fund} has no budget for {year} yet, so nothing can be paid from it. Set the budget first.' },
  'budget-proposed': { status: 409, zh: '这一年的预算已有人提出，等人复核。请先复核或撤回那一份。', en: 'Somebody has proposed this year’s budget and it waits to be confirmed. Confirm that proposal or take it back first.' },
  'budget-same': { status: 409, zh: '预算现在就是这个数，不用再定。', en: 'This is what the budget is already; there is nothing to set.' },
  'capacity-missing': { status: 404, zh: '您没有这个身份，或者它已经到期。请重新查看可以用的身份。', en: 'You do not have this capacity, or it has ended. Look again at which you have.' },
  'case-amount-open': { status: 422, zh: '金额还算不出来，请在决定里写明金额。', en: 'The amount cannot be worked out yet; state it with the decision.' },
  'case-appeal-late': { status: 409, zh: '申诉的期限是 {date}，已经过了。', en: 'Appeals were possible until {date}.' },
  'case-appeal-once': { status: 409, zh: '这件已经申诉并答复过。不服的，可以申请行政复议或者提起诉讼。', en: 'This case was appealed and answered already; administrative review or a court remain.' },
  'case-calendar-missing': { status: 409, zh: '{year} 年的放假通知没有录入，算不出 {date} 前后的工作日。请告诉管理员录入后再办。', en: 'The holiday notice of {year} is not loaded, so working days about {date} cannot be told. Ask the administrator to load it.' },
  'case-change-below-given': { status: 422, zh: '已经付了（或者正在银行）{given} 元，变更后的金额 {amount} 元比它少。多付的钱请在“追回”里要回来。', en: '{given} yuan is paid or with the bank, more than the {amount} yuan that you state. What was paid too much is asked back under repayments.' },
  'case-change-nothing': { status: 409, zh: '金额和各期都和现在的一样，没有要变更的。', en: 'Amount and instalments are what they are already; there is nothing to change.' },
  'case-change-sum': { status: 422, zh: '各期加起来是 {sum} 元，应当正好是还没付的 {left} 元。', en: 'The instalments add up to {sum} yuan; they have to be the {left} yuan that is left.' },
  'case-claimed': { status: 409, zh: '这件已经由同事在办。请先由他交还，或者请审批人重新分派。', en: 'A colleague has taken this case. It has to be given back or assigned anew first.' },
  'case-days-open': { status: 422, zh: '还不知道“{fact}”，各期哪天发算不出来。请先登记它，或者在决定里写明各期的日期和金额。', en: '{fact} is not known, so the days of the instalments cannot be worked out. Enter it first, or state days and amounts with the decision.' },
  'case-department-acting': { status: 409, zh: '这个部门已经在这一步里了。', en: 'This department acts in this step already.' },
  'case-department-missing': { status: 409, zh: '没有找到办这件事的部门（{name}）。请系统管理员先把它设好。', en: 'The city has no department for this ({name}); the system administrator has to set it up first.' },
  'case-department-unfit': { status: 422, zh: '只能交给本辖区或者上级的部门。', en: 'Only departments of this jurisdiction or of one above can act here.' },
  'case-exists': { status: 409, zh: '这个人这一期的这项待遇已经有一件在办或者已经办成，不能再报。', en: 'There is an open or granted case of this person for this benefit and time already.' },
  'case-held': { status: 409, zh: '这件因为 {count} 个原因暂停着，处理完才能往下办。', en: 'This case is held for {count} reasons, which have to be settled first.' },
  'case-not-claimed': { status: 409, zh: '这件不在您手里，不用交还。', en: 'You have not taken this case; there is nothing to give back.' },
  'case-not-yours': { status: 403, zh: '这一步现在不归您的部门办。', en: 'This step is not your department’s at present.' },
  'case-officer-unfit': { status: 422, zh: '这个账号现在不是您部门里办这一步的工作人员。请选岗位对得上的同事。', en: 'This account is no officer of your department with the office for this step. Choose a colleague who has it.' },
  'case-opinion-given': { status: 409, zh: '您的部门在这一步已经提过意见。', en: 'Your department has given its opinion in this step.' },
  'case-promise-open': { status: 409, zh: '还有 {count} 份承诺后补的材料没有交，交齐才能给予。', en: '{count} promised papers are still to come; a grant has to wait for them.' },
  'case-promise-unknown': { status: 422, zh: '没有承诺过后补这份材料。', en: 'This paper was not promised.' },
  'case-reason-needed': { status: 422, zh: '请写明理由。', en: 'Write down the reason.' },
  'case-role-unfit': { status: 403, zh: '这一步要由别的岗位来办，您领了也办不了。请留给能办这一步的同事。', en: 'This step is for another office than yours, so you could not do it. Leave it to a colleague who can.' },
  'case-same-matter': { status: 409, zh: '这个人已经享受同一事项的另一项待遇（办件 {number}），同一事项只享一项。要改享这一项，请先撤销那一件。', en: 'This person was granted another benefit of the same matter (case {number}), of which one is given. To give this one instead, revoke that one first.' },
  'case-status-unfit': { status: 409, zh: '这件现在的状态（{status}）不能这样办。请刷新，看它到了哪一步。', en: 'The state of this case ({status}) does not allow this. Refresh to see where it stands.' },
  'case-step-first': { status: 409, zh: '这是第一步，前面没有可以退回的步骤。材料不全的，请要求补正。', en: 'This is the first step; there is no earlier one to return to. Where something is missing, ask for a supplement.' },
  'case-step-unfit': { status: 422, zh: '只能退回到前面的步骤（1 到 {last}）。', en: 'A case is returned to an earlier step (1 to {last}).' },
  'case-supplement-once': { status: 409, zh: '补正已经要求过一次，要一次说全。确实还缺的，由审批人写明理由再提。', en: 'A supplement was asked already, and all at once is the rule. A second one is the approver’s, with a reason.' },
  'case-too-early': { status: 409, zh: '要到 {date} 过后才能这样办。', en: 'This is possible only after {date}.' },
  'case-too-many': { status: 422, zh: '一次最多办 {limit} 件。', en: 'At most {limit} cases can be handled at once.' },
  'case-total-over': { status: 409, zh: '这项待遇历次一共最多 {cap} 元，别的办件已经给了 {granted} 元，这一件最多还能给 {left} 元。', en: 'All that a person is granted of this benefit may come to {cap} yuan. Other cases gave {granted} yuan, so this one can give {left} yuan at most.' },
  'case-undo-late': { status: 409, zh: '撤回超过 10 分钟，不能再恢复。需要的话请重新申请。', en: 'A withdrawal can be undone for ten minutes; apply anew if you need to.' },
  'changed-meanwhile': { status: 412, zh: '这条记录刚被别人改过。请重新打开，看过新内容再改。', en: 'This record was changed by somebody else meanwhile. Open it again before you change it.' },
  'code-refused': { status: 401, zh: '验证码不对、已用过或者已过期，请重新获取。', en: 'The code is wrong, used or expired; ask for a new one.' },
  'consent-withdrawn': { status: 409, zh: '这份同意已经撤回。', en: 'This consent has been withdrawn already.' },
  'correction-too-weak': { status: 409, zh: '这条事实来自可信等级 {class} 的来源，只能由同等或更可信的来源更正。请提出更正请求，由工作人员核对。', en: 'This fact comes from a source of trust class {class} and is corrected only by one as trusted. Ask for a correction and staff will check it.' },
  'cross-site': { status: 403, zh: '请求来自别的网站，没有执行。请在本系统的页面里操作。', en: 'The call came from another site and was not carried out. Use the pages of this system.' },
  'cursor-invalid': { status: 400, zh: '翻页标记无效，请从第一页重新开始。', en: 'The cursor is not valid; start again from the first page.' },
  'decision-amount-unfit': { status: 422, zh: '数额 {amount} 元不在按规则算出的范围里（{from} 到 {to} 元）。请核对事实，或者改成范围内的数额。', en: 'The amount of {amount} yuan is outside what the rules give ({from} to {to} yuan). Check the facts, or name an amount within.' },
  'decision-damaged': { status: 500, zh: '这份决定和签名对不上，没有给出任何内容。请告诉管理员编号 {requestId}。', en: 'This decision does not match its signature and nothing of it was given out. Tell the administrator the number {requestId}.' },
  'decision-followed': { status: 409, zh: '这份决定已经变更或者撤销过（{number}），请看新的决定。', en: 'This decision was changed or revoked already ({number}); see the later one.' },
  'decision-unknown-code': { status: 404, zh: '没有查到这个校验码对应的决定书。请对照纸面再输一遍；仍查不到，请向决定书上的部门核实。', en: 'No letter has this code. Compare it with the paper and try once more; if it is still not found, ask the department named on the letter.' },
  'department-code-taken': { status: 409, zh: '代码“{code}”已经用于另一个部门。', en: 'The code "{code}" belongs to another department.' },
  'disagreement-bounds-wrong': { status: 422, zh: '两个值各管一段时间，两段不能重叠，起不晚于止。请检查日期。', en: 'Each value holds for a time of its own: the two must not overlap, and the first day is not after the last. Check the dates.' },
  'disagreement-not-asked': { status: 409, zh: '这一项没有在问您，或者已经处理完了。', en: 'You were not asked about this, or it has been settled.' },
  'disagreement-settled': { status: 409, zh: '这一项已经处理完了，结果和理由在记录里。', en: 'This has been settled already; the record says how and why.' },
  'disagreement-unreachable': { status: 409, zh: '本人还没有账号，问不到。请打电话或发函核实，再写明理由处理。', en: 'Nobody with an account can be asked. Verify by telephone or letter, and settle it with your reason.' },
  'doubt-not-passable': { status: 422, zh: '这个疑点不能放行：先解决它本身（异议、检查、收款账户），再核对一次。', en: 'This doubt cannot be passed over. Settle what it is about first (an objection, a finding, the account), then check again.' },
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
  'facts-unfit': { status: 422, zh: '有 {count} 项事实不对，下面逐项说明。', en: '{count} facts are not right; each is told below.' },
  'feed-as-of-missing': { status: 422, zh: '请写明截至日期（asOf）：这批数据是哪一天的。', en: 'Say as of which day the delivery speaks (asOf).' },
  'feed-as-of-wrong': { status: 422, zh: '截至日期应当写成 2026-06-30 这样，而且不能晚于今天。', en: 'The as-of date is written like 2026-06-30 and is not later than today.' },
  'feed-column-missing': { status: 422, zh: '表里缺“{column}”这一列，没有收。', en: 'The column "{column}" is missing; nothing was taken.' },
  'feed-columns-wrong': { status: 422, zh: '有 {count} 列不对，整份没有收，下面逐列说明。', en: '{count} columns are not right and nothing was taken; each is told below.' },
  'feed-empty': { status: 422, zh: '里面一行也没有，没有收。', en: 'There is not a single row; nothing was taken.' },
  'feed-facts-wrong': { status: 422, zh: '这些事实不能报送：{facts}。请用词汇表里的名称，推算出来的不用报。', en: 'These facts cannot be delivered: {facts}. Use names of the vocabulary; what is derived need not be delivered.' },
  'feed-not-utf8': { status: 422, zh: '第 {line} 行不是 UTF-8 文字。NDJSON 请存成 UTF-8。', en: 'Line {line} is not text in UTF-8; NDJSON has to be.' },
  'feed-number-reused': { status: 409, zh: '批次编号 {number} 已经用过，内容和这次不一样。请换一个编号。', en: 'The delivery number {number} was used for other content; take a new one.' },
  'feed-stopped': { status: 409, zh: '这一路数据已经停用，没有收。要恢复请找系统管理员。', en: 'This feed is stopped and nothing was taken. Ask the system administrator to start it again.' },
  'feed-too-many-rows': { status: 422, zh: '一批最多 {limit} 行，请分成几批送。', en: 'A delivery holds {limit} rows at most; send it in parts.' },
  'finding-state-unfit': { status: 409, zh: '这条检查结论现在的状态是“{state}”，不能这样做。请刷新查看。', en: 'The state of this finding is {state}, which does not allow this. Look at it again.' },
  'fund-elsewhere': { status: 422, zh: '这一期是{place}的，只能由本地或上级的资金付，不能由{other}的资金付。', en: 'This instalment is of {place}: a fund of that place or of one above it pays, not one of {other}.' },
  'fund-not-there': { status: 422, zh: '“{fund}”在您管的辖区里没有 {year} 年的预算，不能由它付。请选有预算的资金，或者先定预算。', en: '{fund} has no budget of {year} in your jurisdictions and cannot pay. Choose a fund that has one, or set its budget first.' },
  'fund-unknown': { status: 422, zh: '政策和账上都没有“{fund}”这项资金。有的是：{known}。名称没有写错的话，请确认这是一项新资金，再提出。', en: 'No policy names a fund “{fund}”, and none stands on the books. Known are: {known}. If the name is right, confirm that it is a new fund.' },
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
  'input-invalid': { status: 422, zh: '有 {count} 处填写不对，下面逐处说明。', en: '{count} entries are not right; each is told below.' },
  'inspection-drawn-already': { status: 409, zh: '这个计划已经抽过，只抽一次。', en: 'The lot of this plan was drawn already; it is drawn once.' },
  'inspection-nobody': { status: 422, zh: '没有可以抽的办件：这个范围里还没有发放。', en: 'There is nobody to draw from: nothing is paid in this scope yet.' },
  'inspection-not-drawn': { status: 422, zh: '这个办件没有被抽中，不用登记。', en: 'This case was not drawn; there is nothing to record.' },
  'instalment-funded': { status: 409, zh: '这一期已经有资金付了，不用再定。', en: 'This instalment has its funds already.' },
  'instalment-state-unfit': { status: 409, zh: '这一期现在的状态是“{state}”，不能这样做。请刷新查看。', en: 'The state of this instalment is {state}, which does not allow this. Look at it again.' },
  'internal': { status: 500, zh: '系统出了问题，没有改动任何数据。请稍后再试；仍不行请告诉管理员编号 {requestId}。', en: 'Something went wrong and nothing was changed. Try again later; if it persists, tell the administrator the number {requestId}.' },
  'jurisdiction-unknown': { status: 422, zh: '辖区“{code}”不在本市的名单里。', en: 'The jurisdiction "{code}" is not one of this city.' },
  'ledger-conflict': { status: 409, zh: '总账里已有编号为 {id} 的一笔，内容不同，没有再记。', en: 'The ledger holds {id} with other content; nothing was booked.' },
  'ledger-floor': { status: 409, zh: '“{fund}”{year} 年的额度只剩 {available}，不够 {needed}。', en: '{fund} has {available} left for {year}, which is less than {needed}.' },
  'ledger-not-paid': { status: 409, zh: '这一笔支付还没有成功，不能记退回。', en: 'This payment has not been made, so nothing of it can come back.' },
  'ledger-part': { status: 409, zh: '这一笔约定里能这样用的只有 {available}，不够 {needed}。可能已经有人办过，请刷新查看。', en: 'Of this commitment {available} can be used so, which is less than {needed}. Somebody may have done it already; look at it again.' },
  'login-taken': { status: 409, zh: '这个登录名或手机号已经用于别的工作人员账号，请核对。', en: 'This login or telephone belongs to another account of staff; check it.' },
  'media-type-unsupported': { status: 415, zh: '这里只收 {expected}。', en: 'Only {expected} is accepted here.' },
  'merge-cases-doubled': { status: 409, zh: '这两条记录有 {count} 处各有一件：同一项待遇都在办或者已经办成，或者同一事项都已给予；合并以后同一个人就有两件。请承办部门先处理其中一件（没决定的撤回、不予受理或不予给予，已给予的撤销），再合并。办件号见 details。', en: 'In {count} places both records have a case where one person has one: for the same benefit and time, open or granted, or granted for one matter. Have the department in charge end one of each first (withdraw, decline or refuse what is undecided, revoke what was granted), then merge. See details for the numbers.' },
  'merge-impossible': { status: 409, zh: '只能合并两条同类的、在用的、不相同的记录。', en: 'Only two different records of one kind that are both in use can be merged.' },
  'merge-undone': { status: 409, zh: '这次合并已经撤销。', en: 'This merge has been undone already.' },
  'message-not-dead': { status: 409, zh: '这条消息没有停发，不用重发。', en: 'This message has not been given up; there is nothing to send again.' },
  'not-found': { status: 404, zh: '没有找到，或者您不能查看。', en: 'Not found, or not yours to see.' },
  'not-permitted': { status: 403, zh: '您现在的身份不能做这件事（{permission}）。', en: 'Your present capacity does not allow this ({permission}).' },
  'notice-needed': { status: 422, zh: '注册前请先阅读并同意个人信息处理告知（版本 {version}）。', en: 'Read and accept the notice on personal information (version {version}) before you register.' },
  'objection-answered': { status: 409, zh: '这项异议已经答复过了（{state}），不能再这样处理。', en: 'This objection was answered already ({state}) and cannot be settled so.' },
  'objection-not-upheld': { status: 409, zh: '这项异议还没有答复“成立”，不能直接登记“已纠正”。请先答复成立，改好以后再登记。', en: 'This objection has not been upheld yet, so nothing can be put right. Uphold it first, and record that it is put right once it is.' },
  'objection-unknown-code': { status: 404, zh: '没有查到这个回执码。请对照回执再输一遍。', en: 'No objection has this receipt. Compare it and try once more.' },
  'organisation-exists': { status: 409, zh: '这个统一社会信用代码已经登记过，请使用已有的单位。', en: 'This credit code is registered already; use the organisation that has it.' },
  'own-hands-refused': { status: 403, zh: '不能给自己办，也不能复核自己办的；请换一个人。', en: 'Nobody does this for themselves or confirms what they did themselves; ask somebody else.' },
  'pack-date-wrong': { status: 422, zh: '生效日期不对：不能早于政策施行的 {from}，修订的版本也不能早于今天。', en: 'A version does not hold from before the policy does ({from}), and a later one not from before today.' },
  'pack-files-missing': { status: 422, zh: '这个版本一个文件也没有，请至少上传 policy.yaml。', en: 'This version would have no file; upload policy.yaml at least.' },
  'pack-not-own': { status: 403, zh: '只有起草的人能改这个版本。请在它的基础上另起一个版本。', en: 'Only whoever drafted this version changes it. Begin another version from it.' },
  'pack-state-unfit': { status: 409, zh: '这个版本现在的状态是“{state}”，还不能或者不能再这样做。', en: 'The state of this version is {state}, which does not allow this.' },
  'password-unfit': { status: 422, zh: '这个密码不能用，原因见 details。', en: 'This password cannot be used; details say why.' },
  'payment-asked-back': { status: 409, zh: '这笔付款已经要求归还，要先处理追回才能登记退汇。怎么做见 details。', en: 'This payment is demanded back, which has to be seen to before its return is booked. See details.' },
  'payment-state-unfit': { status: 409, zh: '这笔付款现在的状态是“{state}”，不能这样做。请刷新查看。', en: 'The state of this payment is {state}, which does not allow this. Look at it again.' },
  'person-exists': { status: 409, zh: '这个证件号码已经登记过，请使用已有的记录；如果不是同一个人，请交数据管理员核对。', en: 'This identity number is registered already; use that record, or let a data steward look if it is somebody else.' },
  'person-must-act': { status: 403, zh: '这件事要本人办，家人不能代办。请让本人登录后办理，或者一起到窗口。', en: 'The person has to do this; a relative cannot. Let them sign in and do it, or come to a service window together.' },
  'person-number-unsettled': { status: 409, zh: '这个人的证件号码还没有核对清楚：单位名单上写的号码，登记的是另一个姓名。请对照证件核对，由数据管理员在疑似重复里处理以后再给予。', en: 'The identity number of this person is not settled: the one that the employer’s list gives is registered under another name. Compare it with the document, and let a data steward decide the possible double before anything is granted.' },
  'phone-taken': { status: 409, zh: '这个手机号已经是另一个账号的，请用它登录，或者换一个号码。', en: 'This telephone belongs to another account; sign in with it or use another one.' },
  'policy-unknown': { status: 422, zh: '没有“{policy}”这个政策，或者它还没有发布过。', en: 'There is no policy "{policy}", or nothing of it is published.' },
  'precondition-required': { status: 428, zh: '修改前请带上 If-Match，避免盖掉别人的改动。', en: 'Send If-Match with a change, so that nobody else’s change is lost.' },
  'proof-needed': { status: 403, zh: '为了您的安全，请先再验证一次，然后继续。', en: 'For your safety, prove once more that it is you, then continue.' },
  'provider-issuer-unfit': { status: 422, zh: '身份系统的地址要以 https:// 开头，而且不能是本机或内网的 IP 地址。请填它对外的域名。', en: 'The issuer has to begin with https:// and must not be this machine or a private IP address. Give its public host name.' },
  'provider-refused': { status: 401, zh: '外部身份系统没有确认这次登录，请重新开始；仍不行请换一种方式登录。', en: 'The identity provider did not confirm this sign-in. Start again, or sign in another way.' },
  'provider-unreachable': { status: 502, zh: '暂时连不上外部身份系统，请稍后再试，或者换一种方式登录。', en: 'The identity provider cannot be reached at the moment. Try again later, or sign in another way.' },
  'publicity-nothing': { status: 409, zh: '这一项现在没有等着公示的办件。', en: 'No case of this benefit waits to be published now.' },
  'publicity-over': { status: 409, zh: '这份公示已经到期撤下，或者已经撤回了，没有可撤回的。', en: 'This list was withdrawn in time or taken back already; there is nothing to take back.' },
  'publicity-running': { status: 409, zh: '这一项的名单正在编制，编好以后再发起。', en: 'A list of this benefit is being gathered; wait until it is complete.' },
  'records-doubled': { status: 409, zh: '登记库里有几条记录是这个号码，请先合并，再核对认领。', en: 'Several records have this number; merge them before deciding the claim.' },
  'recovery-needed': { status: 403, zh: '这个账号很久没有登录了。手机号可能已经换了主人，请用“找回账号”核对姓名和证件号码；不是您的账号，请到窗口办理。', en: 'Nobody has used this account for a long time, and telephones change hands. Recover it with name and identity number; if it is not yours, come to a service window.' },
  'repayment-adopted': { status: 409, zh: '这笔追回已经有人提出或者认可，等另一位核准。', en: 'Somebody proposed or adopted this recovery already; it waits for another person to approve it.' },
  'repayment-not-adopted': { status: 409, zh: '这笔追回是系统提出的，要先由一位工作人员认可，再由另一位核准。', en: 'The program proposed this recovery. One person has to adopt it first, and another approves it.' },
  'repayment-state-unfit': { status: 409, zh: '这笔追回现在的状态是“{state}”，不能这样做。请刷新查看。', en: 'The state of this repayment is {state}, which does not allow this. Look at it again.' },
  'repayment-terms-wrong': { status: 422, zh: '分期还款的金额加起来要等于 {amount} 元，日期一期比一期晚。', en: 'The terms have to add up to {amount} yuan and come one after another.' },
  'repayment-too-large': { status: 422, zh: '最多还有 {amount} 元，不能超过。', en: 'At most {amount} yuan is left; it cannot be more.' },
  'report-code-unknown': { status: 404, zh: '没有这个回执码的举报。请照回执核对。', en: 'No report has this code. Compare it with your receipt.' },
  'report-over': { status: 409, zh: '这个举报已经办结。', en: 'This report has been settled.' },
  'request-answered': { status: 409, zh: '这个请求已经答复。', en: 'This request has been answered already.' },
  'result-imported-already': { status: 409, zh: '这个文件已经导入过，没有重复登记。', en: 'This file has been imported already; nothing was booked twice.' },
  'result-rows-wrong': { status: 422, zh: '文件里有 {count} 行不对，整份没有登记。逐行说明见 details，请和银行核对后再导入。', en: '{count} rows of the file are not right and nothing of it was booked. See details row by row, and ask the bank.' },
  'second-factor-refused': { status: 401, zh: '动态码不对或已用过，请等下一个；也可以用恢复码。', en: 'The code is wrong or was used; wait for the next one, or use a recovery code.' },
  'setting-unknown': { status: 422, zh: '这个政策没有“{name}”可以设定。可以设定的：{known}。', en: 'This policy has nothing called "{name}" to be set. What can be set: {known}.' },
  'setting-value-wrong': { status: 422, zh: '“{name}”不能设成“{value}”，应当是{expected}。', en: '"{name}" cannot be "{value}"; expected: {expected}.' },
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
  'text-unprintable': { status: 422, zh: '理由里有决定书上印不出来的字：{characters}。没有作出决定，请换掉这些字再提交。', en: 'The reason holds characters that a letter cannot show: {characters}. Nothing was decided; replace them and send it again.' },
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
  const told = words.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(values[name] ?? '');
    if (name === 'permission') return isPermission(value) ? permissionRow(value)[language] : value;
    return (name === 'state' || name === 'status' ? tellState(code, value, language) : undefined) ?? value;
  });
  // Brackets around what was not said.
  return told.replace(/ ?\(\)|（）/g, '');
}
