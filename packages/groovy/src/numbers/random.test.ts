import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JavaArray } from '../collections/model.ts';
import type { Native, Signatures } from '../runtime/native.ts';
import type { Value } from '../runtime/values.ts';
import { Byte, Long } from './boxes.ts';
import { JavaLocale } from './locale.ts';
import { JavaRandom, randomTable } from './random.ts';
import { fakeRuntime as rt } from './recorded/fake-runtime.ts';
import { JavaUuid, randomUuid, uuidTable } from './uuid.ts';

test('a seed gives the numbers that Java gives', () => {
  const random = new JavaRandom(42n);
  const call = (signature: string, ...args: Value[]): Value => (randomTable.methods as Signatures)[signature]!(rt, random, ...args) as Value;
  const some = (n: number, signature: string, ...args: Value[]): string => Array.from({ length: n }, () => rt.str(call(signature, ...args))).join(', ');
  assert.equal(some(5, 'nextInt()'), '-1170105035, 234785527, -1360544799, 205897768, 1325939940');
  assert.equal(some(5, 'nextInt(int)', 100), '25, 5, 18, 19, 93');
  assert.equal(some(3, 'nextLong()'), '-1782466964123969572, 6802844026563419272, 5086654115216342560');
  assert.equal(some(3, 'nextDouble()'), '0.46365357580915334, 0.7829017787900358, 0.9193277828687169');
  assert.equal(some(3, 'nextFloat()'), '0.43649095, 0.4397998, 0.7499061');
  assert.equal(some(4, 'nextBoolean()'), 'true, false, true, false');
  assert.equal(
    some(20, 'nextGaussian()'),
    '-0.9277387081593533, -0.4292657236001543, -1.3253064444527038, -0.7167068402216212, -0.7463182282869228, -0.4937494022853747, 0.22399781155348308, -0.6545997094223498, -0.6157101523031208, -1.0098712467653193, -0.8288793484004034, 0.0652437144903117, 0.4175729595437524, -0.3136115954045373, 0.385509342669121, -1.2514223732007208, -0.3268776203725755, -0.9775744647918966, -0.8361189885539165, 1.952524675742927',
  );
  const bytes = new JavaArray(
    'byte',
    Array.from({ length: 7 }, () => new Byte(0)),
  );
  call('nextBytes(byte[])', bytes);
  assert.deepEqual(
    bytes.items.map((b) => (b as Byte).n),
    [121, 9, 43, -78, -125, 27, 2],
  );
  assert.equal(some(5, 'nextInt(int)', 16), '15, 7, 8, 13, 0');
  assert.equal(some(5, 'nextInt(int, int)', 5, 50), '42, 38, 44, 44, 28');
  assert.equal(some(5, 'nextInt(int)', 1500000000), '602523747, 1355877696, 420829923, 740513295, 384986759');
});

test('without a seed the world decides, so that a replay sees the same', () => {
  const [a, b] = [JavaRandom.unseeded(rt), JavaRandom.unseeded(rt)];
  assert.equal(a.nextInt(), b.nextInt());
});

test('UUIDs of names, of texts and random ones', () => {
  const statics = uuidTable.statics as Record<string, Native>,
    methods = uuidTable.methods as Record<string, Native>;
  const bytes = new JavaArray(
    'byte',
    [...'hello world, this is a longer text to fill more than one block of the digest....'].map((c) => new Byte(c.charCodeAt(0))),
  );
  assert.equal(rt.str(statics['nameUUIDFromBytes(byte[])']?.(rt, null, bytes) as Value), 'dab78980-feb4-39a5-86cd-8a266d8f2ca5');
  const uuid = statics['fromString(java.lang.String)']?.(rt, null, 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6') as JavaUuid;
  const parts = ['version()', 'variant()', 'timestamp()', 'getMostSignificantBits()', 'getLeastSignificantBits()'].map((m) =>
    rt.str(methods[m]?.(rt, uuid) as Value),
  );
  assert.deepEqual(parts, ['1', '2', '130742845922168750', '-568210367123287600', '-6384696206158828554']);
  assert.equal(uuid.javaHash(), -343263960);
  assert.match(randomUuid(rt).javaString(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.throws(() => statics['fromString(java.lang.String)']?.(rt, null, 'abc'), {
    typeName: 'java.lang.IllegalArgumentException',
    detail: 'Invalid UUID string: abc',
  });
  assert.ok(uuid.javaEquals(rt, new JavaUuid(Long.of(-568210367123287600n).big(), -6384696206158828554n)));
});

test("Locales have Java's text and hash code", () => {
  assert.equal(new JavaLocale('EN', 'us', 'win').javaString(), 'en_US_win');
  assert.equal(new JavaLocale('').javaString(), '');
  assert.deepEqual(
    [new JavaLocale('en', 'US'), new JavaLocale('en'), new JavaLocale('')].map((l) => l.javaHash(rt)),
    [96636889, 96552631, 0],
  );
});
