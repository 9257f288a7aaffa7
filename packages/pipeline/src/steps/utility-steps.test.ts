import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runScriptText } from './testing/run-script.ts';

/** Each line of the script that asserts must hold. */
async function holds(script: string, files: { readonly [path: string]: string } = {}): Promise<string> {
  const { console, result } = await runScriptText(script, files);
  assert.equal(result, 'SUCCESS', console);
  return console;
}

test('JSON is read in its order and written as net.sf.json writes it', async () => {
  const console = await holds(`
    def j = readJSON text: '{"b": 1, "a": [true, 1.50, null, "x"], "10": {}}'
    assert j.b == 1 && j.a[0] && j.keySet() as List == ['b', 'a', '10']
    echo j.toString()
    assert readJSON(text: '{"k": null}', returnPojo: true).k == null
    assert readJSON(text: '{"k": null}').k != null
    j.c = 'new'
    echo writeJSON(returnText: true, json: j)
    echo writeJSON(returnText: true, json: [x: [1, 2], y: "g\${1}"], pretty: 2)
    node {
      writeJSON file: 'o.json', json: [a: 1]
      assert readJSON(file: 'o.json') == [a: 1]
      assert readFile('o.json') == '{"a":1}'
    }`);
  assert.match(console, /\{"b":1,"a":\[true,1.5,null,"x"\],"10":\{\}\}\n/);
  assert.match(console, /\{"b":1,"a":\[true,1.5,null,"x"\],"10":\{\},"c":"new"\}\n/);
  assert.ok(console.includes('{\n  "x": [\n    1,\n    2\n  ],\n  "y": "g1"\n}\n'), console);
  assert.match((await runScriptText('readJSON text: "hello"')).console, /net.sf.json.JSONException: Invalid JSON String/);
  assert.match((await runScriptText("node { readJSON file: 'no.json' }")).console, /FileNotFoundException: \/w\/job\/no.json does not exist./);
  assert.match((await runScriptText('writeJSON json: [:]')).console, /You have to provide either file or returnText to writeJSON./);
});

test('YAML is read by the rules of 1.1 and written in blocks', async () => {
  const console = await holds(
    `
    def y = readYaml text: 'a: 1\\nb: [x, yes, 2.0]\\nc: {d: ~}\\n3: three'
    assert y.a == 1 && y.b == ['x', true, 2.0d] && y.c == [d: null] && y[3] == 'three'
    assert readYaml(text: 'a: 1\\n---\\nb: 2') == [[a: 1], [b: 2]]
    echo writeYaml(returnText: true, data: [name: 'x', list: ['a', 'b'], map: [k: 1.5d, t: true, n: null, s: '12'], text: 'two\\nlines\\n'])
    node {
      writeYaml file: 'o.yaml', data: [a: 1]
      assert readYaml(file: 'o.yaml').a == 1
      writeYaml file: 'o.yaml', data: [a: 2]
    }`.replace("writeYaml file: 'o.yaml', data: [a: 2]", ''),
  );
  assert.ok(console.includes("name: x\nlist:\n- a\n- b\nmap:\n  k: 1.5\n  t: true\n  n: null\n  s: '12'\ntext: |\n  two\n  lines\n"), console);
  assert.match((await runScriptText("node { writeYaml file: 'o', data: 1 }", { o: '' })).console, /java.nio.file.FileAlreadyExistsException: \/w\/job\/o/);
  assert.match((await runScriptText("readYaml text: 'a: [1'")).console, /org.yaml.snakeyaml.error.YAMLException/);
});

test('TOML is read and written', async () => {
  await holds(`
    def t = readTOML text: 'a = 1\\nb = [2, 3]\\n[c]\\nd = 4.0'
    assert t.a == 1 && t.b == [2, 3] && t.c.d == 4.0d
    assert writeTOML(returnText: true, toml: [a: 1, s: 'x', m: [k: [true, "it's"]]]) == 'a = 1\\ns = \\'x\\'\\nm.k = [true, "it\\'s"]\\n'`);
});

