import * as fs from 'node:fs';
import { join } from 'node:path';
import type { Section } from '../../src/bundle/advisory-bundle.ts';
import { readFeeds } from '../../src/bundle/build/read-feeds.ts';
import { IndexBuilder } from '../../src/bundle/index/build-index.ts';
import { SHARED } from './shared-data.ts';

/** All sections of a bundle built from the feeds of the acceptance data. */
export function sharedFeedSections(): readonly Section[] {
  const index = new IndexBuilder();
  const { sections } = readFeeds({
    fs,
    feeds: join(SHARED, 'feeds'),
    builtAt: '2026-11-01T00:00:00Z',
    onAdvisory: (advisory) => index.add(advisory),
  });
  return [...index.finish(), ...sections];
}
