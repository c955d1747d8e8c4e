// A real OpenID Connect provider in this process, and a browser that walks through it.
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

/** A running provider. */
export interface TestProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly returnUrl: string;
  /** Who signs in there next. */
  setSubject(subject: string): void;
  /** Follows a visit to its end. @returns what stands behind the question mark of the address of return. */
  walk(goTo: string): Promise<string>;
  stop(): Promise<void>;
}

/** Starts a provider with one client that must use PKCE. */
export async function startProvider(): Promise<TestProvider> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP port');
  const issuer = `http://127.0.0.1:${address.port}`;
  const client = { clientId: 'wutong', clientSecret: 'sample-secret-of-the-client', returnUrl: 'https://talent.example/sign-in/return' };
  let subject = 'subject-one';
  const provider = new Provider(issuer, {
    clients: [{ client_id: client.clientId, client_secret: client.clientSecret, redirect_uris: [client.returnUrl], grant_types: ['authorization_code'], response_types: ['code'] }],
    findAccount: (_ctx, id) => ({ accountId: id, claims: () => Promise.resolve({ sub: id, name: '张三一', phone_number: '13800000001' }) }),
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    pkce: { required: () => true },
    cookies: { keys: ['sample-cookie-key'] },
    // Whoever is signed in has agreed.
    async loadExistingGrant(ctx) {
      const grant = new ctx.oidc.provider.Grant({ accountId: ctx.oidc.session?.accountId ?? '', clientId: ctx.oidc.client?.clientId ?? '' });
      grant.addOIDCScope('openid');
      await grant.save();
      return grant;
    },
    ttl: { AccessToken: 600, AuthorizationCode: 60, IdToken: 600, Grant: 600, Interaction: 600, Session: 600 },
  });
  const answer = provider.callback();
  server.on('request', (request, response) => {
    if (request.url?.startsWith('/interaction/') === true) void provider.interactionFinished(request, response, { login: { accountId: subject } });
    else void answer(request, response);
  });

  async function walk(goTo: string): Promise<string> {
    const jar = new Map<string, string>();
    let next = new URL(goTo);
    for (let hop = 0; hop < 10; hop++) {
      if (next.href.startsWith(client.returnUrl)) return next.search.slice(1);
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      const response = await fetch(next, { redirect: 'manual', headers: { cookie } });
      for (const line of response.headers.getSetCookie()) {
        const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
        jar.set(name, value);
      }
      const location = response.headers.get('location');
      if (location === null) throw new Error(`the visit ended at ${next.href}: ${response.status} ${await response.text()}`);
      next = new URL(location, next);
    }
    throw new Error('the visit goes in circles');
  }

  return {
    issuer,
    ...client,
    setSubject: (next) => void (subject = next),
    walk,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
