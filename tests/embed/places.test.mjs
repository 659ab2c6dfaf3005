// Every place in Chromium.

import { go, rowOf } from './harness.mjs';
import { first, others } from './places.mjs';

go('places', 'chromium', [...first, ...others].map(rowOf));
