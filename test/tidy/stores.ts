// Looks at every exported function of every store: whether it asks for a transaction and for a scope that the permission table made.
import ts from 'typescript6';

/** A function of a store. */
export interface StoreFunction {
  readonly file: string;
  readonly name: string;
  /** What is wrong with it; empty where it asks for both. */
  readonly faults: readonly ('no-transaction' | 'no-scope' | 'untyped-scope')[];
}

/** Every exported function of `files` (absolute paths), in the order of the files. */
export function listStoreFunctions(files: readonly string[]): readonly StoreFunction[] {
  const program = ts.createProgram([...files], {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    types: ['node'],
  });
  const checker = program.getTypeChecker();
  const found: StoreFunction[] = [];
  for (const file of files) {
    const source = program.getSourceFile(file);
    const symbol = source && checker.getSymbolAtLocation(source);
    for (const exported of symbol === undefined ? [] : checker.getExportsOfModule(symbol)) {
      const declaration = exported.valueDeclaration;
      // A name passed on from elsewhere is looked at where it is declared.
      if (declaration === undefined || declaration.getSourceFile() !== source) continue;
      const type = checker.getTypeOfSymbolAtLocation(exported, declaration);
      for (const signature of type.getCallSignatures()) found.push({ file, name: exported.name, faults: faultsOf(signature, checker, declaration) });
    }
  }
  return found;
}

function faultsOf(signature: ts.Signature, checker: ts.TypeChecker, at: ts.Node): StoreFunction['faults'] {
  const types = signature.getParameters().map((parameter) => checker.getTypeOfSymbolAtLocation(parameter, at));
  // Without a way to the database a function is plain computing: it reads a row's values, or words a problem.
  if (!types.some(reachesDatabase)) return [];
  const [tx, scope] = types;
  const faults: StoreFunction['faults'][number][] = [];
  if (tx === undefined || !isTransaction(tx)) faults.push('no-transaction');
  if (scope === undefined || !isScope(scope)) faults.push('no-scope');
  else if ((scope.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0) faults.push('untyped-scope');
  return faults;
}

/** A transaction, kysely itself, the pool, or anything that holds one of them. */
function reachesDatabase(type: ts.Type): boolean {
  if ((type.flags & ts.TypeFlags.Any) !== 0) return true;
  return ['selectFrom', 'kysely', 'query', 'connect'].some((name) => type.getProperty(name) !== undefined);
}

/** kysely's Transaction, by what only it has. */
function isTransaction(type: ts.Type): boolean {
  return (type.flags & ts.TypeFlags.Any) === 0 && type.getProperty('isTransaction') !== undefined && type.getProperty('selectFrom') !== undefined;
}

/** A Scope, by its brand: a property under a symbol that only scope.ts knows. */
function isScope(type: ts.Type): boolean {
  const parts = type.isUnion() ? type.types : [type];
  return parts.every((part) => {
    const constrained = part.isTypeParameter() ? (part.getConstraint() ?? part) : part;
    return constrained.getProperties().some((property) => property.escapedName.toString().startsWith('__@madeByTable'));
  });
}
