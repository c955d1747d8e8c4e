// The other cases of the same person for benefits of the same matter, above a case: of them one is given.
import { useContext } from 'preact/hooks';
import { Notice } from '../../ui/notice.tsx';
import { linkTo } from '../address.ts';
import { OfficeLanguageContext } from '../office-words.ts';
import type { OneCase } from './case-papers.tsx';

/** Nothing where there is none; `lead` says what the lines are, `section` is where the caller's cases are. */
export function SameMatter({ of, lead, section }: { of: Pick<OneCase, 'sameMatter'>; lead: string; section: string }) {
  const language = useContext(OfficeLanguageContext);
  if (of.sameMatter.length === 0) return null;
  return (
    <Notice tone={of.sameMatter.some(({ isGranted }) => isGranted) ? 'clay' : 'plain'}>
      <b>{lead}</b>
      <ul class="case-lines">
        {of.sameMatter.map(({ caseId, caseNumber, benefitTitle, statusWords, isOpenable, words }) => (
          <li key={caseId}>
            {benefitTitle[language]} · {isOpenable ? <a class="number" href={linkTo([section, caseId])}>{caseNumber}</a> : <span class="number">{caseNumber}</span>} · {statusWords}
            <span class="small soft"> {language === 'zh' ? `（${words.zh}）` : `(${words.en})`}</span>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
