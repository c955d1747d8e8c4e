// Starts the server (`npm start`): database, interface, pages and what works in the background; where it is and how to stop it, or in plain words why it cannot start.
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import { ScannerAddressError } from '../adapters/scanner/clamd-scanner.ts';
import { SmsSettingsError } from '../adapters/sms/choose-sms.ts';
import { ProtectionError } from '../domains/protection/index.ts';
import { MigrationError } from '../storage/migrate.ts';
import { DatabaseUnavailable } from '../storage/unavailable.ts';
import { openParts, type Parts } from './api/parts.ts';
import { serveApi } from './api/serve-api.ts';
import { startBackground } from './background.ts';
import { closeServer } from './close-server.ts';
import { findDatabase, type FoundDatabase } from './database.ts';
import { foundFirstCity } from './found-first-city.ts';
import { keysBeside } from './keys-beside.ts';
import { openLog } from './log.ts';
import { type Operations, openOperations } from './operations.ts';
import type { Repeated } from './repeat.ts';
import type { Menu } from './serve-menu.ts';
import { makeSiteServer } from './serve-site.ts';
import { readSettings, type Settings, SettingsError } from './settings.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Starts the server and returns once it answers, or prints why it cannot and sets the exit code: 2 for wrong settings, 1 for anything else. */
export async function main(environment: Environment = process.env): Promise<void> {
  const opened: { close(): Promise<unknown> }[] = [];
  const closeAll = async (): Promise<void> => {
    // What was opened last stands on what was opened before.
    const failures: unknown[] = [];
    for (const each of opened.splice(0).reverse()) await each.close().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  };
  // Heard from the beginning: a database that is being started is stopped too.
  const isStopping = stopOnSignal(closeAll);
  let settings: Settings | undefined;
  try {
    settings = readSettings(environment);
    const database = await findDatabase({ environment, say: (zh, en) => console.error(`${zh}\n${en}`) });
    opened.push({ close: () => database.stop() });
    if (isStopping()) return await closeAll();
    await foundFirstCity(database.url, settings.city);
    const dataFolder = database.folder ?? settings.dataFolder;
    // Whoever watches a terminal wants to see what is wrong, and not every call.
    const log = openLog(settings.logLevel ?? (process.stdout.isTTY ? 'warn' : 'info'));
    const parts = await openParts({
      databaseUrl: database.serverUrl,
      dataFolder,
      keysFile: settings.keysFile ?? keysBeside(dataFolder),
      clamav: settings.clamav,
      environment,
      failed: (place, error) => log.failure(place, error),
    });
    opened.push(parts);
    const operations = openOperations({
      databaseUrl: database.serverUrl,
      dataFolder,
      db: parts.db,
      protector: parts.protector,
      log,
      metricsToken: settings.metricsToken,
    });
    opened.push(operations);
    // It starts after the server and ends after it too: nobody waits for it.
    const background: Repeated[] = [];
    opened.push({ close: () => Promise.all(background.map((each) => each.stop())) });
    const server = await makeServer(settings, parts, operations);
    opened.push({ close: () => closeServer(server) });
    if (isStopping()) return await closeAll();
    await server.listen({ port: settings.port, host: settings.host });
    operations.start();
    background.push(startBackground(parts, { log, metrics: operations.metrics }));
    const address = server.server.address();
    console.log(tellWhere(address === null || typeof address === 'string' ? settings.port : address.port, settings.host, database));
  } catch (error) {
    console.error(tellWhyNot(error, settings));
    process.exitCode = [SettingsError, SmsSettingsError, ScannerAddressError].some((kind) => error instanceof kind) ? 2 : 1;
    await closeAll();
  }
}

async function makeServer({ trustProxy }: Settings, parts: Parts, operations: Operations): Promise<FastifyInstance> {
  // The build's own module, which is there only once it has run.
  const menu = (await import(new URL('./menu.js', import.meta.url).href)) as Menu;
  return makeSiteServer(fileURLToPath(new URL('../web', import.meta.url)), {
    menu,
    mount: (site) => {
      operations.serve(site);
      return serveApi(site, { ...parts.api, ...operations.hooks }, parts.routes);
    },
    ...(trustProxy === undefined ? {} : { trustProxy }),
  });
}

/** Calls under way are answered before anything is closed; a second signal does not wait. */
function stopOnSignal(closeAll: () => Promise<void>): () => boolean {
  let isStopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (isStopping) process.exit(1);
      isStopping = true;
      closeAll().catch((error: unknown) => {
        console.error(error instanceof Error ? error.message : String(error));
        process.exitCode = 1;
      });
    });
  }
  return () => isStopping;
}

function tellWhere(port: number, host: string, database: FoundDatabase): string {
  const isHere = host === 'localhost' || host === '127.0.0.1' || host === '::1';
  // An address that means every network of the machine cannot be typed into a browser.
  const isEverywhere = host === '0.0.0.0' || host === '::';
  const shown = isEverywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  const address = `http://${shown}:${port}`;
  const [reachZh, reachEn] = isHere
    ? ['只有这台机器能打开；要让别的机器也能打开：HOST=0.0.0.0 npm start', 'Only this machine can open it; to let others in: HOST=0.0.0.0 npm start']
    : ['同一网络里的其他机器也能打开', 'Other machines of the network can open it too'];
  return `
梧桐：${address}
${reachZh}
${database.told.zh}
停止：Ctrl+C

Wutong is at ${address}
${reachEn}
${database.told.en}
To stop: Ctrl+C
`;
}

function tellWhyNot(error: unknown, settings: Settings | undefined): string {
  if (settings === undefined || isToldAlready(error)) return error instanceof Error ? error.message : String(error);
  const { port, host } = settings;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const another = port === 8081 ? 8082 : 8081;
  switch (code) {
    case 'EADDRINUSE':
      return `端口 ${port} 已被别的程序占用。换一个：PORT=${another} npm start\nPort ${port} is taken by another program. Choose another: PORT=${another} npm start`;
    case 'EACCES':
      return `没有权限使用端口 ${port}。换一个：PORT=${another} npm start\nNo permission to use port ${port}. Choose another: PORT=${another} npm start`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EADDRNOTAVAIL':
      return `这台机器没有地址“${host}”。去掉 HOST 就用 localhost，所有网络用 HOST=0.0.0.0\nThis machine has no address "${host}". Leave HOST out for localhost, or use HOST=0.0.0.0 for every network`;
    default:
      return `服务器没能启动：\nThe server could not start:\n${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Errors whose message is complete, in both languages. */
function isToldAlready(error: unknown): boolean {
  return [SettingsError, DatabaseUnavailable, MigrationError, ProtectionError, SmsSettingsError, ScannerAddressError].some((kind) => error instanceof kind);
}
