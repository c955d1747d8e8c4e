// Takes in many people at once, with their facts and employers: what is new is added, what differs is added to, what is the same is left alone.
import type { ErrorDetail } from '../../contract/errors.ts';
import { splitSensitive } from '../../contract/sensitive-facts.ts';
import { newId, type Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import { rowOf } from '../protection/index.ts';
import { type Employment, insertEmployments, readEmploymentsOf } from './import-store.ts';
import { findSameNamed } from './import-store.ts';
import { insertStatements, readStatements, type StatementRow } from './fact-store.ts';
import { isSameValue, type StatementOrigin, type TrustClass } from './known-facts.ts';
import { dayOf } from './party.ts';
import { countChange, insertParties } from './party-store.ts';
import { type CheckedPerson, checkPerson, isRefused, type NewPerson } from './person.ts';
import { findNumberHolders, insertPeople, type PersonRow, readPeople, type StoredPerson, updatePersonRow } from './person-store.ts';
import { refreshSearch } from './refresh-search.ts';
import type { RegistryTools } from './registry-tools.ts';
import { sealPerson, sealPhone } from './seal-person.ts';
