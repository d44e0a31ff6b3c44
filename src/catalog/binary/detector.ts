import type { Detector } from '../../detect/detector.ts';
import { KNOWN_PROGRAMS } from './known-programs.ts';
import { toDetector } from './to-detector.ts';

export const detectors: readonly Detector[] = [toDetector(KNOWN_PROGRAMS)];
