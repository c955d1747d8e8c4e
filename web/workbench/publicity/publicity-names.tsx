// Names of jurisdictions, policies and benefits for the pages of publicity and oversight, asked for once a section.
import { createContext, type ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import { listJurisdictions } from '../../../src/contract/departments-endpoints.ts';
import { listPolicies } from '../../../src/contract/packs-endpoints.ts';
import { call } from '../../client/call.ts';
import { OfficeLanguageContext } from '../office-words.ts';
import { useAsked } from '../use-call.ts';

/** A policy with its benefits, named. */
export interface NamedPolicy {
  readonly policyId: string;
  readonly title: string;
  readonly benefits: readonly (readonly [benefitId: string, title: string])[];
}

interface Names {
  readonly places: readonly (readonly [code: string, name: string])[];
  readonly policies: readonly NamedPolicy[];
}

const NamesContext = createContext<Names>({ places: [], policies: [] });

/** Fetches the names for what is inside; without them pages show codes and work all the same. */
export function WithNames({ children }: { children: ComponentChildren }) {
  const language = useContext(OfficeLanguageContext);
  const places = useAsked((signal) => call(listJurisdictions, { signal }), []);
  const policies = useAsked((signal) => call(listPolicies, { signal }), []);
  const names: Names = {
    places: places.state === 'there' ? places.value.data.items.map(({ code, name }) => [code, name] as const) : [],
    policies: policies.state === 'there' ? policies.value.data.items.map(({ policyId, short, benefits }) => ({ policyId, title: short[language], benefits: benefits.map(({ benefitId, title }) => [benefitId, title[language]] as const) })) : [],
  };
  return <NamesContext.Provider value={names}>{children}</NamesContext.Provider>;
}

/** Gives what tells them; a code where no name is known. */
export function useNames() {
  const { places, policies } = useContext(NamesContext);
  return {
    places,
    policies,
    placeOf: (code: string): string => places.find(([one]) => one === code)?.[1] ?? code,
    benefitOf: (policyId: string, benefitId: string): string => policies.find((one) => one.policyId === policyId)?.benefits.find(([one]) => one === benefitId)?.[1] ?? benefitId,
    policyOf: (policyId: string): string => policies.find((one) => one.policyId === policyId)?.title ?? policyId,
  };
}
