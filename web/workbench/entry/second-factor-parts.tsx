// The two things of a second factor that are shown once: the code to scan, and the recovery codes.
import { useMemo } from 'preact/hooks';
import { encode } from 'uqr';
import { Button } from '../../ui/button.tsx';
import { useOfficeWords } from '../office-words.ts';

/** The enrolment's address as a QR code, and its secret for whoever types. */
export function ScanCode({ address, secret }: { address: string; secret: string }) {
  const { signIn } = useOfficeWords();
  const { size, path } = useMemo(() => {
    const code = encode(address, { ecc: 'M', border: 2 });
    return { size: code.size, path: code.data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []))).join('') };
  }, [address]);
  return (
    <figure class="scan">
      <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={signIn.qr} shape-rendering="crispEdges">
        <rect width={size} height={size} class="scan-ground" />
        <path d={path} class="scan-dots" />
      </svg>
      <figcaption class="small">
        {signIn.enrolByHand}
        <code class="secret">{secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}</code>
      </figcaption>
    </figure>
  );
}

/** Recovery codes, to be kept before going on. */
export function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const { signIn } = useOfficeWords();
  return (
    <section class="gate-form">
      <h1>{signIn.codesHeading}</h1>
      <p class="soft">{signIn.codesLead}</p>
      <ol class="recovery-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <Button icon="print" onPress={() => print()}>{signIn.print}</Button>
      <Button tone="primary" onPress={onKept}>{signIn.codesKept}</Button>
    </section>
  );
}
