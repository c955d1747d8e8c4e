// The start page: what the calculator does, by which policy, for whom, and what happens to the answers.
import { useContext } from 'preact/hooks';
import type { SubjectKind } from '../../src/policy/index.ts';
import { LanguageContext, useWords } from '../i18n/words.ts';
import { Button } from '../ui/button.tsx';
import { Skeleton } from '../ui/empty-state.tsx';
import { Icon, type IconName } from '../ui/icon.tsx';
import { Notice } from '../ui/notice.tsx';
import { Phrased } from '../ui/phrased.tsx';

export interface StartOptions {
  readonly city: string;
  readonly policies: readonly string[];
  /** Undefined in the page that the build prerenders, which does not know the day. */
  readonly dateTold: string | undefined;
  /** Questions answered so far, where answers are still on the device. */
  readonly answered: number;
  /** True right after clearing, while that can be undone. */
  readonly isCleared: boolean;
  /** True while the questions are on their way. */
  readonly isOpening: boolean;
  /** True where the questions could not be fetched. */
  readonly hasFailed: boolean;
  readonly onRetry: () => void;
  readonly onStart: (subject: SubjectKind) => void;
  readonly onResume: () => void;
  readonly onUndo: () => void;
  readonly onAbout: () => void;
  readonly onLanguage: (language: 'zh' | 'en') => void;
}

/** The first page, the same when prerendered and in the browser. */
export function StartPage({ city, policies, dateTold, answered, isCleared, isOpening, hasFailed, onRetry, onStart, onResume, onUndo, onAbout, onLanguage }: StartOptions) {
  const words = useWords().start;
  const language = useContext(LanguageContext);
  return (
    <div class="start">
      <p class="start-city">{city}</p>
      <h1 id="title" tabIndex={-1}>
        <Phrased text={words.title} language={language} />
      </h1>
      <p class="lead even">
        <Phrased text={words.lead} language={language} />
      </p>
      {isCleared ? (
        <Notice tone="leaf" icon="yes">
          {words.cleared} <Button tone="quiet" onPress={onUndo}>{words.undo}</Button>
        </Notice>
      ) : null}
      {hasFailed ? (
        <Notice tone="clay" icon="information">
          {words.failed} <Button tone="quiet" onPress={onRetry}>{words.retry}</Button>
        </Notice>
      ) : null}
      <p class="small soft" role="status">{isOpening ? words.opening : ''}</p>
      {answered > 0 ? <BigButton title={words.resume} hint={words.resumeHint(answered)} tone="resume" onPress={onResume} /> : null}
      <BigButton title={words.person} hint={words.personHint} tone={answered > 0 ? 'secondary' : 'primary'} onPress={() => onStart('person')} />
      <p class="promise">
        <Icon name="private" />
        <span class="even">
          <Phrased text={words.promise} language={language} />
        </span>
      </p>
      <h2 class="start-others">{words.others}</h2>
      <ul class="start-subjects" role="list">
        {(['organisation', 'project', 'team'] as const).map((subject) => (
          <li key={subject}>
            <BigButton title={words[subject]} hint={words[`${subject}Hint`]} tone="secondary" onPress={() => onStart(subject)} />
          </li>
        ))}
      </ul>
      <footer class="start-foot small soft">
        <p>{dateTold === undefined ? <Skeleton /> : words.by(dateTold)}</p>
        <ul role="list">
          {policies.map((policy) => (
            <li key={policy}>{policy}</li>
          ))}
        </ul>
        <Button tone="quiet" icon="information" onPress={onAbout}>{words.about}</Button>
        <Button tone="quiet" onPress={() => onLanguage(language === 'zh' ? 'en' : 'zh')}>
          <span lang={language === 'zh' ? 'en' : 'zh-CN'}>{language === 'zh' ? 'In English' : '用中文看'}</span>
        </Button>
      </footer>
      <noscript>
        <p class="notice clay">{words.needsScript}</p>
      </noscript>
    </div>
  );
}

function BigButton({ title, hint, tone, onPress, icon = 'on' }: { title: string; hint: string; tone: 'primary' | 'secondary' | 'resume'; onPress: () => void; icon?: IconName }) {
  return (
    <button type="button" class={`big-button ${tone}`} onClick={onPress}>
      <span>
        <b>{title}</b>
        <span class="small even">
          <Phrased text={hint} language={useContext(LanguageContext)} />
        </span>
      </span>
      <Icon name={icon} />
    </button>
  );
}
