// A heading whose lines break between words, which Chinese does not show by itself.
import { Fragment } from 'preact';

/** The words of a text with a place to break after each; where the browser knows no words, the text as it is. */
export function Phrased({ text, language }: { text: string; language: 'zh' | 'en' }) {
  if (language === 'en' || !('Segmenter' in Intl)) return <>{text}</>;
  const words: string[] = [];
  for (const { segment, isWordLike } of new Intl.Segmenter('zh', { granularity: 'word' }).segment(text)) {
    const last = words.at(-1);
    // A mark stays with the word before it, and an opening one with the word after.
    if (last !== undefined && (isWordLike !== true || /[（“《]$/u.test(last) || segment === '的')) words[words.length - 1] = last + segment;
    else words.push(segment);
  }
  return (
    <span class="phrased">
      {words.map((word, at) => (
        <Fragment key={at}>
          {at === 0 ? null : <wbr />}
          {word}
        </Fragment>
      ))}
    </span>
  );
}
