import { openDatabase, inTenant } from './src/storage/database.ts';
import { findPage, countMatches, type ListQuestion } from './src/domains/registry/list-store.ts';
import { jobScope } from './src/domains/permissions/index.ts';
import { readSearch } from './src/domains/registry/search-words.ts';
import { factToken, jurisdictionToken, nameToken } from './src/domains/registry/search-tokens.ts';
const db=openDatabase('postgres://postgres@127.0.0.1:5755/big',{connections:2});
const f=(n:string,...v:string[])=>v.map(x=>factToken('person',n,x));
const Q=(over:Partial<ListQuestion>):ListQuestion=>({kind:'person',sort:'name',conditions:[],orders:[],branches:[],...over});
const word=(q:string,over:Partial<ListQuestion>={})=>{const m=readSearch(q,'person','2026-11-21');if(m.kind==='pairs')return Q({...over,conditions:[...m.pairs.map(p=>[nameToken('person',p)]),...(over.conditions??[])]});if(m.kind==='spelled')return Q({...over,orders:m.orders,branches:m.branches});throw new Error(m.kind);};
const J=[jurisdictionToken('person','220202')];
const cases:[string,ListQuestion][]=[['all',Q({})],['all desc',Q({sort:'-name'})],['recent',Q({sort:'recent'})],
['jur',Q({conditions:[J]})],['jur recent',Q({conditions:[J],sort:'recent'})],['王',word('王')],['王 jur',word('王',{conditions:[J]})],['王伟',word('王伟')],['伟强',word('伟强')],['王志强',word('王志强')],
['zhang',word('zhang')],['z',word('z')],['zhang jur recent',word('zhang',{conditions:[J],sort:'recent'})],['zhangwei',word('zhangwei')],['zw',word('zw')],['lx jur',word('lx',{conditions:[J]})],['zhangsf',word('zhangsf')],['zsf',word('zsf')],['xian',word('xian')],['shan',word('shan')],['john',word('john')],
['博士',Q({conditions:[f('学历','博士研究生')]})],['博士 recent',Q({sort:'recent',conditions:[f('学历','博士研究生')]})],['博士+jur',Q({conditions:[f('学历','博士研究生'),J]})],['本科',Q({conditions:[f('学历','本科')]})],['本科+jur',Q({conditions:[f('学历','本科'),J]})],['本科+jur recent',Q({sort:'recent',conditions:[f('学历','本科'),J]})],
['本科硕士博士+985+jur',Q({conditions:[f('学历','本科','硕士研究生','博士研究生'),f('院校类别','985'),J]})],['高中+中级 (disjoint)',Q({conditions:[f('学历','高中'),f('职称','中级')]})],['高中+中级 recent',Q({sort:'recent',conditions:[f('学历','高中'),f('职称','中级')]})],['A类',Q({conditions:[f('人才类别','A')]})],['A类 王',word('王',{conditions:[f('人才类别','A')]})]];
for(const [name,q] of cases){const ts:number[]=[];let n=0;let c;for(let i=0;i<5;i++){const s=performance.now();await inTenant(db,1,async tx=>{const scope=jobScope(1,'bench','person.read');n=(await findPage(tx,scope as never,q,51)).length;});ts.push(performance.now()-s);}
const s=performance.now();await inTenant(db,1,async tx=>{c=await countMatches(tx,jobScope(1,'bench','person.read') as never,q);});
console.log(name.padEnd(28),n,ts.map(t=>t.toFixed(1)).join(' '),'count',(performance.now()-s).toFixed(1),JSON.stringify(c));}
await db.close();
