/** java.util's collections and Groovy's ranges: the objects. */
export * from './model.ts';
export * from './entry.ts';
export * from './map.ts';
export * from './map-of.ts';
export * from './map-wrappers.ts';
export * from './hash-map.ts';
export * from './tree-map.ts';
export * from './set.ts';
export * from './lists.ts';
export * from './range.ts';
export * from './queues.ts';
export * from './small-values.ts';
export { naturalOrder } from './natural-order.ts';
export { NativeComparator, coercedEquals, compareBy, numberAware } from './comparators.ts';
export { elements, iterator, itemCaller } from './iteration.ts';
export { collectionLibrary } from './library.ts';
