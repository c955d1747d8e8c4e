// A paper of a demonstration, handed in as people do: uploaded, looked into by the inspector, accepted.
import { setTimeout as sleep } from 'node:timers/promises';
import PDFDocument from 'pdfkit';
import type { Hand } from './demo-desk.ts';

const LOOK_MS = 20;
const PATIENCE_MS = 60_000;

/** Hands a paper of a party in and waits until it was checked. @returns its id */
export async function makePaper(hand: Hand, partyId: string, kind: string, text: string): Promise<string> {
  const bytes = await drawPaper(text);
  const begun = await hand.post<{ paper: { evidenceId: string } }>('/evidence', { partyId, kind, fileName: 'sample.pdf', sizeBytes: bytes.length });
  const path = `/evidence/${begun.paper.evidenceId}`;
  await hand.send('PATCH', `${path}/content`, bytes, { 'upload-offset': '0' });
  await hand.post(`${path}/complete`);
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await sleep(LOOK_MS)) {
    const { status } = await hand.get<{ status: string }>(path);
    if (status === 'clean') return begun.paper.evidenceId;
    if (status !== 'checking') throw new Error(`a sample paper came out as ${status}`);
  }
  throw new Error('a sample paper was not checked in time');
}

async function drawPaper(text: string): Promise<Buffer> {
  const document = new PDFDocument({ size: 'A4' });
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((done) => document.on('end', () => done()));
  document.fontSize(28).fillColor('#b8ad97').text('SAMPLE', 72, 96).fontSize(16).fillColor('#333').text(text, 72, 160).fontSize(11).text('A sample paper of a demonstration. Nobody named here is real.', 72, 200);
  document.end();
  await ended;
  return Buffer.concat(chunks);
}
