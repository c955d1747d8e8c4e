// A program for tests: the interface in a process of its own, so that it can be killed; one token stands for one person.
import { fastify } from 'fastify';
import type { Caller } from '../../src/domains/permissions/index.ts';
import { openParts } from '../../src/main/api/parts.ts';
import { serveApi } from '../../src/main/api/serve-api.ts';
import { newId } from '../../src/storage/database.ts';

const [databaseUrl = '', dataFolder = '', keysFile = '', tenant = '', partyId = '', accountId = ''] = process.argv.slice(2);
const caller: Caller = { tenantId: Number(tenant), actor: { accountId, sessionId: null, capacity: { kind: 'person', partyId, actsFor: [] } } };
const parts = await openParts({ databaseUrl, dataFolder, keysFile, connections: 6, rateFactor: 1000 });
const server = fastify({ logger: false, genReqId: () => newId() });
await serveApi(server, { ...parts.api, findCaller: async () => caller }, parts.routes);
console.log(await server.listen({ port: 0, host: '127.0.0.1' }));
