// An instant as people read it, in the city's time.
import { useContext } from 'preact/hooks';
import { OfficeLanguageContext } from './office-words.ts';

/** Gives what tells instants in the reader's language: day and minute in Asia/Shanghai. */
export function useTellInstant(): (instant: string) => string {
  const language = useContext(OfficeLanguageContext);
  const format = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', { timeZone: 'Asia/Shanghai', dateStyle: 'medium', timeStyle: 'short' });
  return (instant) => format.format(new Date(instant));
}
