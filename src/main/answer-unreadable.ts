// Answers a request that is no HTTP, too long, or not finished in time: in both languages, with headers as strict as any page's.
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { bareHeaders } from './security-headers.ts';

const words: Readonly<Record<number, string>> = {
  400: '这个请求读不懂。\nThis request cannot be read.\n',
  408: '等得太久，请再试一次。\nThe request took too long. Please try again.\n',
  431: '请求的头太长。请清除这个网站的 Cookie，或者换一个短一点的地址。\nThe request’s headers are too long. Please clear the cookies of this site, or use a shorter address.\n',
};
const statuses: Readonly<Record<string, number>> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

/** What the server does where Node could not make a request of what came in. */
export function answerUnreadable(error: { readonly code?: string }, socket: Socket): void {
  // Whoever went away hears nothing any more.
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy(error as Error);
    return;
  }
  const status = statuses[error.code ?? ''] ?? 400;
  const text = words[status] ?? '';
  const headers = Object.entries({ ...bareHeaders, 'content-length': String(Buffer.byteLength(text)) }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${headers.join('')}\r\n${text}`);
}
