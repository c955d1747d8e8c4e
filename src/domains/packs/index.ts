// What other domains and the composition may use of packs: versions of policies that answer, and the ports that packs are filled through.
export { foundPacks } from './found-packs.ts';
export { hashPolicy, hashVocabularies } from './hash-pack.ts';
export { makePacks } from './open-pack.ts';
export type { BuiltPack, BuiltPacks, Compiled, Finding, OpenCases, PackCompiler, PackFiles, PackToCompile } from './pack-ports.ts';
export type { Packs } from './packs.ts';
export { packsRoutes } from './packs-routes.ts';
export type { EvaluatedBenefits, PinnedPack } from './pinned-pack.ts';
export { packsSealedColumns } from './sealed-columns.ts';
export { promiseName, publicityName } from './setting.ts';
