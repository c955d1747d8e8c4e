// Signs in by OpenID Connect: authorization code with PKCE, state and nonce, as openid-client checks them.
import * as oidc from 'openid-client';
import { Refusal } from '../../contract/errors.ts';
import type { IdentityProviders, ProviderSettings } from '../../domains/access/index.ts';

const TIMEOUT_SECONDS = 10;
/** An issuer's own description is read again after this time, so that new signing keys are taken up. */
const DESCRIPTION_MS = 600_000;

/** A machine of one's own may be reached without TLS, for trying things out; nothing else. */
function isLocal(issuer: URL): boolean {
  return issuer.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(issuer.hostname);
}

/** Providers reached over the network. */
export function openIdentityProviders(): IdentityProviders {
  const known = new Map<string, { readonly configuration: oidc.Configuration; readonly readAt: number }>();

  async function describe({ issuer, clientId, clientSecret }: ProviderSettings): Promise<oidc.Configuration> {
    const key = JSON.stringify([issuer, clientId, clientSecret]);
    const kept = known.get(key);
    if (kept !== undefined && Date.now() - kept.readAt < DESCRIPTION_MS) return kept.configuration;
    const url = new URL(issuer);
    const authentication = clientSecret === null ? oidc.None() : oidc.ClientSecretBasic(clientSecret);
    const execute = isLocal(url) ? [oidc.allowInsecureRequests] : [];
    try {
      const configuration = await oidc.discovery(url, clientId, undefined, authentication, { execute, timeout: TIMEOUT_SECONDS });
      known.set(key, { configuration, readAt: Date.now() });
      return configuration;
    } catch {
      throw new Refusal('provider-unreachable');
    }
  }

  return {
    async begin(settings) {
      const configuration = await describe(settings);
      const verifier = oidc.randomPKCECodeVerifier();
      const state = oidc.randomState();
      const nonce = oidc.randomNonce();
      const goTo = oidc.buildAuthorizationUrl(configuration, {
        redirect_uri: settings.returnUrl,
        // Who somebody is at the issuer, and nothing else about them.
        scope: 'openid',
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
      });
      return { goTo: goTo.href, state, nonce, verifier };
    },
    async end(settings, { state, nonce, verifier }, query) {
      const configuration = await describe(settings);
      const address = new URL(settings.returnUrl);
      address.search = query;
      try {
        const tokens = await oidc.authorizationCodeGrant(configuration, address, { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true });
        const subject = tokens.claims()?.sub;
        if (subject === undefined) throw new Refusal('provider-refused');
        return { subject };
      } catch (error) {
        if (error instanceof Refusal) throw error;
        // What fetch throws when nobody answers is a TypeError; everything else is an answer that did not hold.
        const isSilent = error instanceof oidc.ClientError ? error.code === 'OAUTH_TIMEOUT' : error instanceof TypeError && error.message === 'fetch failed';
        throw new Refusal(isSilent ? 'provider-unreachable' : 'provider-refused');
      }
    },
  };
}
