// The page that shows every part of the design system in every state, and the figures behind it.
import { type ComponentChildren, render } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { LanguageContext, loadWords, type PageLanguage } from '../i18n/words.ts';
import { Amount } from './amount.tsx';
import { Button } from './button.tsx';
import { ChoiceList, ChoiceWords, RadioChoice, TickList } from './choice-list.tsx';
import { Combobox } from './combobox.tsx';
import { colourPairs, contrastOf } from './contrast.ts';
import { Disclosure } from './disclosure.tsx';
import { EmptyState, Skeleton } from './empty-state.tsx';
import { DateField, NumberField } from './field.tsx';
import { Icon, iconNames } from './icon.tsx';
import { Mark, VeinProgress } from './mark.tsx';
import { ErrorSummary, Notice } from './notice.tsx';
import { Phrased } from './phrased.tsx';
import { PlacePicker, PlacesPicker } from './place-picker.tsx';
import { applyPreferences, type Preferences, readPreferences } from './preferences.ts';
import { SkipLink } from './skip-link.tsx';
import { StatusTag } from './status-tag.tsx';
import { Strip } from './strip.tsx';
import { LanguageSwitch, ThemeSwitch, TypeSizeSwitch } from './switches.tsx';
import { Timeline } from './timeline.tsx';

const sizes = ['13', '15', '17', '20', '24', '32', '44'];
const spaces = ['1', '2', '3', '4', '5', '6', '8', '10', '12', '16', '24'];
const places = {
  here: [{ code: '220202', name: '昌邑区' }, { code: '220203', name: '龙潭区' }, { code: '220204', name: '船营区' }],
  province: [{ code: '220100', name: '长春市' }],
  provinces: [{ code: '230000', name: '黑龙江省' }],
};
const kinds = [
  { label: '企业', hint: '公司、合伙企业、个体工商户', value: '企业' },
  { label: '事业单位', hint: '学校、医院、研究所', value: '事业单位' },
  { label: '还没有单位', value: '' },
];
const titles = [{ label: '技术能手', value: '技术能手' }, { label: '技能大奖', hint: '省级以上', value: '技能大奖' }];
const schools = ['吉林大学', '吉林农业大学', '吉林化工学院'];

