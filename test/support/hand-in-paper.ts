// Papers as people and officers hand them in: uploaded, checked by the real inspector, and told of when that is done.
import type { Answered, TestCaller } from './api.ts';
import { makePdf } from './sample-papers.ts';

/** What a paper is handed in with unless a test says otherwise. */
export interface PaperSample {
  readonly content?: Uint8Array;
  readonly kind?: string;
  readonly expiresOn?: string;
}

interface ToldPaper {
  readonly evidenceId: string;
  readonly status: string;
}

let sequence = 0;

/** Hands a paper of a party in and waits until it was checked; each is another file. @returns the answer that tells of it. */
export async function handInPaper(caller: TestCaller, partyId: string, { content, kind = '其他材料', expiresOn }: PaperSample = {}): Promise<Answered> {
  const bytes = content ?? (await makePdf({ text: `Sample ${++sequence}` }));
  const begun = await caller.post('/evidence', { partyId, kind, fileName: 'sample.pdf', sizeBytes: bytes.length, ...(expiresOn === undefined ? {} : { expiresOn }) });
  if (begun.status !== 201) throw new Error(`the sample paper was not begun: ${begun.raw.toString('utf8')}`);
  const path = `/evidence/${(begun.body as { paper: ToldPaper }).paper.evidenceId}`;
  await caller.call('PATCH', `${path}/content`, { bytes, headers: { 'upload-offset': '0' } });
  await caller.post(`${path}/complete`);
  for (;;) {
    const answer = await caller.get(path);
    if ((answer.body as ToldPaper).status !== 'checking') return answer;
    await new Promise((done) => setTimeout(done, 30));
  }
}

/** As {@link handInPaper}, for a paper that is accepted. @returns its id. */
export async function acceptedPaper(caller: TestCaller, partyId: string, sample: PaperSample = {}): Promise<string> {
  const answer = await handInPaper(caller, partyId, sample);
  const { status, evidenceId } = answer.body as ToldPaper;
  if (status !== 'clean') throw new Error(`the sample paper was not accepted: ${answer.raw.toString('utf8')}`);
  return evidenceId;
}
