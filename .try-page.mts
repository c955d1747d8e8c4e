import { openDatabase, inTenant } from './src/storage/database.ts';
import { listPeople } from './src/domains/registry/list-parties.ts';
import { jobScope } from './src/domains/permissions/index.ts';
import { openKeys } from './src/adapters/cryptography/sm4-protector.ts';
import { openFactBook } from './src/domains/registry/index.ts';
import { openWorkspace } from './src/authoring/workspace.ts';
const ws=openWorkspace(process.cwd());
const protector=await openKeys({path:'/tmp/s5/wutong.keys',hasSealedData:async()=>true});
const tools={protector,factBook:openFactBook(ws)};
const db=openDatabase('postgres://postgres@127.0.0.1:5755/big',{connections:2});
for(const limit of [50,200]){const ts=[];for(let i=0;i<12;i++){const s=performance.now();await inTenant(db,1,tx=>listPeople(tx,jobScope(1,'b','person.read') as never,tools,{q:'',employer:undefined,jurisdiction:undefined,facts:[]},{sort:'name',limit},new Date()));ts.push(performance.now()-s);}console.log(limit,ts.map(t=>t.toFixed(1)).join(' '));}
await db.close();