function Gallery() {
  const [preferences, setPreferences] = useState<Preferences>(readPreferences);
  const [language, setLanguage] = useState<PageLanguage>('zh');
  const [answer, setAnswer] = useState('');
  const [taken, setTaken] = useState('a');
  useLayoutEffect(() => applyPreferences(preferences), [preferences]);
  useLayoutEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  }, [language]);
  const tell = (value: unknown): void => setAnswer(JSON.stringify(value));
  return (
    <LanguageContext.Provider value={language}>
      <SkipLink to="parts">{language === 'zh' ? '跳到部件' : 'Skip to the parts'}</SkipLink>
      <main class="gallery">
        <Mark size={44} />
        <h1 id="parts" tabIndex={-1}>梧桐的界面部件 · Parts</h1>
        <p class="soft">一页排得好的书，一个晴朗的秋日。A well-set page of a good book on a clear autumn day.</p>
        <Part title="怎么看 · Display">
          <LanguageSwitch value={language} onChange={setLanguage} />
          <TypeSizeSwitch value={preferences.size} onChange={(size) => setPreferences({ ...preferences, size })} />
          <ThemeSwitch value={preferences.theme} onChange={(theme) => setPreferences({ ...preferences, theme })} />
        </Part>
        <Part title="颜色 · Colour">
          <ColourTable preferences={preferences} />
        </Part>
        <Part title="字号 · Type" shape="is-column">
          {sizes.map((size) => (
            <Sized key={size} property="fontSize" token={`--t${size}`}>{size} 每满一年，发一次 120,000 元</Sized>
          ))}
        </Part>
        <Part title="间距 · Space" shape="is-column">
          {spaces.map((space) => (
            <div key={space}>
              <span class="tiny soft">{Number(space) * 4} px</span>
              <Sized property="width" token={`--s${space}`} look="space-bar" />
            </div>
          ))}
        </Part>
        <Part title="标志和进度 · Mark and progress">
          <State name="mark"><Mark size={72} /></State>
          {[0, 4, 10].map((done) => (
            <State key={done} name={`${done} / 10`}><VeinProgress done={done} total={10} label={`${done} / 10`} /></State>
          ))}
        </Part>
        <Part title="图标 · Icons" shape="is-row">
          {iconNames.map((name) => (
            <State key={name} name={name}><Icon name={name} /></State>
          ))}
        </Part>
        <Part title="按钮 · Buttons">
          <State name="primary"><Button tone="primary" iconAfter="on">继续</Button></State>
          <State name="secondary"><Button icon="print">打印或存成 PDF</Button></State>
          <State name="quiet"><Button tone="quiet" icon="back">上一步</Button></State>
          <State name="busy"><Button tone="primary" isBusy>正在算</Button></State>
          <State name="disabled"><Button isDisabled>继续</Button></State>
        </Part>
        <Part title="大选项 · Choices">
          <State name="ChoiceList" id="kinds"><ChoiceList options={kinds} labelledBy="kinds" onChoose={tell} /></State>
          <State name="ChoiceList, given" id="given"><ChoiceList options={kinds} given="企业" labelledBy="given" onChoose={tell} /></State>
          <State name="TickList" id="ticks"><TickList options={titles} none="都没有" given={['技能大奖']} labelledBy="ticks" onDone={tell} /></State>
          <State name="RadioChoice">
            <fieldset class="choices">
              <legend class="unseen">RadioChoice</legend>
              {['a', 'b'].map((one) => (
                <RadioChoice key={one} group="gallery" isTaken={taken === one} onTake={() => setTaken(one)}>
                  <ChoiceWords label={one === 'a' ? '生活补贴' : '人才公寓'} hint={one === 'a' ? '120,000 元' : undefined} />
                </RadioChoice>
              ))}
            </fieldset>
          </State>
        </Part>
        <Part title="填写 · Fields">
          <State name="DateField" id="date"><DateField earliest="1970-01-01" latest="2026-11-21" labelledBy="date" onDone={tell} /></State>
          <State name="DateField, given" id="date-given"><DateField earliest="1970-01-01" latest="2026-11-21" given="2021-07-01" labelledBy="date-given" onDone={tell} /></State>
          <State name="NumberField" id="number"><NumberField unit={language === 'zh' ? '元' : 'yuan'} decimals={2} most={100_000_000} given={156000} labelledBy="number" onDone={tell} /></State>
          <State name="Combobox" id="school">
            <Combobox
              suggest={(text) => schools.filter((name) => name.includes(text)).map((name) => ({ name, note: name === '吉林大学' ? '985、211' : '' }))}
              hint="名单里没有也可以，照毕业证上的名字写。"
              missing="请写学校的名称。"
              labelledBy="school"
              onDone={tell}
            />
          </State>
          <State name="PlacePicker"><PlacePicker city="吉林市" places={places} given="220202" onChoose={tell} /></State>
          <State name="PlacesPicker"><PlacesPicker city="吉林市" places={places} given={['220100']} onDone={tell} /></State>
          <p class="small soft" role="status">{answer === '' ? '' : `onDone(${answer})`}</p>
        </Part>
        <Part title="金额 · Amounts">
          <State name="certain"><Amount told="120,000 元" isCertain /></State>
          <State name="range"><Amount told="60,000 到 120,000 元" /></State>
          <State name="at most"><Amount told="最多 200,000 元，数额由评审定" /></State>
          <State name="past"><Amount told="24,000 元" isPast /></State>
        </Part>
        <Part title="怎么样了 · Status">
          <State name="yes"><StatusTag status="yes" word="可以领" /></State>
          <State name="no"><StatusTag status="no" word="合同要签满 5 年，您的是 3 年" /></State>
          <State name="unknown"><StatusTag status="unknown" word="还差 2 个答案" /></State>
          <State name="review"><StatusTag status="review" word="要市科技局评审" /></State>
          <State name="left"><StatusTag status="left" word="选了别的" /></State>
        </Part>
        <Part title="确定的那一条 · Strip">
          <State name="nothing yet"><Strip certain="0" possible="428,000" counts="" onOpen={() => tell('open')} /></State>
          <State name="grown"><Strip certain="220,000" possible="428,000" counts="" change={{ from: '120,000', hasFallen: false, told: '您在这里买了房。' }} onOpen={() => tell('open')} /></State>
          <State name="fallen"><Strip certain="0" counts="0 项确定，12 项可能" change={{ from: '120,000', hasFallen: true, told: '合同要签满 5 年。' }} onOpen={() => tell('open')} /></State>
        </Part>
        <Part title="发放的日子 · Timeline">
          <Timeline
            items={[
              { key: '1', date: '2025-07-01', dateTold: '2025年7月1日', title: '生活补贴', amountTold: '24,000 元', isPast: true, note: '已到日子' },
              { key: '2', date: '2026-12-31', dateTold: '2026年12月31日', title: '住房补贴', amountTold: '100,000 元', isPast: false, note: '下一笔' },
              { key: '3', date: '2027-07-01', dateTold: '2027年7月1日', title: '生活补贴', amountTold: '24,000 元', isPast: false },
            ]}
          />
        </Part>
        <Part title="消息 · Messages">
          <State name="plain"><Notice>现在没有网络，不影响计算。</Notice></State>
          <State name="leaf"><Notice tone="leaf" icon="yes">已经清空。<Button tone="quiet">撤销</Button></Notice></State>
          <State name="ErrorSummary"><ErrorSummary title="还差一点" problems={[{ field: 'date', words: '毕业的日子要在合同开始以前。' }]} /></State>
          <State name="EmptyState"><EmptyState>继续回答，确定下来的会写在这里。</EmptyState></State>
          <State name="Skeleton"><Skeleton /></State>
        </Part>
        <Part title="展开 · Disclosure">
          <State name="closed"><Disclosure label="什么是规上企业" count="3 项">年主营业务收入二千万元以上的工业企业。</Disclosure></State>
          <State name="open"><Disclosure label="什么是规上企业" isOpen>年主营业务收入二千万元以上的工业企业。</Disclosure></State>
          <State name="Phrased"><h2><Phrased text="您现在在什么样的单位工作？" language="zh" /></h2></State>
        </Part>
      </main>
    </LanguageContext.Provider>
  );
}

