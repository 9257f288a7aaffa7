/** All native tables of collections. */
import type { Library } from '../runtime/native.ts';
import { accessMethods } from './gdk/access.ts';
import { algebraMethods } from './gdk/algebra.ts';
import { combineMethods } from './gdk/combine.ts';
import { convertMethods } from './gdk/convert.ts';
import { foldMethods } from './gdk/fold.ts';
import { groupMethods } from './gdk/group.ts';
import { orderMethods } from './gdk/order.ts';
import { HOLDER } from './gdk/receivers.ts';
import { sliceMethods } from './gdk/slices.ts';
import { walkMethods } from './gdk/walk.ts';
import { enumCollectionClasses } from './jdk/enum-collections.ts';
import { listClasses } from './jdk/lists.ts';
import { mapClasses } from './jdk/maps.ts';
import { queueClasses } from './jdk/queues.ts';
import { setClasses } from './jdk/sets.ts';
import { staticClasses } from './jdk/statics.ts';
import { streamClasses } from './jdk/streams.ts';
import { valueClasses } from './jdk/values.ts';

export const collectionLibrary: Library = {
  classes: [...listClasses, ...mapClasses, ...setClasses, ...enumCollectionClasses, ...queueClasses, ...staticClasses, ...valueClasses, ...streamClasses],
  extensions: [walkMethods, groupMethods, foldMethods, orderMethods, sliceMethods, algebraMethods, accessMethods, combineMethods, convertMethods].map(
    (methods) => ({ holder: HOLDER, methods }),
  ),
};
