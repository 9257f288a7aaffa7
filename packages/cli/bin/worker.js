// The thread that runs builds' programs, from the bundle.
'use strict';
require('./load-bundle.js').loadBundle('worker');
