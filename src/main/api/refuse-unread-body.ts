// Refuses a large body by what stands in front of it: whoever has no session does not fill the memory first.
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Endpoint } from '../../contract/endpoint.ts';
import { Refusal } from '../../contract/errors.ts';
import { permissionRow } from '../../contract/permissions.ts';
import { inTenant } from '../../storage/database.ts';
import { type ApiParts, refusalFor, tokenOf } from './answer-call.ts';
import { addressOf } from './caller-address.ts';

/** What is read of somebody without a session: enough for every form that is open to all. */
const MOST_BYTES_OF_STRANGERS = 65_536;

/**
 * Lets a call pass whose body is small, or whose token stands for somebody. Asks nobody about small bodies: their caller is found once they
 * are read. Called before the body is read.
 * @param limit the most bytes that the endpoint takes of anybody
 * @throws Refusal sign-in-required, body-too-large (where anyone may call), too-many-requests, tenant-unknown, unavailable
 */
export async function refuseUnreadBody(parts: ApiParts, endpoint: Endpoint, limit: number, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const size = announcedBytes(request);
  const isUpload = endpoint.bytes === 'request' || endpoint.bytes === 'both';
  const shown = tokenOf(request);
  if (size <= MOST_BYTES_OF_STRANGERS && !(isUpload && shown === undefined)) return;
  if (shown !== undefined && (await isSomebody(parts, request, shown.token))) return;
  // The rest of a body of known size is read and dropped, so that its sender hears the answer; any other ends with the connection.
  if (size > limit) reply.header('connection', 'close');
  parts.limits.count('unknown', addressOf(request.ip), parts.now());
  const isOpen = permissionRow(endpoint.permission).holders.anyone !== undefined;
  throw isOpen ? new Refusal('body-too-large', { limit: `${MOST_BYTES_OF_STRANGERS / 1024} KiB` }) : new Refusal('sign-in-required');
}

/** How large the body says that it is; endless where it is sent in chunks and says nothing. */
function announcedBytes({ headers }: FastifyRequest): number {
  return headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : Number.POSITIVE_INFINITY;
}

async function isSomebody(parts: ApiParts, request: FastifyRequest, token: string): Promise<boolean> {
  try {
    const { tenantId } = await parts.tenants.ofHost(request.hostname);
    return await inTenant(parts.db, tenantId, async (tx) => (await parts.findCaller(tx, tenantId, token, parts.now())) !== undefined);
  } catch (error) {
    throw error instanceof Refusal ? error : refusalFor(error);
  }
}
