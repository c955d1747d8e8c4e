// Names of jurisdictions and benefits for the pages of payments, asked for once.
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

/** What stands for codes and ids. */
export interface PaymentNames {
  readonly places: readonly (readonly [code: string, name: string])[];
  readonly benefits: ReadonlyMap<string, string>;
}

/** The names, as far as they are there. */
export const PaymentNamesContext = createContext<PaymentNames>({ places: [], benefits: new Map() });

/** Gives what tells a jurisdiction and a benefit; a code where no name is known. */
export function usePaymentNames(): { readonly places: PaymentNames['places']; readonly placeOf: (code: string) => string; readonly benefitOf: (benefitId: string) => string } {
  const { places, benefits } = useContext(PaymentNamesContext);
  return {
    places,
    placeOf: (code) => places.find(([one]) => one === code)?.[1] ?? code,
    benefitOf: (benefitId) => benefits.get(benefitId) ?? benefitId,
  };
}
