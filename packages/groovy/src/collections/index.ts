/** java.util's collections and Groovy's ranges: the objects. */

export { coercedEquals, compareBy, NativeComparator, numberAware } from './comparators.ts';
export * from './entry.ts';
export * from './hash-map.ts';
export { elements, itemCaller, iterator } from './iteration.ts';
export { collectionLibrary } from './library.ts';
export * from './lists.ts';
export * from './map.ts';
export * from './map-of.ts';
export * from './map-wrappers.ts';
export * from './model.ts';
export { naturalOrder } from './natural-order.ts';
export * from './queues.ts';
export * from './range.ts';
export * from './set.ts';
export * from './small-values.ts';
export * from './tree-map.ts';
