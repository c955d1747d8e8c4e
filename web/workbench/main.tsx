// Where the workbench starts in the browser.
import { render } from 'preact';
import { loadWords } from '../i18n/words.ts';
import { readPreferences } from '../ui/preferences.ts';
import { WorkbenchApp } from './workbench-app.tsx';

const root = document.getElementById('app');
if (root !== null) {
  const language = readPreferences().language ?? 'zh';
  await loadWords(language);
  render(<WorkbenchApp written={language} door={location.pathname.startsWith('/my') ? 'people' : 'staff'} />, root);
}
