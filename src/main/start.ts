// Starts the server (`npm start`): where it is and how to stop it, or in plain words why it cannot start.
import { fileURLToPath } from 'node:url';
import type { Menu } from './serve-menu.ts';
import { makeSiteServer } from './serve-site.ts';
import { readSettings, type Settings, SettingsError } from './settings.ts';

/** Starts the server and returns once it answers, or prints why it cannot and sets the exit code: 2 for wrong settings, 1 for anything else. */
export async function main(environment: Readonly<Record<string, string | undefined>> = process.env): Promise<void> {
  let settings: Settings;
  try {
    settings = readSettings(environment);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    console.error(error.message);
    process.exitCode = 2;
    return;
  }
  // The build's own module, which is there only once it has run.
  const menu = (await import(new URL('./menu.js', import.meta.url).href)) as Menu;
  const server = await makeSiteServer(fileURLToPath(new URL('../web', import.meta.url)), menu);
  try {
    await server.listen(settings);
  } catch (error) {
    console.error(tellWhyNot(error, settings));
    process.exitCode = 1;
    await server.close();
    return;
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.close());
  const address = server.server.address();
  console.log(tellWhere(address === null || typeof address === 'string' ? settings.port : address.port, settings.host));
}

function tellWhere(port: number, host: string): string {
  const isHere = host === 'localhost' || host === '127.0.0.1' || host === '::1';
  // An address that means every network of the machine cannot be typed into a browser.
  const isEverywhere = host === '0.0.0.0' || host === '::';
  const shown = isEverywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  const address = `http://${shown}:${port}`;
  const [reachZh, reachEn] = isHere
    ? ['只有这台机器能打开；要让别的机器也能打开：HOST=0.0.0.0 npm start', 'Only this machine can open it; to let others in: HOST=0.0.0.0 npm start']
    : ['同一网络里的其他机器也能打开', 'Other machines of the network can open it too'];
  return `
梧桐计算器：${address}
${reachZh}
停止：Ctrl+C

The Wutong calculator is at ${address}
${reachEn}
To stop: Ctrl+C
`;
}

function tellWhyNot(error: unknown, { port, host }: Settings): string {
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
