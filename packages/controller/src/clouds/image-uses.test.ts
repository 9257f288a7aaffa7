/** Counting the images of machines, on both engines. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Store } from '../store/store.ts';
import { eachEngine } from '../store/testing/databases.ts';
import { countImages, forgetImages, imageUses, KEPT_DAYS } from './image-uses.ts';

const DAY = 86_400_000;
const NOW = 20_000 * DAY + 5_000;

eachEngine('uses of images', (databases) => {
  it('are counted by cloud and day, summed over days, and forgotten', async (test) => {
    const { url, folder } = await databases.make();
    const store = await Store.open({ url, folder, origin: 'test' });
    test.after(() => store.close());
    const count = (images: string[], at: number, cloud = 'c'): Promise<void> => store.writeFree((tx) => countImages(tx, cloud, images, at));
    await Promise.all([count(['maven', 'agent', 'agent'], NOW - DAY), count(['agent'], NOW - DAY), count(['agent', 'go'], NOW)]);
    await count(['other'], NOW, 'd');
    await count(['old'], NOW - 200 * DAY);
    assert.deepEqual(await imageUses(store, 'c', 2, NOW), [
      { image: 'agent', uses: 3, lastUsedAt: NOW },
      { image: 'go', uses: 1, lastUsedAt: NOW },
      { image: 'maven', uses: 1, lastUsedAt: NOW - DAY },
    ]);
    assert.deepEqual(
      (await imageUses(store, 'c', 1, NOW)).map((u) => `${u.image} ${u.uses}`),
      ['agent 1', 'go 1'],
    );
    // A row for each image and day, however often it is used.
    const rows = async (): Promise<number> => (await store.db.selectFrom('image_uses').select('day').execute()).length;
    assert.equal(await rows(), 6);
    await store.writeFree((tx) => forgetImages(tx, NOW));
    assert.equal(await rows(), 5);
    await store.writeFree((tx) => forgetImages(tx, NOW + KEPT_DAYS * DAY));
    assert.equal(await rows(), 0);
  });
});
