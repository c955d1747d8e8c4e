// The inspector process: decodes files that anybody may have made, apart from the server, without its settings and keys.

import { drawPage } from './draw-page.ts';
import { inspectPaper } from './inspect-paper.ts';
import type { InspectorAnswer, InspectorRequest } from './inspector-messages.ts';

async function answer(request: InspectorRequest): Promise<InspectorAnswer> {
  try {
    if (request.kind === 'inspect') return { kind: 'inspected', inspection: await inspectPaper(request.content, request.extension) };
    return { kind: 'drawn', picture: await drawPage(request.content, request.type, request.page, request.widthPixels) };
  } catch (error) {
    return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
}

process.on('message', (request: InspectorRequest) => {
  void answer(request).then((answered) => process.send?.(answered));
});
// A server that is gone, however it went, leaves no inspector behind.
process.on('disconnect', () => process.exit(0));