test('CSV is read into records by number and by name', async () => {
  const console = await holds(`
    node {
      List<CSVRecord> r = readCSV text: 'key,value\\na,"b, ""c"""\\n'
      assert r.size() == 2 && r[1].get(1) == 'b, "c"' && r[1][0] == 'a'
      def named = readCSV text: 'x,y\\n1,2\\n', format: CSVFormat.DEFAULT.withHeader()
      assert named[0].get('y') == '2' && named[0].toMap() == [x: '1', y: '2']
      writeCSV file: 'o.csv', records: [['a', 'b c', 'd"e'], [1, null, 'f,g']], format: CSVFormat.EXCEL.withHeader('p', 'q', 'r')
      echo readFile('o.csv')
    }`);
  assert.ok(console.includes('p,q,r\r\na,b c,"d""e"\r\n1,,"f,g"\r\n'), JSON.stringify(console));
});

test('properties and manifests are read', async () => {
  const console = await holds(
    `
    node {
      def p = readProperties defaults: [z: '0', a: 'no'], file: 'x.properties', text: 'b : from text'
      assert p == [z: '0', a: 'one two', b: 'from text', uni: '\\u00fc']
      assert readProperties(text: 'd=/x\\nf=\${d}/y', interpolate: true).f == '/x/y'
      readProperties file: 'gone.properties'
      def m = readManifest text: 'Manifest-Version: 1.0\\nLong: ab\\n cd\\n\\nName: a/B\\nSealed: true\\n'
      assert m.main['Long'] == 'abcd' && m.entries['a/B'].Sealed == 'true'
    }`,
    { 'x.properties': '# c\na = one \\\n  two\nb=file\nuni=\\u00fc\n' },
  );
  assert.match(console, /warning: \/w\/job\/gone.properties does not exist, omitting from properties gathering/);
});

test('files are found, touched, hashed and compared', async () => {
  await holds(
    `
    node {
      def found = findFiles(glob: '**/*.txt')
      assert found.length == 2 && found[0].path == 'a/one.txt' && found[0].name == 'one.txt' && found[0].length == 3 && !found[0].directory
      assert "\${found[1]}" == 'two.txt' && found*.name == ['one.txt', 'two.txt']
      assert touch('new').length == 0
      assert md5('two.txt') == 'b8a9f715dbb64fd5c56e7783c6820a61'
      assert sha1('none') == null
      verifySha256 file: 'two.txt', hash: '3FC4CCFE745870E2C0D99F71F30FF0656C8DEDD41CC1D7D3D376B0DBE685E2F3'
      prependToFile file: 'two.txt', content: 'one '
      assert readFile('two.txt') == 'one two'
    }
    assert compareVersions(v1: '1.10', v2: '1.9') == 1
    assert compareVersions(v1: '1.0-SNAPSHOT', v2: '1.0') == -1
    assert compareVersions(v1: '2.0', v2: '2') == 0`,
    { 'a/one.txt': 'one', 'two.txt': 'two' },
  );
  assert.match(
    (await runScriptText("node { verifyMd5 file: 'x', hash: 'ff' }", { x: '' })).console,
    /ERROR: MD5 hash mismatch: expected: 'ff', actual: 'd41d8cd98f00b204e9800998ecf8427e'/,
  );
});

test('zip tells what it packs', async () => {
  const { console } = await runScriptText("node { zip zipFile: 'o.zip', dir: 'd', glob: '*.x'; unzip zipFile: 'gone.zip' }", { 'd/a.x': '' }, (ask) =>
    ask.kind === 'zip' ? { ok: { count: 1 } } : undefined,
  );
  assert.match(console, /Compress \/w\/job\/d filtered by \[\*.x\] - \[null\] to \/w\/job\/o.zip\nCompressed 1 entries.\n/);
  assert.match(console, /java.io.IOException: \/w\/job\/gone.zip does not exist./);
});

test('what scripts make of the formats’ own classes', async () => {
  await holds(`
    assert !readJSON(text: '{"a": []}').isArray() && readJSON(text: '{"a": []}').a.isArray()
    assert readYaml(text: 'd: 2001-12-14t21:59:43.10-05:00').d.getClass().name == 'java.util.Date'
    assert readYaml(text: 'a: 1\\na: 2').a == 2
    assert readYaml(text: writeYaml(returnText: true, data: "['a': ]")) == "['a': ]"
    node {
      Model pom = new Model()
      pom.artifactId = 'x'
      Dependency d = new Dependency()
      d.version = '1.0'
      pom.addDependency(d)
      writeMavenPom(pom)
      Model m = readMavenPom()
      Dependency dd = m.dependencies.get(0)
      assert m.artifactId == 'x' && dd.version == '1.0' && dd.classifier == null
    }`);
  assert.match((await runScriptText("unstable ''")).console, /IllegalArgumentException: A non-empty message is required/);
});
