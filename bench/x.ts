const t0=performance.now(); const T=(s:string)=>console.log(((performance.now()-t0)/1000).toFixed(1), s);
const { serverBuilds } = await import('./server/builds.ts');
T('start'); const r = await serverBuilds.run(); T('end'); for (const f of r.figures) console.log(f.what, f.value.toFixed(1), f.unit, f.detail??''); process.exit(0);
