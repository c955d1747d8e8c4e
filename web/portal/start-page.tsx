// The start page: what the calculator does, by which policy, for whom, and what happens to the answers.
import { useContext } from 'preact/hooks';
import { Addresses } from '../../src/manual/addresses.ts';
import type { SubjectKind } from '../../src/policy/index.ts';
import { LanguageContext, useWords } from '../i18n/words.ts';
import { Button } from '../ui/button.tsx';
import { Skeleton } from '../ui/empty-state.tsx';
import { Icon, type IconName } from '../ui/icon.tsx';
import { Notice } from '../ui/notice.tsx';
import { Phrased } from '../ui/phrased.tsx';
import type { CityHeading } from './data.ts';

export interface StartOptions {
  /** The jurisdictions served. */
  readonly cities: readonly CityHeading[];
  /** The one that the address asks for, where it does. */
  readonly asked: string | undefined;
  /** Undefined in the page that the build prerenders, which does not know the day. */
  readonly dateTold: string | undefined;
  /** Questions answered so far, where answers are still on the device. */
  readonly answered: number;
  /** True right after clearing, while that can be undone. */
  readonly isCleared: boolean;
  readonly onStart: (subject: SubjectKind) => void;
  readonly onResume: () => void;
  readonly onUndo: () => void;
  readonly onAbout: () => void;
  readonly onLanguage: (language: 'zh' | 'en') => void;
}

/** The first page, the same when prerendered and in the browser. */
export function StartPage({ cities, asked, dateTold, answered, isCleared, onStart, onResume, onUndo, onAbout, onLanguage }: StartOptions) {
  const all = useWords();
  const words = all.start;
  const language = useContext(LanguageContext);
  const shown = asked === undefined ? cities : cities.filter(({ id }) => id === asked);
  return (
    <div class="start">
      <p class="start-city">{shown.map(({ title }) => title[language]).join(' · ')}</p>
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
          {shown.map(({ id, title, policies }) => (
            <li key={id}>{words.policiesOf(title[language], policies.map(({ short }) => short[language]).join(all.and))}</li>
          ))}
        </ul>
        <p class="start-menu">
          <a href={new Addresses(language).menu()}>{all.menu}</a>
          {words.menuHint}
        </p>
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
