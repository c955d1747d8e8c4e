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
import { beginDemo, readStartWish, startFilling, waitUntilFilled } from './demo/begin-demo.ts';
import { DemoError } from './demo/found-demo.ts';
import { type DemoParts, hideDemo, serveDemo } from './demo/serve-demo.ts';
import { foundFirstCity } from './found-first-city.ts';
import { keysBeside } from './keys-beside.ts';
import { openLog } from './log.ts';
import { type Operations, openOperations } from './operations.ts';
import type { Repeated } from './repeat.ts';
import type { Menu } from './serve-menu.ts';
import { makeSiteServer } from './serve-site.ts';
import { readSettings, type Settings, SettingsError } from './settings.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Starts the server and returns once it answers, or prints why it cannot and sets the exit code: 2 for wrong settings, 1 for anything else.
 * An empty database of our own becomes a demonstration, filled behind the server; with `--empty` among `argv` it becomes a real city.
 */
export async function main(environment: Environment = process.env, argv: readonly string[] = process.argv.slice(2)): Promise<void> {
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
    const beginning = await beginDemo(database, readStartWish(argv, environment), new Date());
    if (beginning.kind === 'city') await foundFirstCity(database.url, settings.city);
    const dataFolder = database.folder ?? settings.dataFolder;
    // Whoever watches a terminal wants to see what is wrong, and not every call.
    const log = openLog(settings.logLevel ?? (process.stdout.isTTY ? 'warn' : 'info'));
    const parts = await openParts({
      databaseUrl: database.serverUrl,
      dataFolder,
      keysFile: settings.keysFile ?? keysBeside(dataFolder),
      clamav: settings.clamav,
      // No text message of a demonstration leaves this machine.
      environment: beginning.kind === 'demo' ? {} : environment,
      failed: (place, error) => log.failure(place, error),
    });
    opened.push(parts);
    const operations = openOperations({
      databaseUrl: database.serverUrl,
      sealerUrl: database.sealerUrl,
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
    const server = await makeServer(settings, parts, operations, beginning.kind === 'city' ? undefined : { db: parts.db, protector: parts.protector, dataFolder, mark: beginning.mark });
    opened.push({ close: () => closeServer(server) });
    if (isStopping()) return await closeAll();
    await server.listen({ port: settings.port, host: settings.host });
    operations.start();
    const start = (): void => void background.push(startBackground(parts, { log, metrics: operations.metrics }));
    const address = server.server.address();
    const where = addressOf(address === null || typeof address === 'string' ? settings.port : address.port, settings.host);
    console.log(tellWhere(where, settings.host, database));
    if (beginning.kind === 'city') return start();
    if (beginning.isToFill) console.log(tellFilling);
    const filling = beginning.isToFill ? startFilling(environment, (line) => console.log(line)) : undefined;
    if (filling !== undefined) opened.push({ close: () => filling.stop() });
    // What a server does by itself begins when the year is over: the year has its own.
    void (filling?.ended ?? waitUntilFilled(parts.db, beginning.mark.tenantId, isStopping)).then((isFilled) => {
      if (isStopping()) return;
      if (isFilled) start();
      console.log(isFilled ? tellDemo(where) : tellUnfilled);
    });
  } catch (error) {
    console.error(tellWhyNot(error, settings));
    process.exitCode = [SettingsError, SmsSettingsError, ScannerAddressError, DemoError].some((kind) => error instanceof kind) ? 2 : 1;
    await closeAll();
  }
}

async function makeServer({ trustProxy }: Settings, parts: Parts, operations: Operations, demo: DemoParts | undefined): Promise<FastifyInstance> {
  // The build's own module, which is there only once it has run.
  const menu = (await import(new URL('./menu.js', import.meta.url).href)) as Menu;
  return makeSiteServer(fileURLToPath(new URL('../web', import.meta.url)), {
    menu,
    mount: (site) => {
      operations.serve(site);
      if (demo === undefined) hideDemo(site);
      else serveDemo(site, demo);
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

/** Where the server is reached, as it is typed into a browser. */
function addressOf(port: number, host: string): string {
  // An address that means every network of the machine cannot be typed.
  const isEverywhere = host === '0.0.0.0' || host === '::';
  const shown = isEverywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${shown}:${port}`;
}

/** How to go on in a demonstration. */
function tellDemo(address: string): string {
  return `这是演示，没有一个真人；每种身份怎么登录：${address}/demo/\nThis is a demonstration, nobody in it is real; how to sign in as each role: ${address}/demo/`;
}

const tellFilling =
  '这里还是空的，正在后台装演示数据，服务器已经能用。要一座空的城市，换一个文件夹：WUTONG_DATA=城市 npm start -- --empty\n' +
  'Nothing was here yet: a demonstration is being filled in behind, and the server works already. For an empty city take another folder: WUTONG_DATA=city npm start -- --empty';

const tellUnfilled = '演示数据没有装完；停下再启动，会从头再装\nThe demonstration was not filled to its end; stop and start again, and it begins anew';

function tellWhere(address: string, host: string, database: FoundDatabase): string {
  const isHere = host === 'localhost' || host === '127.0.0.1' || host === '::1';
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
  return [SettingsError, DemoError, DatabaseUnavailable, MigrationError, ProtectionError, SmsSettingsError, ScannerAddressError].some((kind) => error instanceof kind);
}
