/** Writes the embedded sample image to build/sample.oci.tar; the same bytes on every machine. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SAMPLE_CONFIG, sampleLayers } from './sample/contents.ts';
import { writeOciArchive } from './sample/oci-archive.ts';

const folder = join(import.meta.dirname, '..', 'build');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'sample.oci.tar'), await writeOciArchive('harbour:1.4.0', sampleLayers(), SAMPLE_CONFIG));