function Part({ title, shape = '', children }: { title: string; shape?: 'is-row' | 'is-column' | ''; children: ComponentChildren }) {
  return (
    <section class="gallery-part">
      <h2>{title}</h2>
      <div class={`gallery-states ${shape}`}>{children}</div>
    </section>
  );
}

function State({ name, id, children }: { name: string; id?: string; children: ComponentChildren }) {
  return (
    <div class="gallery-state">
      <h3 id={id}>{name}</h3>
      {children}
    </div>
  );
}

/** Something in the size of a token, set by script since the page allows no style in its markup. */
function Sized({ property, token, look = '', children }: { property: 'fontSize' | 'width'; token: string; look?: string; children?: ComponentChildren }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (place.current !== null) place.current.style[property] = `var(${token})`;
  }, [property, token]);
  return <div ref={place} class={look}>{children}</div>;
}

/** Every pair of colours with its contrast, in the theme that is shown. */
function ColourTable({ preferences }: { preferences: Preferences }) {
  const [colours, setColours] = useState<Readonly<Record<string, string>>>({});
  useEffect(() => {
    const style = getComputedStyle(document.documentElement);
    const names = new Set(colourPairs.flatMap(({ colour, ground }) => [colour, ground]));
    setColours(Object.fromEntries([...names].map((name) => [name, style.getPropertyValue(`--${name}`).trim()])));
  }, [preferences]);
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">颜色</th>
          <th scope="col">底色</th>
          <th scope="col">样子</th>
          <th scope="col" class="figure">对比</th>
          <th scope="col" class="figure">至少</th>
        </tr>
      </thead>
      <tbody>
        {colourPairs.map(({ colour, ground, least }) => (
          <tr key={`${colour} ${ground}`}>
            <th scope="row">{colour}</th>
            <td>{ground}</td>
            <td>
              <Swatch colour={colours[colour] ?? ''} ground={colours[ground] ?? ''} isText={least === 4.5} />
            </td>
            <td class="figure">{colours[colour] === undefined ? '' : contrastOf(colours[colour], colours[ground] ?? '').toFixed(1)}</td>
            <td class="figure">{least}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Swatch({ colour, ground, isText }: { colour: string; ground: string; isText: boolean }) {
  const place = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (place.current === null) return;
    place.current.style.color = colour;
    place.current.style.background = ground;
  }, [colour, ground]);
  return (
    <span ref={place} class="swatch" aria-hidden={!isText}>
      {isText ? '永和' : '●'}
    </span>
  );
}

const root = document.getElementById('app');
await loadWords('en');
if (root !== null) render(<Gallery />, root);
